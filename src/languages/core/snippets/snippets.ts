import type { Language } from '../language/language';
import gitlabRb from '../../gitlab-rb/snippets/snippets.json';
import haproxy from '../../haproxy/snippets/snippets.json';
import keepalived from '../../keepalived/snippets/snippets.json';
import { expandSnippet } from './expand';
import { toSnippets, type Snippet } from './snippet';

export type SnippetLanguage = Language<unknown>['id'];

/** All snippets, by language. */
export const SNIPPETS: Readonly<Record<SnippetLanguage, readonly Snippet[]>> = {
  'gitlab-rb': toSnippets(gitlabRb),
  haproxy: toSnippets(haproxy),
  keepalived: toSnippets(keepalived),
};

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
