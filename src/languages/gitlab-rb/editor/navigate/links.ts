import * as ruby from '@ruby/prism/src/nodes.js';
import type { DocumentLink } from 'vscode-languageserver-types';
import { rangeBetween } from '../../../../finding/text-lines';
import type { GitlabRbSubject } from '../../subject';

/** Links to the files that `from_file` reads. */
export function documentLinks(subject: GitlabRbSubject): DocumentLink[] {
  return subject.scan.calls.flatMap(({ node }) => {
    const [path] = node.arguments_?.arguments_ ?? [];
    if (node.name !== 'from_file' || !(path instanceof ruby.StringNode) || path.unescaped.value === '')
      return [];
    const { start, end } = subject.spanOf(path.contentLoc);
    const range = rangeBetween(subject.index.lines, start, end);
    return [{ range, tooltip: 'Open the file', data: path.unescaped.value }];
  });
}
