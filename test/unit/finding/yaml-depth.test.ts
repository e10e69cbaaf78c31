import { describe, expect, test } from 'vitest';
import { readClusterYaml } from '../../../src/cluster/cluster-yaml';
import { readClusterVersions } from '../../../src/cluster/cluster-versions';
import { isTooDeepYaml } from '../../../src/finding/yaml-depth';
import { overrideCluster } from '../../../src/lab/cluster-overrides';
import { readComposeFile } from '../../../src/languages/compose/compose-file';

const deep = (level: string, many = 300): string => `name: a\nx: ${level.repeat(many)}`;
const stairs = Array.from({ length: 250 }, (_, at) => `${' '.repeat(at)}a:\n`).join('');

test.each([
  ['lists in brackets', deep('[')],
  ['mappings in braces', deep('{a: ')],
  ['lists of lists', '- '.repeat(300)],
  ['keys that are mappings', '? '.repeat(300)],
  ['one level more in each line', stairs],
])('%s without end are refused before anything recurses into them', (_, text) => {
  const started = performance.now();
  expect(isTooDeepYaml(text)).toBe(true);
  const { cluster, findings } = readClusterYaml(text);
  expect(cluster).toBeUndefined();
  expect(findings.map(({ code, message }) => `${code} ${message}`)).toEqual([
    'CLU002 cluster.yaml is nested too deeply.',
  ]);
  expect(readClusterVersions(text)).toEqual({});
  expect(readComposeFile(text).configs).toEqual([]);
  expect(overrideCluster(text, { name: 'b' })).toBe(text);
  expect(performance.now() - started).toBeLessThan(2_000);
});

describe('what is not deep', () => {
  test.each([
    ['many brackets side by side', `a: [${'[1], '.repeat(5_000)}]`],
    ['brackets in a text', `a: "${'['.repeat(5_000)}"\nb: x${'['.repeat(500)}\nc: '${'{'.repeat(500)}'\n`],
    ['a block of another language', `a: |\n${`${' '.repeat(300)}x = [[[[ {\n`.repeat(300)}b: 1\n`],
    ['a bracket alone in a block', `${'- |\n  [\n'.repeat(500)}`],
    ['many items', '- a\n'.repeat(5_000)],
    ['a comment', `# ${'['.repeat(5_000)}\na: 1\n`],
    ['nothing', ''],
  ])('%s', (_, text) => {
    expect(isTooDeepYaml(text)).toBe(false);
  });
});
