import { CompletionItemKind, type CompletionItem } from 'vscode-languageserver-types';
import type { Position } from '../../../../finding/finding';
import { offsetAt, rangeBetween } from '../../../../finding/text-lines';
import type { GitlabRbSubject } from '../../subject';
import { keyItems } from './keys';
import { rootItems } from './roots';
import { valueItems } from './values';
import { contextAt, type Context } from '../cursor/cursor';
import { itemsFor, type ItemSource } from '../../../core/language/completion-items';

/** Further items for a place, such as snippets: they replace the word like all others. */
export type MoreItems = (subject: GitlabRbSubject, context: Context) => Iterable<ItemSource>;

/** What can be written at a position: roots, keys, values; nothing in comments and texts. */
export function completion(subject: GitlabRbSubject, position: Position, more?: MoreItems): CompletionItem[] {
  const { lines } = subject.index;
  const context = contextAt(subject.text, offsetAt(lines, position));
  if (context === undefined) return [];
  const range = rangeBetween(lines, context.written.start, context.written.end);
  return itemsFor(range, [...sources(subject, context), ...(more?.(subject, context) ?? [])]);
}

function sources(subject: GitlabRbSubject, context: Context): ItemSource[] {
  switch (context.kind) {
    case 'root':
      return [...rootItems(subject, context.written), ...localItems(subject)];
    case 'key':
    case 'name':
      return keyItems(subject, context);
    case 'value': {
      const values = valueItems(subject, context);
      return context.written.quote === undefined ? [...values, ...localItems(subject)] : values;
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
