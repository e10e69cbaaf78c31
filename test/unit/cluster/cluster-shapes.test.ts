import { describe, expect, test } from 'vitest';
import { readClusterYaml } from '../../../src/cluster/cluster-yaml';
import { GOOD } from './sample';

describe('a mistake with one sure answer has its fix', () => {
  test.each([
    ['domain: gitlab', 'domian: gitlab', 'domain'],
    ['database:', 'databse:', 'database'],
    ['timings: fast', 'timing: fast', 'timings'],
    ['timings: fast', 'timings: fsat', 'fast'],
    ['[node1, node3]', '[node1, nod3]', 'node3'],
    ['profile: core', 'profile: omnibus', 'core'],
    ['172.30.0.0/24', '172.30.0.7/24', '172.30.0.0/24'],
  ])('%j written %j', (good, wrong, newText) => {
    const { findings } = readClusterYaml(GOOD.replace(good, wrong));
    const [finding] = findings;
    expect(finding?.fix).toEqual({ title: `Write ${newText}`, edits: [{ range: finding?.range, newText }] });
  });

  test('one without has none', () => {
    expect(readClusterYaml(GOOD.replace('dcs: consul', 'dcs: zookeeper')).findings[0]?.fix).toBeUndefined();
  });
});

test.each(['consul', 'etcd'])('who leads may be kept in %s', (dcs) => {
  const { findings, cluster } = readClusterYaml(GOOD.replace('dcs: consul', `dcs: ${dcs}`));
  expect([findings, cluster?.dcs]).toEqual([[], dcs]);
});

describe('clusters as people have them', () => {
  const four = GOOD.replace('layers:\n', '  - { name: node4, address: 172.30.0.14 }\nlayers:\n');
  const placed = (text: string, layer: 'coordination' | 'cache') =>
    readClusterYaml(text).cluster?.layers[layer];

  test('of four nodes three are Consul servers', () => {
    expect(readClusterYaml(four).findings).toEqual([]);
    expect(placed(four, 'coordination')?.nodes).toEqual(['node1', 'node2', 'node3']);
    expect(placed(four, 'cache')?.nodes).toEqual(['node1', 'node2', 'node3', 'node4']);
  });

  test('four that are named are a warning, two an error', () => {
    const servers = (names: string): readonly (readonly [string, string])[] =>
      readClusterYaml(
        four.replace('layers:\n', `layers:\n  coordination: { nodes: [${names}] }\n`),
      ).findings.map(({ severity, message }) => [severity, message]);
    expect(servers('node1, node2, node3, node4')).toEqual([
      ['warning', '4 Consul servers are an even number: they bear no more failures than 3.'],
    ]);
    expect(servers('node1, node2')).toEqual([
      ['error', '2 Consul servers are an even number: they bear no more failures than 1.'],
    ]);
  });

  test('a voter votes and holds nothing', () => {
    const text = GOOD.replace('layers:\n', 'layers:\n  cache: { nodes: [node1, node2], voters: [node3] }\n');
    expect(readClusterYaml(text).findings).toEqual([]);
    expect(placed(text, 'cache')).toEqual({ enabled: true, nodes: ['node1', 'node2'], voters: ['node3'] });
  });

  test.each([
    ['cache: { voters: [node3] }', 'Layer cache runs on "node3", which has a vote by that already.'],
    [
      'cache: { nodes: [node1], voters: [nod3] }',
      'Layer cache has the voter "nod3", which is no node of this cluster.',
    ],
    ['access: { nodes: [node1], voters: [node3] }', '"voters" is no key of layer access.', 'CLU005'],
    ['cache: { poolers: [node3] }', '"poolers" is no key of layer cache.', 'CLU005'],
  ])('%s: %s', (layer, message, code = 'CLU018') => {
    const { findings } = readClusterYaml(GOOD.replace('layers:\n', `layers:\n  ${layer}\n`));
    expect(findings.map((finding) => [finding.code, finding.message])).toEqual([[code, message]]);
  });

  test('a node may be known by a host name', () => {
    const text = GOOD.replace('172.30.0.12', 'gl2.example.com');
    expect(readClusterYaml(text).findings).toEqual([]);
    expect(readClusterYaml(text).cluster?.nodes[1]).toEqual({ name: 'node2', address: 'gl2.example.com' });
  });

  test.each(['172.30.0.300', '172.30.0', '172.30.0.x', '10'])('%s is no host name', (address) => {
    const { findings } = readClusterYaml(GOOD.replace('172.30.0.12', address));
    expect(findings.map(({ code }) => code)).toEqual(['CLU010']);
  });

  test("examples come from the reader's own subnet", () => {
    const own = GOOD.replaceAll('172.30.0.', '10.20.0.');
    const remedies = (text: string): readonly string[] =>
      readClusterYaml(text).findings.map(({ remedy }) => remedy);
    expect(remedies(own.replace(', vip: 10.20.0.100', ''))).toEqual([
      'Add it, for example: vip: 10.20.0.100',
    ]);
    expect(remedies(own.replace(', address: 10.20.0.12', ''))).toEqual([
      'Add it, for example: address: 10.20.0.12',
    ]);
    expect(remedies(own.replace('10.20.0.12', '10.20.0.312'))).toEqual([
      'Write four numbers from 0 to 255 without leading zeros, for example 10.20.0.11.',
    ]);
  });
});

