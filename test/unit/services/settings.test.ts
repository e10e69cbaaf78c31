import { describe, expect, it } from 'vitest';
import type { NodeSettings } from '../../../src/services/settings';
import { defaultSettings } from '../../../src/services/settings';
import { sampleCluster } from '../lab/render/sample-context';

function settingsOf(cluster: ReturnType<typeof sampleCluster>, name: string): NodeSettings {
  const node = cluster.nodes.find((candidate) => candidate.name === name);
  if (!node) throw new Error(`no node ${name}`);
  return defaultSettings(cluster, node);
}

describe('default settings', () => {
  it('follow from who is in the cluster', () => {
    const settings = settingsOf(sampleCluster(), 'node2');
    expect(settings.consul).toMatchObject({
      bootstrapExpect: 3,
      retryJoin: ['172.30.5.11', '172.30.5.12', '172.30.5.13'],
    });
    expect(settings.patroni).toMatchObject({ name: 'node2', scope: 'postgresql-ha', synchronousMode: true });
    expect(settings.postgresql.passwordNetworks).toEqual(['172.30.5.0/24']);
    expect(settings.sentinel.quorum).toBe(2);
    expect(settings.redis).toMatchObject({ initialMaster: false, minReplicasToWrite: 1 });
    expect(settingsOf(sampleCluster(), 'node1').redis.initialMaster).toBe(true);
  });

  it('count only the nodes a layer is placed on', () => {
    const cluster = sampleCluster({
      placed: { cache: ['node2'], database: ['node3'], coordination: ['node1'] },
    });
    const settings = settingsOf(cluster, 'node2');
    expect(settings.consul).toMatchObject({ bootstrapExpect: 1, retryJoin: ['172.30.5.11'] });
    expect(settings.patroni.synchronousMode).toBe(false);
    expect(settings.redis).toMatchObject({ initialMaster: true, minReplicasToWrite: 0 });
    expect(settings.sentinel.quorum).toBe(1);
  });

  it.each([
    ['fast', { ttl: 20, loopWait: 1, downAfterMs: 1500, raft: 1, gossip: true, login: 0.2 }],
    ['production', { ttl: 30, loopWait: 10, downAfterMs: 10000, raft: 5, gossip: false, login: 15 }],
  ] as const)('take the %s timings', (timings, expected) => {
    const settings = settingsOf(sampleCluster({ timings }), 'node1');
    expect({
      ttl: settings.patroni.ttl,
      loopWait: settings.patroni.loopWait,
      downAfterMs: settings.sentinel.downAfterMs,
      raft: settings.consul.raftMultiplier,
      gossip: settings.patroni.sessionFollowsGossip,
      login: settings.pgbouncer.serverLoginRetry,
    }).toEqual(expected);
  });
});
