import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readClusterYaml } from '../../../src/cluster/cluster-yaml';
import { blocksDeployment } from '../../../src/finding/finding';
import { GOOD } from './sample';

describe('broken YAML', () => {
  test.each([
    ['a tab as indent', GOOD.replace('  git: {', '\tgit: {'), 11],
    ['a quote that is not closed', GOOD.replace('"19.3"', '"19.3'), 2],
    ['keys at different columns', GOOD.replace('dcs:', ' dcs:'), 4],
    ['a bracket that is not closed', GOOD.replace('http_port: 0 }', 'http_port: 0'), 14],
    ['no space after the colon in a list', GOOD.replace('  - { name: node1', '  - { name; node1'), 7],
  ])('%s is told with its line, and no cluster is made of the rest', (_, text, line) => {
    const { cluster, findings } = readClusterYaml(text);
    expect(blocksDeployment(findings)).toBe(true);
    expect(findings[0]?.range.start.line).toBe(line);
    expect(findings.every((finding) => finding.remedy !== '')).toBe(true);
    expect(cluster).toBeUndefined();
  });

  test.each([
    ['nothing', '', 'CLU004'],
    ['a comment only', '# cluster', 'CLU004'],
    ['a list', '- a\n- b\n', 'CLU004'],
    ['a text', 'cluster', 'CLU004'],
    ['a binary file', '\u0000\u0001\u0002ELF\u0000', 'CLU004'],
    ['too large a file', `# ${'x'.repeat(300_000)}\n${GOOD}`, 'CLU002'],
    ['endless nesting', `name: ${'['.repeat(300)}`, 'CLU002'],
    ['a bomb of aliases', bomb(), 'CLU005'],
  ])('%s is one of the findings, without a cluster', (_, text, code) => {
    const { cluster, findings } = readClusterYaml(text);
    expect(findings.map((finding) => finding.code)).toContain(code);
    expect(cluster).toBeUndefined();
  });

  test('missing keys are named with an example', () => {
    const { findings } = readClusterYaml('name: sample\nnodes:\n  - { name: node1 }\n');
    expect(findings.map(({ message, range }) => [message, range.start.line])).toEqual([
      ['cluster.yaml has no "network".', 0],
      ['Node 1 has no "address".', 2],
      ['The cluster has 1 node; three are needed for a majority.', 2],
    ]);
  });
});

/** Ten levels of nine aliases each: 3.5 thousand million values when expanded. */
function bomb(): string {
  const levels = Array.from({ length: 9 }, (_, level) => {
    const below = level === 0 ? 'x' : `*l${level - 1}`;
    return `l${level}: &l${level} [${Array.from({ length: 9 }, () => below).join(', ')}]`;
  });
  return levels.join('\n');
}

describe('whatever the file holds', () => {
  test('every beginning of a good file is read without an exception', () => {
    for (let length = 0; length < GOOD.length; length += 7) {
      const { cluster, findings } = readClusterYaml(GOOD.slice(0, length));
      expect(cluster === undefined ? findings.length : 1).toBeGreaterThan(0);
    }
  });

  test('damaged files give findings inside the text, never an exception', () => {
    const damage = fc.record({
      at: fc.nat(GOOD.length),
      remove: fc.nat(12),
      insert: fc.string({
        unit: fc.constantFrom(...'{}[]:,-&*!|>%@`"\'#?\t\n \u0000', 'ä', '<<', '---'),
        maxLength: 6,
      }),
    });
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), (damages) => {
        let text = GOOD;
        for (const { at, remove, insert } of damages)
          text = text.slice(0, at) + insert + text.slice(at + remove);
        const lines = text.split(/\r\n|\r|\n/);
        for (const { range, message, remedy } of readClusterYaml(text).findings) {
          expect(lines[range.start.line]?.length).toBeGreaterThanOrEqual(range.start.character);
          expect(lines[range.end.line]?.length).toBeGreaterThanOrEqual(range.end.character);
          expect(message).not.toBe('');
          expect(remedy).not.toBe('');
        }
      }),
      { numRuns: 300 },
    );
  });
});

test.each(['.inf', '-.inf', '.nan'])('%s is no number of megabytes', (value) => {
  const { findings } = readClusterYaml(GOOD.replace(/memory_mb: \d+/, `memory_mb: ${value}`));
  expect(findings.map(({ message }) => message)).toContain(
    'memory_mb must be a number, not an infinite one or none.',
  );
});
