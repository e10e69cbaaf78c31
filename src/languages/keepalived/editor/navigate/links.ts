import type { DocumentLink } from 'vscode-languageserver-types';
import type { KeepalivedSubject } from '../../subject';

/** Links to the files that include lines name, where these are no patterns. */
export function documentLinks({ document }: KeepalivedSubject): DocumentLink[] {
  return document.lines.flatMap(({ kind, subject }) => {
    if (kind !== 'include' || subject === undefined || subject.dynamic) return [];
    if (subject.value === '' || /[*?[{]/.test(subject.value)) return [];
    return [{ range: document.range(subject), data: subject.value }];
  });
}
