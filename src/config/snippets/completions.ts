import {
  CompletionItemKind,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
  type CompletionItem,
} from 'vscode-languageserver-types';
import type { Range } from '../../cluster/finding';
import { expandSnippet } from './expand';
import type { Snippet } from './snippet';
import { SNIPPETS, type SnippetLanguage } from './snippets';

/** Where snippets are asked for: only where a statement or section begins. */
export interface SnippetContext {
  /** What the snippet replaces: the word that is being typed. */
  readonly range: Range;
  /** True where a section or block of the top level may begin. */
  readonly top: boolean;
  /** Kind of the section or block the line stands in. */
  readonly within?: string;
}

/** Snippets that make sense at a place, as completions. */
export function snippetCompletions(language: SnippetLanguage, context: SnippetContext): CompletionItem[] {
  return SNIPPETS[language]
    .filter((snippet) => fits(snippet, context))
    .map((snippet) => item(snippet, language, context));
}

function fits({ place, within }: Snippet, context: SnippetContext): boolean {
  if (place === 'top') return context.top;
  return context.within !== undefined && within.includes(context.within);
}

/** Languages as a Markdown block names them. */
const FENCES: Readonly<Record<SnippetLanguage, string>> = {
  'gitlab-rb': 'ruby',
  haproxy: 'haproxy',
  keepalived: 'keepalived',
};

function item(snippet: Snippet, language: SnippetLanguage, { range }: SnippetContext): CompletionItem {
  const { name, prefix, description, body } = snippet;
  const text = body.join('\n');
  const preview = expandSnippet(text).trimEnd();
  return {
    label: prefix,
    kind: CompletionItemKind.Snippet,
    detail: name,
    documentation: {
      kind: MarkupKind.Markdown,
      value: `${description}\n\n\`\`\`${FENCES[language]}\n${preview}\n\`\`\``,
    },
    // Snippets come after the words of the language itself.
    sortText: `9${prefix}`,
    filterText: prefix,
    insertTextFormat: InsertTextFormat.Snippet,
    insertTextMode: InsertTextMode.adjustIndentation,
    textEdit: { range, newText: text },
  };
}
