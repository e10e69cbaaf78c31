import { CompletionItemKind, type CompletionItem } from 'vscode-languageserver-types';
import type { Range } from '../../../finding/finding';
import { itemFor, type ItemSource } from '../language/completion-items';
import { expandSnippet } from './expand';
import type { Snippet } from './snippet';

/** Where snippets are asked for: only where a statement or section begins. */
export interface SnippetContext {
  /** What the snippet replaces: the word that is being typed. */
  readonly range: Range;
  /** True where a section or block of the top level may begin. */
  readonly top: boolean;
  /** Kind of the section or block the line stands in. */
  readonly within?: string;
}

/**
 * Snippets that make sense at a place, as completions.
 * @param fence the language as a Markdown block names it
 */
export function snippetCompletions(
  snippets: readonly Snippet[],
  fence: string,
  context: SnippetContext,
): CompletionItem[] {
  return snippets
    .filter((snippet) => fits(snippet, context))
    .map((snippet) => itemFor(context.range, snippetSource(snippet, fence)));
}

function fits({ place, within }: Snippet, context: SnippetContext): boolean {
  if (place === 'top') return context.top;
  return context.within !== undefined && within.includes(context.within);
}

/** A snippet as what a language offers. */
function snippetSource(snippet: Snippet, fence: string): ItemSource {
  const { name, prefix, description, body } = snippet;
  const text = body.join('\n');
  return {
    label: prefix,
    kind: CompletionItemKind.Snippet,
    detail: name,
    documentation: `${description}\n\n\`\`\`${fence}\n${expandSnippet(text).trimEnd()}\n\`\`\``,
    insert: text,
    snippet: true,
    // After everything the language itself has.
    rank: 9,
  };
}
