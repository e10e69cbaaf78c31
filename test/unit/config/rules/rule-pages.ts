import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../src/cluster/finding';
import type { CatalogueEntry } from '../../../../src/config/catalogue';

/** A block of a rule's page, with the version it is for. */
export interface Example {
  readonly text: string;
  readonly version: string | undefined;
  /** Zero-based lines marked with `# <- here`, or named in the fence: `here=3,5` (counted from one). */
  readonly marked: readonly number[];
}

export interface RulePage {
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  readonly topic: string;
  readonly bad: Example;
  readonly good: Example;
  readonly headings: readonly string[];
}

/** The pages of one language: the letters of their ids and the language of their examples. */
export interface Pages {
  readonly prefix: 'HAP' | 'GLR' | 'KAD';
  readonly fence: string;
  readonly rules: readonly CatalogueEntry[];
  readonly lint: (example: Example) => readonly Finding[];
}

const FOLDER = new URL('../../../../docs/rules/', import.meta.url);

/** All pages of a language's rules. */
export function rulePages(prefix: string, fence: string): RulePage[] {
  return readdirSync(FOLDER)
    .filter((name) => new RegExp(`^${prefix}\\d{3}\\.md$`).test(name))
    .sort()
    .map((name) => readPage(readFileSync(new URL(name, FOLDER), 'utf8'), fence));
}

function readPage(text: string, fence: string): RulePage {
  const [, id = '', title = ''] = /^# ([A-Z]{3}\d{3}): (.*)$/m.exec(text) ?? [];
  const [, severity = '', topic = ''] = /^Severity: (\w+)\. Topic: (.*)\.$/m.exec(text) ?? [];
  const headings = [...text.matchAll(/^## (.*)$/gm)].map((match) => match[1] ?? '');
  const bad = example(text, 'Bad example', fence);
  const good = example(text, 'Good example', fence);
  return { id, title, severity, topic, headings, bad, good };
}

function example(page: string, heading: string, fence: string): Example {
  const block = new RegExp(`## ${heading}\\n+\`\`\`${fence}([^\\n]*)\\n([^]*?)\\n\`\`\``).exec(page);
  const [, attributes = '', body = ''] = block ?? [];
  const decoded = attributes.includes('escaped')
    ? body.replace(/\\u([0-9A-Fa-f]{4})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    : body;
  const named = /here=([\d,]+)/.exec(attributes)?.[1]?.split(',') ?? [];
  const signed = decoded.split('\n').flatMap((line, at) => (line.endsWith('# <- here') ? [at] : []));
  return {
    text: attributes.includes('unterminated') ? decoded : `${decoded}\n`,
    version: /version=(\S+)/.exec(attributes)?.[1],
    marked: [...signed, ...named.map((line) => Number(line) - 1)].sort((a, b) => a - b),
  };
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
      const index = readFileSync(new URL('README.md', FOLDER), 'utf8');
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
