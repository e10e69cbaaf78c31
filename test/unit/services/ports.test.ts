import { describe, expect, it } from 'vitest';
import { changedPorts } from '../../../src/services/changed-ports';
import { portOf, portsOf } from '../../../src/services/ports';
import { defaultSettings } from '../../../src/services/settings';
import { readClusterYaml } from '../../../src/cluster/cluster-yaml';

const YAML = `
name: sample
domain: gitlab.example.com
gitlab_version: "19.3"
network: { subnet: 172.30.0.0/24, vip: 172.30.0.100 }
nodes:
  - { name: node1, address: 172.30.0.11 }
  - { name: node2, address: 172.30.0.12 }
  - { name: node3, address: 172.30.0.13 }
`;

function settings(): ReturnType<typeof defaultSettings> {
  const { cluster } = readClusterYaml(YAML);
  const [node] = cluster?.nodes ?? [];
  if (!cluster || !node) throw new Error('the fixture is wrong');
  return defaultSettings(cluster, node);
}

describe('ports of a node', () => {
  it('are the package’s as long as nothing changes them', () => {
    expect(changedPorts(settings())).toEqual({});
    expect(portOf('patroni', 'rest')).toBe(8008);
    expect(portsOf('redis').map(({ port }) => port)).toEqual([6379]);
  });

  it('follow what gitlab.rb changed, and only that', () => {
    const base = settings();
    const changed = changedPorts({
      ...base,
      redis: { ...base.redis, port: 6380 },
      patroni: { ...base.patroni, restPort: 8009 },
    });
    expect(changed).toEqual({ patroni: { rest: 8009 }, redis: { redis: 6380 } });
    expect(portOf('redis', 'redis', changed)).toBe(6380);
    expect(portsOf('patroni', changed).map(({ name, port }) => `${name} ${port}`)).toEqual([
      'postgresql 5432',
      'rest 8009',
    ]);
  });

  it('cannot be asked by a wrong name', () => {
    expect(() => portOf('redis', 'cluster-bus')).toThrow(
      new RangeError('redis has no port named cluster-bus'),
    );
  });
});
