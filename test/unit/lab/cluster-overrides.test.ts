import { describe, expect, test } from 'vitest';
import { overrideCluster } from '../../../src/lab/cluster-overrides';

describe('values over cluster.yaml', () => {
  test.each([
    [
      'a block map',
      'name: a # mine\nlab:\n  timings: fast\n',
      'name: b # mine\nlab:\n  timings: production\n',
    ],
    ['quoted', 'name: "a"\nlab: {timings: "fast"}\n', 'name: b\nlab: {timings: production}\n'],
    ['nothing there', 'domain: d\n', 'domain: d\nname: b\nlab:\n  timings: production\n'],
    [
      'a section without the key',
      'name: a\nlab:\n  cpus: 2\n',
      'name: b\nlab:\n  cpus: 2\n  timings: production\n',
    ],
    ['a syntax error', 'name: [a\nlab: }', 'name: [a\nlab: }'],
    ['no map', '- a\n', '- a\n'],
    ['a section that is no map', 'name: a\nlab: 7\n', 'name: a\nlab: 7\n'],
  ])('%s', (_, text, expected) => {
    expect(overrideCluster(text, { name: 'b', timings: 'production' })).toBe(expected);
  });

  test('nothing asked, nothing changed', () => {
    expect(overrideCluster('name:   odd\n', {})).toBe('name:   odd\n');
  });

  test('memory and cores', () => {
    expect(overrideCluster('lab: { memory_mb: 512 }\n', { memoryMb: 2048, cpus: 1.5 })).toBe(
      'lab: { memory_mb: 2048, cpus: 1.5 }\n',
    );
  });
});
