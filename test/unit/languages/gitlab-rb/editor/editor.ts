import type { CompletionItem } from 'vscode-languageserver-types';
import type { Position } from '../../../../../src/finding/finding';
import { offsetAt, positionAt, textLines } from '../../../../../src/finding/text-lines';
import { gitlabRbLanguage } from '../../../../../src/languages/gitlab-rb/language';
import type { GitlabRbSubject } from '../../../../../src/languages/gitlab-rb/subject';
import { loadParser } from '../../../../../tools/fuzz/parser';

const LANGUAGE = gitlabRbLanguage(await loadParser());
export const { features } = LANGUAGE;

/** A file with the cursor at `‸`. */
export interface Editor {
  readonly subject: GitlabRbSubject;
  readonly position: Position;
  readonly text: string;
}

export function open(marked: string, gitlabVersion = '19.3'): Editor {
  const at = marked.indexOf('‸');
  if (at < 0) throw new Error('The text has no cursor');
  const text = marked.replace('‸', '');
  return { subject: read(text, gitlabVersion), text, position: positionAt(textLines(text), at) };
}

export function read(text: string, gitlabVersion = '19.3'): GitlabRbSubject {
  return LANGUAGE.read(text, { path: 'gitlab.rb', gitlabVersion });
}

export function completions(marked: string, gitlabVersion?: string): CompletionItem[] {
  const { subject, position } = open(marked, gitlabVersion);
  return features.completion(subject, position);
}

/** The text after an item was accepted; place holders of snippets stay. */
export function accept(marked: string, label: string): string {
  const { subject, position, text } = open(marked);
  const item = features.completion(subject, position).find((one) => one.label === label);
  const edit = item?.textEdit;
  if (edit === undefined || !('range' in edit)) throw new Error(`"${label}" is not offered`);
  const lines = textLines(text);
  return (
    text.slice(0, offsetAt(lines, edit.range.start)) +
    edit.newText +
    text.slice(offsetAt(lines, edit.range.end))
  );
}

export function hoverText(marked: string, gitlabVersion?: string): string {
  const { subject, position } = open(marked, gitlabVersion);
  const contents = features.hover(subject, position)?.contents;
  return contents !== undefined && typeof contents === 'object' && 'value' in contents ? contents.value : '';
}
