import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readClusterYaml } from '../../../../src/cluster/cluster-yaml';
import { overrideCluster } from '../../../../src/features/deploy/cluster-overrides';
import { labOverrides } from '../../../../src/features/deploy/lab-overrides';

describe('settings over cluster.yaml', () => {
  test.each([
    [
      'a value that is there is replaced in its place',
      'name: x\nlab: { timings: fast, memory_mb: 1024 } # mine\nnodes: []\n',
      { timings: 'production', memoryMb: 2048 },
      'name: x\nlab: { timings: production, memory_mb: 2048 } # mine\nnodes: []\n',
    ],
    ['a missing section is added at the end', 'name: x\n', { cpus: 1.5 }, 'name: x\nlab:\n  cpus: 1.5\n'],
    [
      'a missing value is added to its section',
      'lab:\n  profile: core # only one\nname: x\n',
      { timings: 'fast' },
      'lab:\n  profile: core # only one\n  timings: fast\nname: x\n',
    ],
    [
      'a list is replaced in its place',
      'lab:\n  layers: [cache] # small\n  cpus: 1\n',
      { layers: ['database', 'cache'] },
      'lab:\n  layers: [database, cache] # small\n  cpus: 1\n',
    ],
    [
      'a list over several lines becomes one line',
      'lab:\n  layers:\n    - cache\n    - access\n  cpus: 1\n',
      { layers: ['database'] },
      'lab:\n  layers:\n    [database]\n  cpus: 1\n',
    ],
    [
      'a missing list is added in one line',
      'lab:\n  cpus: 1\n',
      { layers: ['database', 'cache'] },
      'lab:\n  cpus: 1\n  layers: [ database, cache ]\n',
    ],
    ['nothing to say, nothing changed', 'name:   x\n', {}, 'name:   x\n'],
    ['a file with a syntax error is left to the deploy', 'name: [x\n', { cpus: 1 }, 'name: [x\n'],
    ['a lab section of the wrong kind is left to the deploy', 'lab: 3\n', { cpus: 1 }, 'lab: 3\n'],
    ['an empty file is left to the deploy', '', { cpus: 1 }, ''],
  ] as const)('%s', async (_, text, overrides, expected) => {
    expect(await overrideCluster(text, overrides)).toBe(expected);
  });

  test('the reader of cluster.yaml understands the sample with overrides', async () => {
    const sample = readFileSync(
      join(import.meta.dirname, '..', '..', '..', '..', 'lab', 'sample', 'cluster.yaml'),
      'utf8',
    );
    const text = await overrideCluster(sample, { timings: 'production', memoryMb: 3000, cpus: 2 });
    const { cluster, findings } = readClusterYaml(text);
    expect(findings).toEqual([]);
    expect(cluster?.lab).toMatchObject({ timings: 'production', memoryMb: 3000, cpus: 2 });
  });
});

describe('settings left at their defaults say nothing', () => {
  test.each([
    [{ timings: 'workspace', memoryMb: 0, cpus: 0 }, {}],
    [{}, {}],
    [
      { timings: 'production', memoryMb: 512, cpus: 0.5 },
      { timings: 'production', memoryMb: 512, cpus: 0.5 },
    ],
    [{ timings: 'quick' }, {}],
    [{ layers: [] }, {}],
    [{ layers: ['cache', 'nonsense'] }, { layers: ['cache'] }],
  ])('%o', (values, expected) => {
    const settings = { get: <T>(key: string) => (values as Record<string, unknown>)[key] as T | undefined };
    expect(labOverrides(settings)).toEqual(expected);
  });
});
