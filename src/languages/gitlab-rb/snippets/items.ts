import type { CompletionItem } from 'vscode-languageserver-types';
import { rangeBetween } from '../../../finding/text-lines';
import { snippetCompletions } from '../../core/snippets/completions';
import { toSnippets } from '../../core/snippets/snippet';
import type { Cursor } from '../editor/cursor/cursor';
import type { GitlabRbSubject } from '../subject';
import records from './snippets.json';

/** All snippets for gitlab.rb. */
export const GITLAB_RB_SNIPPETS = toSnippets(records);

/** Snippets where a statement begins: a gitlab.rb has no sections, so each is for all of them. */
export function snippetItems({ index }: GitlabRbSubject, { kind, written }: Cursor): CompletionItem[] {
  if (kind !== 'root') return [];
  const range = rangeBetween(index.lines, written.start, written.end);
  return snippetCompletions(GITLAB_RB_SNIPPETS, 'ruby', { range, top: true });
}
