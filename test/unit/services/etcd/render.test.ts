import { describe, expect, test } from 'vitest';
import { etcdEffects } from '../../../../src/services/etcd/effect';
import { etcdEnvironment, renderEtcd } from '../../../../src/services/etcd/render';
import { addedServices } from '../../../../src/services/lab-layers';
import { servicesOn } from '../../../../src/services/placement';
import { contentOf, sampleCluster, sampleService } from '../../lab/render/sample-context';

const FILE = '/var/opt/gitlab/etcd/etcd.json';
type Choices = NonNullable<Parameters<typeof sampleService>[0]>;
const file = (choices: Choices = {}): string =>
  contentOf(renderEtcd(sampleService({ dcs: 'etcd', ...choices })), FILE);

describe('etcd', () => {
  test('runs on the nodes of layer coordination, and only where cluster.yaml chooses it', () => {
    const on = (choices: Choices): readonly string[] =>
      ['node1', 'node2', 'node3'].filter((node) =>
        servicesOn(sampleCluster(choices), node).some(({ id }) => id === 'etcd'),
      );
    expect(on({})).toEqual([]);
    expect(on({ dcs: 'etcd' })).toEqual(['node1', 'node2', 'node3']);
    expect(on({ dcs: 'etcd', placed: { coordination: ['node2'] } })).toEqual(['node2']);
    expect([addedServices(sampleCluster()), addedServices(sampleCluster({ dcs: 'etcd' }))]).toEqual([
      [],
      ['etcd'],
    ]);
  });

  test('is told who the members are, and takes clients on its own address and the loopback', () => {
    expect(JSON.parse(file({ node: 'node2' }))).toMatchObject({
      name: 'node2',
      'listen-client-urls': 'http://172.30.5.12:2379,http://127.0.0.1:2379',
      'advertise-client-urls': 'http://172.30.5.12:2379',
      'listen-peer-urls': 'http://172.30.5.12:2380',
      'initial-cluster':
        'node1=http://172.30.5.11:2380,node2=http://172.30.5.12:2380,node3=http://172.30.5.13:2380',
      'initial-cluster-token': 'sample',
    });
    expect(renderEtcd(sampleService({ dcs: 'etcd' }))[0]).toMatchObject({ mode: 0o600, uid: 985, gid: 985 });
  });

  test('is found by scripts where it runs', () => {
    const members = '172.30.5.11:2379 172.30.5.12:2379 172.30.5.13:2379';
    expect(etcdEnvironment(sampleService({ dcs: 'etcd' }))).toEqual({ LAB_ETCD: members });
    expect(etcdEnvironment(sampleService())).toEqual({});
  });
});

describe('a change of its file', () => {
  const changed = (name: string, value: unknown): string =>
    JSON.stringify({ ...(JSON.parse(file()) as object), [name]: value });
  const needs = (before: string | undefined, after: string | undefined): readonly string[] =>
    etcdEffects
      .needs([{ path: FILE, before, after }])
      .map(({ program, need, because, seconds }) => `${program} ${need} (${seconds} s): ${String(because)}`);

  test.each([
    ['election-timeout', 2000, 'etcd restart (0 s): election-timeout changes from 1000 to 2000'],
    [
      'listen-peer-urls',
      'http://0.0.0.0:2380',
      'etcd restart (0 s): listen-peer-urls changes from http://172.30.5.11:2380 to http://0.0.0.0:2380',
    ],
    [
      'initial-cluster-token',
      'other',
      'etcd nothing (0 s): initial-cluster-token changes from sample to other',
    ],
  ])('%s', (name, value, expected) => {
    expect(needs(file(), changed(name, value))).toEqual([expected]);
  });

  test('members that come and go are no reason to start the others anew', () => {
    const two = file({ placed: { coordination: ['node1', 'node2'] } });
    expect(needs(file(), two)).toEqual([
      expect.stringMatching(/^etcd reload \(0 s\): initial-cluster changes/) as string,
    ]);
  });

  test('of other files is none of its own', () => {
    const path = '/var/opt/gitlab/consul/config.json';
    expect(etcdEffects.needs([{ path, before: '{}', after: '{"a":1}' }])).toEqual([]);
  });
});
