import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../../src/finding/finding';
import type { CatalogueEntry } from '../../../../../src/workspace/catalogue';
import { RULE_PAGES, rulePages, type Example } from '../../../../../tools/rules/pages';

export { rulePages } from '../../../../../tools/rules/pages';

/** The pages of one language: the letters of their ids and the language of their examples. */
export interface Pages {
  readonly prefix: 'HAP' | 'GLR' | 'KAD' | 'CLU' | 'CMP';
  readonly fence: string;
  readonly rules: readonly CatalogueEntry[];
  readonly lint: (example: Example) => readonly Finding[];
}

const HEADINGS = ['What', 'Why it hurts in an outage', 'Bad example', 'Good example', 'Fix', 'Source'];

/** Proves that every rule has its page and that the page's examples say what the rule finds. */
export function describePages({ prefix, fence, rules, lint }: Pages): void {
  const pages = rulePages(prefix, fence);
  const cases = pages.map((page) => [page.id, page] as const);
  const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);

  describe('the rules and their pages', () => {
    it('are the same', () => {
      const documented = pages.map(({ id, title, severity, topic }) => ({ id, title, severity, topic }));
      const declared = rules.map(({ id, title, severity, topic }) => ({ id, title, severity, topic }));
      expect(documented).toEqual(declared.sort(byId));
    });

    it('are all in the index', () => {
      const index = readFileSync(new URL('README.md', RULE_PAGES), 'utf8');
      for (const { id } of pages) expect(index).toContain(`[${id}](${id}.md)`);
      for (const { title } of pages) expect(index).toContain(title);
    });

    it.each(cases)('%s: the page is complete', (_, page) => {
      expect(page.headings).toEqual(page.id.endsWith('000') ? HEADINGS : [...HEADINGS, 'Silence it']);
    });

    it.each(cases)('%s: the bad example has this finding only', (id, page) => {
      const found = lint(page.bad).map((finding) => [finding.code, finding.range.start.line]);
      expect(page.bad.marked.length).toBeGreaterThan(0);
      expect(found).toEqual(page.bad.marked.map((line) => [id, line]));
    });

    it.each(cases)('%s: the good example has no finding', (_, page) => {
      expect(page.good.text.trim()).not.toBe('');
      expect(lint(page.good)).toEqual([]);
    });
  });
}
