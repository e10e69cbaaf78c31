import { describe, expect, it } from 'vitest';
import type { LabInfo, LabSources } from '../../../src/lab/lab-service';
import { LabError } from '../../../src/lab/lab-error';
import { CORE_PROFILE } from '../../../src/lab/profiles/core/profile';
import { profileOf } from '../../../src/lab/profiles/profiles';
import { labTarget } from '../../../src/lab/target';
import { CLUSTER } from '../observe/healthy';

const lab = (sources?: LabSources): LabInfo => ({
  name: 'sample',
  phase: 'running',
  cluster: CLUSTER,
  addresses: {},
  containers: [],
  httpUrl: undefined,
  versions: {},
  createdAt: 0,
  ...(sources ? { sources } : {}),
});
const reach = { transport: () => Promise.reject(new Error('not reached')), containers: undefined };

describe('a lab as a target', () => {
  it.each<[string, LabSources | undefined, { ports: unknown; declared: unknown }]>([
    ['without the label: everything is the default', undefined, { ports: {}, declared: {} }],
    [
      'what its services declared, by name',
      { patroniScope: 'pg', redisMasterName: 'cache', ports: { node1: { redis: { redis: 6380 } } } },
      {
        ports: { node1: { redis: { redis: 6380 } } },
        declared: { patroniScope: 'pg', redisMasterName: 'cache' },
      },
    ],
    [
      'a label of another version: what is no text is left out',
      { patroniScope: 7, sentinels: ['a'], later: 'kept' },
      { ports: {}, declared: { later: 'kept' } },
    ],
  ])('%s', (_, sources, expected) => {
    const { name, cluster, ports, declared, profile } = labTarget(lab(sources), reach);
    expect({ ports, declared }).toEqual(expected);
    expect([name, cluster, profile]).toEqual(['sample', CLUSTER, CORE_PROFILE]);
  });
});

describe('the profile of a cluster', () => {
  it('is the one cluster.yaml names; one this version does not have is refused', () => {
    expect(profileOf(CLUSTER)).toBe(CORE_PROFILE);
    const other = { lab: { ...CLUSTER.lab, profile: 'omnibus' as const } };
    expect(() => profileOf(other)).toThrow(LabError);
    expect(() => profileOf(other)).toThrow('This version has no profile "omnibus".');
  });
});
