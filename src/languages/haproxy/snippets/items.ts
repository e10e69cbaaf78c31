import type { CompletionItem } from 'vscode-languageserver-types';
import { snippetCompletions } from '../../core/snippets/completions';
import { toSnippets } from '../../core/snippets/snippet';
import { completedKind, completedSpan, type Cursor } from '../editor/cursor/cursor';
import type { HaproxySubject } from '../subject';
import records from './snippets.json';

/** All snippets for HAProxy. */
export const HAPROXY_SNIPPETS = toSnippets(records);

/** Snippets where a line begins: whole sections at the margin, lines within the sections they are for. */
export function snippetItems({ document }: HaproxySubject, cursor: Cursor): CompletionItem[] {
  if (cursor.index > 0) return [];
  const span = completedSpan(cursor);
  return snippetCompletions(HAPROXY_SNIPPETS, 'haproxy', {
    range: document.range(span),
    top: span.start === cursor.line.start,
    within: completedKind(document, cursor),
  });
}
