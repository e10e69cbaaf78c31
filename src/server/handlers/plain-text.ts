import { MarkupKind, type MarkupContent } from 'vscode-languageserver-types';

/** Markdown as plain text: for clients that would show its signs. */
export function withoutMarkdown(markdown: string): string {
  return markdown
    .split(/^```.*\n?/m)
    .map((part, at) => (at % 2 === 1 ? part : proseOf(part)))
    .join('')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function proseOf(markdown: string): string {
  return markdown
    .replace(/!?\[([^\]]*)\]\(([^)\s]*)[^)]*\)/g, (_, text: string, link: string) =>
      text === '' || text === link ? link : `${text} (${link})`,
    )
    .replace(/(\*\*|__)(?=\S)([^\n]*?\S)\1/g, '$2')
    .replace(/`([^`\n]+)`/g, '$1')
    .replace(/^#{1,6} +/gm, '')
    .replace(/\\([\\`*_{}[\]()#+.!|<>-])/g, '$1');
}

/** Content in the best form a client takes. */
export function markup(content: MarkupContent, markdown: boolean): MarkupContent {
  if (markdown || content.kind === MarkupKind.PlainText) return content;
  return { kind: MarkupKind.PlainText, value: withoutMarkdown(content.value) };
}
