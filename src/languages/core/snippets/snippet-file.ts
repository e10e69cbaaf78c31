import { expandSnippet } from './expand';
import type { Snippet } from './snippet';

const LINE_INDENT = '    ';

/** A whole file: the snippet with its defaults and what must stand around it. */
export function snippetFile({ body, place, before, after }: Snippet): string {
  const indent = place === 'line' ? LINE_INDENT : '';
  const lines = expandSnippet(body.join('\n'))
    .split('\n')
    .map((line) => (line === '' ? line : indent + line));
  // Lines join the section around them; sections and blocks are apart.
  const between = place === 'line' ? '\n' : '\n\n';
  const parts = [before, lines, after].filter((part) => part.length > 0);
  return `${parts.map((part) => part.join('\n')).join(between)}\n`;
}
