import { CompletionItemKind } from 'vscode-languageserver-types';
import type { MoreItems } from '../gitlab-rb/language/completion';
import type { ItemSource } from '../gitlab-rb/language/items';
import { expandSnippet } from './expand';
import { SNIPPETS } from './snippets';

/** Snippets for gitlab.rb, where a statement begins: given to `gitlabRbLanguage`. */
export const gitlabRbSnippets: MoreItems = (_subject, context) =>
  context.kind === 'root' ? SNIPPETS['gitlab-rb'].map(toItem) : [];

function toItem({ name, prefix, description, body }: (typeof SNIPPETS)['gitlab-rb'][number]): ItemSource {
  const text = body.join('\n');
  return {
    label: prefix,
    kind: CompletionItemKind.Snippet,
    detail: name,
    documentation: `${description}\n\n\`\`\`ruby\n${expandSnippet(text).trimEnd()}\n\`\`\``,
    insert: text,
    snippet: true,
    // After everything the language itself has.
    rank: 9,
  };
}
