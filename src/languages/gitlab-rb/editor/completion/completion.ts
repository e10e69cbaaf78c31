import { CompletionItemKind, type CompletionItem } from 'vscode-languageserver-types';
import type { Position } from '../../../../finding/finding';
import { offsetAt, rangeBetween } from '../../../../finding/text-lines';
import { snippetItems } from '../../snippets/items';
import type { GitlabRbSubject } from '../../subject';
import { keyItems } from './keys';
import { rootItems } from './roots';
import { valueItems } from './values';
import { cursorAt, type Cursor } from '../cursor/cursor';
import { itemsFor, type ItemSource } from '../../../core/language/completion-items';

/** What can be written at a position: roots, keys, values, snippets; nothing in comments and texts. */
export function completion(subject: GitlabRbSubject, position: Position): CompletionItem[] {
  const { lines } = subject.index;
  const cursor = cursorAt(subject.text, offsetAt(lines, position));
  if (cursor === undefined) return [];
  const range = rangeBetween(lines, cursor.written.start, cursor.written.end);
  return [...itemsFor(range, sources(subject, cursor)), ...snippetItems(subject, cursor)];
}

function sources(subject: GitlabRbSubject, cursor: Cursor): ItemSource[] {
  switch (cursor.kind) {
    case 'root':
      return [...rootItems(subject, cursor.written), ...localItems(subject)];
    case 'key':
    case 'name':
      return keyItems(subject, cursor);
    case 'value': {
      const values = valueItems(subject, cursor);
      return cursor.written.quote === undefined ? [...values, ...localItems(subject)] : values;
    }
  }
}

/** Local variables of the file; an invisible sign before a `=` makes one without a name. */
function localItems({ scan }: GitlabRbSubject): ItemSource[] {
  return scan.locals
    .filter(({ node }) => node.name.trim() !== '')
    .map(({ node }) => ({
      label: node.name,
      kind: CompletionItemKind.Variable,
      detail: 'variable of this file',
      rank: 5,
    }));
}
