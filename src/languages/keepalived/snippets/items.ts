import type { CompletionItem } from 'vscode-languageserver-types';
import type { Position } from '../../../finding/finding';
import { cursorAt } from '../editor/cursor/cursor';
import type { KeepalivedSubject } from '../subject';
import { snippetCompletions } from '../../core/snippets/completions';

/** Snippets for Keepalived where a statement begins: blocks in the file itself, lines in the blocks they are for. */
export function keepalivedSnippets({ document }: KeepalivedSubject, position: Position): CompletionItem[] {
  const cursor = cursorAt(document, position);
  const kind = cursor.blocks[0]?.kind;
  const definition = cursor.word?.quoted === true || cursor.word?.value.startsWith('$') === true;
  if (cursor.inComment || cursor.index > 0 || kind === undefined || definition) return [];
  const range = document.range(cursor.word ?? { start: cursor.offset, end: cursor.offset });
  return snippetCompletions('keepalived', { range, top: kind === 'root', within: kind });
}