describe('poolers of the database', () => {
  const pooled = (names: string): string =>
    GOOD.replace(
      'database: { nodes: [node1, node3] }',
      `database: { nodes: [node1, node3], poolers: ${names} }`,
    );

  test('may be any nodes', () => {
    const { cluster, findings } = readClusterYaml(pooled('[node2, node3]'));
    expect(findings).toEqual([]);
    expect(cluster?.layers.database.poolers).toEqual(['node2', 'node3']);
  });

  test('are nodes of the cluster', () => {
    const { findings } = readClusterYaml(pooled('[nod2]'));
    expect(findings.map(({ code, message }) => [code, message])).toEqual([
      ['CLU018', 'Layer database has the pooler "nod2", which is no node of this cluster.'],
    ]);
  });
});

describe('a host name beside an address', () => {
  const hosted = (more: string, text = GOOD): string =>
    text.replace(/(name: node2, address: )(\S+)( \})/, `$1$2, ${more}$3`);

  test("is the node's", () => {
    const { cluster, findings } = readClusterYaml(hosted('host: gl2.example.com'));
    expect(findings).toEqual([]);
    expect(cluster?.nodes[1]).toEqual({ name: 'node2', address: '172.30.0.12', host: 'gl2.example.com' });
  });

  test('may be its own name', () => {
    expect(readClusterYaml(hosted('host: node2')).findings).toEqual([]);
    expect(readClusterYaml(GOOD.replace('172.30.0.12', 'node2')).findings).toEqual([]);
  });

  test("instead of an address is no other node's name either", () => {
    const { findings } = readClusterYaml(GOOD.replace('172.30.0.12', 'node3'));
    expect(findings.map(({ code, message }) => [code, message])).toEqual([
      ['CLU009', '"node3" is the name of another node and cannot lead to node "node2".'],
    ]);
  });

  test.each([
    ['host: gl_2', GOOD, 'CLU007', '"gl_2", the host of node "node2", is no host name.'],
    ['host: 172.30.0.12', GOOD, 'CLU007', '"172.30.0.12", the host of node "node2", is no host name.'],
    [
      'host: gl2.example.com',
      GOOD.replace('172.30.0.12', 'gl2.example.com'),
      'CLU007',
      'The address of node "node2" is a host name already.',
    ],
    [
      'host: gl1.example.com',
      GOOD.replace('172.30.0.11', 'gl1.example.com'),
      'CLU009',
      'Another node is known as "gl1.example.com" already.',
    ],
    [
      'host: GL1.example.com',
      GOOD.replace('172.30.0.11', 'gl1.example.com'),
      'CLU009',
      'Another node is known as "GL1.example.com" already.',
    ],
    ['host: node1', GOOD, 'CLU009', '"node1" is the name of another node and cannot lead to node "node2".'],
    [
      'host: localhost',
      GOOD,
      'CLU009',
      '"localhost" is every machine\'s name for itself and cannot lead to node "node2".',
    ],
    [
      'host: gateway',
      GOOD,
      'CLU009',
      '"gateway" is the name of the lab\'s gateway and cannot lead to node "node2".',
    ],
    [
      'host: GitLab.example.com',
      GOOD,
      'CLU009',
      '"GitLab.example.com" is the cluster\'s domain and cannot lead to node "node2".',
    ],
  ])('%s: %#', (more, text, code, message) => {
    const { findings } = readClusterYaml(hosted(more, text));
    expect(findings.map((finding) => [finding.code, finding.message])).toEqual([[code, message]]);
  });
});
