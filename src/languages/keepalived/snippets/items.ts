import type { CompletionItem } from 'vscode-languageserver-types';
import { snippetCompletions } from '../../core/snippets/completions';
import { toSnippets } from '../../core/snippets/snippet';
import type { Cursor } from '../editor/cursor/cursor';
import type { KeepalivedSubject } from '../subject';
import records from './snippets.json';

/** All snippets for Keepalived. */
export const KEEPALIVED_SNIPPETS = toSnippets(records);

/** Snippets where a statement begins: blocks in the file itself, lines in the blocks they are for. */
export function snippetItems({ document }: KeepalivedSubject, cursor: Cursor): CompletionItem[] {
  const kind = cursor.blocks[0]?.kind;
  const definition = cursor.word?.value.startsWith('$') === true;
  if (cursor.index > 0 || kind === undefined || definition) return [];
  const range = document.range(cursor.word ?? { start: cursor.offset, end: cursor.offset });
  return snippetCompletions(KEEPALIVED_SNIPPETS, 'keepalived', {
    range,
    top: kind === 'root',
    within: kind,
  });
}
