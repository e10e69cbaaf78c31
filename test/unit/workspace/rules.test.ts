import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/finding/finding';
import { WORKSPACE_CATALOGUE } from '../../../src/workspace/catalogue';
import { isRemark } from '../../../src/workspace/rules/workspace-rules';
import { modelOf } from '../../../src/workspace/workspace';
import { loadParser } from '../../../tools/fuzz/parser';
import { RULE_PAGES, rulePages } from '../../../tools/rules/pages';
import { readWorkspaceExample } from '../../../tools/rules/workspace-example';

const PAGES = [...rulePages('LAB', 'workspace'), ...rulePages('WSP', 'workspace')];
const CASES = PAGES.map((page) => [page.id, page] as const);
const HEADINGS = [
  'What',
  'Why it hurts in an outage',
  'Bad example',
  'Good example',
  'Fix',
  'Source',
  'Silence it',
];

const place = ({ code, file, range }: Finding): string => `${code} ${file}:${range.start.line + 1}`;

async function findingsOf(text: string): Promise<readonly Finding[]> {
  const model = await modelOf(readWorkspaceExample(text).files, loadParser);
  return model.evaluate().findings;
}

describe('the rules for workspaces and their pages', () => {
  test('are the same', () => {
    const documented = PAGES.map(({ id, title, severity, topic }) => ({ id, title, severity, topic }));
    const declared = WORKSPACE_CATALOGUE.map(({ id, title, severity, topic }) => ({
      id,
      title,
      severity,
      topic,
    }));
    expect(documented).toEqual(declared.sort((a, b) => (a.id < b.id ? -1 : 1)));
  });

  test('are all in the index', () => {
    const index = readFileSync(new URL('README.md', RULE_PAGES), 'utf8');
    for (const { id, title } of PAGES) {
      expect(index).toContain(`[${id}](${id}.md)`);
      expect(index).toContain(title);
    }
  });

  test.each(CASES)('%s: the page is complete', (_, page) => {
    expect(page.headings).toEqual(HEADINGS);
  });

  test.each(CASES)('%s: the bad example has this finding only, of its severity', async (id, page) => {
    const { marked } = readWorkspaceExample(page.bad.text);
    // What the lab does otherwise is told of many a line; a page is about its own rule.
    const found = (await findingsOf(page.bad.text)).filter(({ code }) => code === id || !isRemark(code));
    expect(marked.length).toBeGreaterThan(0);
    expect(found.map(place).sort()).toEqual(marked.map((at) => `${id} ${at}`));
    expect([...new Set(found.map(({ severity }) => severity))]).toEqual([page.severity]);
  });

  test.each(CASES)('%s: the good example has no finding', async (_, page) => {
    expect(page.good.text.trim()).not.toBe('');
    expect((await findingsOf(page.good.text)).map(place)).toEqual([]);
  });
});
