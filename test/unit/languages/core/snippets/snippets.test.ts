import { beforeAll, describe, expect, it } from 'vitest';
import { readGitlabRb } from '../../../../../src/languages/gitlab-rb/subject';
import { lintGitlabRb } from '../../../../../src/languages/gitlab-rb/lint';
import type { RubyParser } from '../../../../../src/languages/gitlab-rb/ruby/ruby-parser';
import { lintHaproxy } from '../../../../../src/languages/haproxy/lint';
import { readHaproxy } from '../../../../../src/languages/haproxy/subject';
import { HAPROXY_VERSIONS } from '../../../../../src/languages/haproxy/schema/version';
import { lintKeepalived } from '../../../../../src/languages/keepalived/lint';
import { readKeepalived } from '../../../../../src/languages/keepalived/subject';
import type { Finding } from '../../../../../src/finding/finding';
import { expandSnippet } from '../../../../../src/languages/core/snippets/expand';
import type { Snippet } from '../../../../../src/languages/core/snippets/snippet';
import { snippetFile } from '../../../../../src/languages/core/snippets/snippet-file';
import { GITLAB_RB_SNIPPETS } from '../../../../../src/languages/gitlab-rb/snippets/items';
import { HAPROXY_SNIPPETS } from '../../../../../src/languages/haproxy/snippets/items';
import { KEEPALIVED_SNIPPETS } from '../../../../../src/languages/keepalived/snippets/items';
import { loadParser } from '../../../../../tools/fuzz/parser';

const SNIPPETS = {
  'gitlab-rb': GITLAB_RB_SNIPPETS,
  haproxy: HAPROXY_SNIPPETS,
  keepalived: KEEPALIVED_SNIPPETS,
};

let parser: RubyParser;
beforeAll(async () => {
  parser = await loadParser();
});

const byPrefix = (snippets: readonly Snippet[]): [string, Snippet][] =>
  snippets.map((snippet) => [snippet.prefix, snippet]);

const shown = (findings: readonly Finding[], text: string): string[] =>
  findings.map(
    ({ code, message, range }) => `${code} ${message} (${text.split('\n')[range.start.line] ?? ''})`,
  );

describe('there are snippets', () => {
  it.each([
    ['gitlab-rb', 25],
    ['haproxy', 20],
    ['keepalived', 8],
  ] as const)('for %s: at least %i', (language, least) => {
    expect(SNIPPETS[language].length).toBeGreaterThanOrEqual(least);
  });

  it.each(Object.entries(SNIPPETS))('of %s with names of their own', (_, snippets) => {
    expect(new Set(snippets.map(({ prefix }) => prefix)).size).toBe(snippets.length);
    expect(new Set(snippets.map(({ name }) => name)).size).toBe(snippets.length);
    for (const { prefix, description } of snippets) {
      expect(prefix).toMatch(/^[a-z][a-z_-]+$/);
      expect(description).toMatch(/^[A-Z].*\.$/);
    }
  });

  it.each(Object.values(SNIPPETS).flatMap(byPrefix))(
    '%s has places to fill in that count from 1',
    (_, { body }) => {
      const text = body.join('\n');
      const numbers = [...text.matchAll(/(?<!\\)\$\{?(\d+)/g)].map((match) => Number(match[1]));
      const stops = [...new Set(numbers)].filter((number) => number > 0).sort((a, b) => a - b);
      expect(stops).toEqual(stops.map((_stop, at) => at + 1));
      expect(text.endsWith('$0')).toBe(true);
      expect(expandSnippet(text)).not.toMatch(/\$\{?\d/);
    },
  );
});

describe('expanded with its defaults, a snippet has no finding', () => {
  it.each(byPrefix(SNIPPETS['gitlab-rb']))('gitlab.rb: %s', (_, snippet) => {
    const text = snippetFile(snippet);
    const subject = readGitlabRb(parser, text, 'gitlab.rb', '19.3');
    expect(shown(lintGitlabRb(subject, 'gitlab.rb'), text)).toEqual([]);
  });

  it.each(byPrefix(SNIPPETS.haproxy))('HAProxy of all versions: %s', (_, snippet) => {
    const text = snippetFile(snippet);
    for (const version of HAPROXY_VERSIONS) {
      expect(shown(lintHaproxy(readHaproxy(text, version), 'haproxy.cfg'), text)).toEqual([]);
    }
  });

  it.each(byPrefix(SNIPPETS.keepalived))('Keepalived: %s', (_, snippet) => {
    const text = snippetFile(snippet);
    expect(shown(lintKeepalived(readKeepalived(text), 'keepalived.conf'), text)).toEqual([]);
  });
});
