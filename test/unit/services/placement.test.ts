import { describe, expect, it } from 'vitest';
import { nodesRunning, runsOn } from '../../../src/services/placement';
import type { Service } from '../../../src/services/registry';
import { service } from '../../../src/services/registry';
import { sampleCluster } from '../lab/render/sample-context';

describe('where a service runs', () => {
  const redis = service('redis');
  const exporter: Service = { ...redis, layer: 'observability', beside: 'cache' };
  const names = (of: Service, choices: Parameters<typeof sampleCluster>[0]): readonly string[] =>
    nodesRunning(sampleCluster(choices), of).map(({ name }) => name);

  it.each<[string, Parameters<typeof sampleCluster>[0], readonly string[], readonly string[]]>([
    ['everywhere', {}, ['node1', 'node2', 'node3'], ['node1', 'node2', 'node3']],
    [
      'its layer on one node',
      { placed: { observability: ['node2'] } },
      ['node1', 'node2', 'node3'],
      ['node2'],
    ],
    [
      'the other layer on two',
      { placed: { cache: ['node1', 'node3'] } },
      ['node1', 'node3'],
      ['node1', 'node3'],
    ],
    [
      'both on different nodes',
      { placed: { cache: ['node1'], observability: ['node2', 'node3'] } },
      ['node1'],
      [],
    ],
    ['its layer switched off', { without: ['observability'] }, ['node1', 'node2', 'node3'], []],
    ['the other layer switched off', { without: ['cache'] }, [], []],
  ])('%s: that of its layer, and of the one it stands beside', (_name, choices, ofRedis, ofExporter) => {
    expect(names(redis, choices)).toEqual(ofRedis);
    expect(names(exporter, choices)).toEqual(ofExporter);
    expect(runsOn(sampleCluster(choices), exporter, 'node2')).toBe(ofExporter.includes('node2'));
  });
});
