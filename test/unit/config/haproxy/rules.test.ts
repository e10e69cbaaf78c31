import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lintHaproxy } from '../../../../src/config/haproxy/lint';
import { HAPROXY_RULES } from '../../../../src/config/haproxy/rules';
import { rulePages, type Example } from './rule-pages';

const pages = rulePages();

const lint = ({ text, version }: Example) => lintHaproxy(text, { version, path: 'haproxy.cfg' });

describe('the rules and their pages', () => {
  it('are the same', () => {
    const rules = HAPROXY_RULES.map(({ id, title, severity }) => ({ id, title, severity }));
    const unused = { id: 'HAP000', title: 'A suppression silences nothing', severity: 'hint' };
    const documented = pages.map(({ id, title, severity }) => ({ id, title, severity }));
    expect(documented).toEqual([unused, ...rules].sort((a, b) => (a.id < b.id ? -1 : 1)));
  });

  it('are all in the index', () => {
    const index = readFileSync(new URL('../../../../docs/rules/README.md', import.meta.url), 'utf8');
    for (const { id } of pages) expect(index).toContain(`[${id}](${id}.md)`);
    for (const { title } of pages) expect(index).toContain(title);
  });

  it.each(pages.map((page) => [page.id, page] as const))('%s: the page is complete', (_, page) => {
    const silence = page.id === 'HAP000' ? [] : ['Silence it'];
    expect(page.headings).toEqual([
      'What',
      'Why it hurts in an outage',
      'Bad example',
      'Good example',
      'Fix',
      'Source',
      ...silence,
    ]);
  });

  it.each(pages.map((page) => [page.id, page] as const))(
    '%s: the bad example has this finding only',
    (id, page) => {
      const found = lint(page.bad).map((finding) => [finding.code, finding.range.start.line]);
      expect(page.bad.marked.length).toBeGreaterThan(0);
      expect(found).toEqual(page.bad.marked.map((line) => [id, line]));
    },
  );

  it.each(pages.map((page) => [page.id, page] as const))('%s: the good example has no finding', (_, page) => {
    expect(lint(page.good)).toEqual([]);
  });
});
