import { describe, expect, test } from 'vitest';
import { readClusterYaml } from '../../../src/cluster/cluster-yaml';
import type { Finding } from '../../../src/finding/finding';
import { LAYERS } from '../../../src/cluster/layer';
import { place } from '../languages/places';
import { GOOD } from './sample';

describe('a good cluster.yaml', () => {
  test('is read completely, without a finding', () => {
    const { cluster, findings } = readClusterYaml(GOOD);
    expect(findings).toEqual([]);
    const all = ['node1', 'node2', 'node3'];
    expect(cluster).toEqual({
      name: 'sample',
      domain: 'gitlab.example.com',
      gitlabVersion: '19.3',
      haproxyVersion: '3.0',
      dcs: 'consul',
      subnet: '172.30.0.0/24',
      vip: '172.30.0.100',
      nodes: [
        { name: 'node1', address: '172.30.0.11' },
        { name: 'node2', address: '172.30.0.12' },
        { name: 'node3', address: '172.30.0.13' },
      ],
      layers: Object.fromEntries(
        LAYERS.map(({ id }) => [
          id,
          { enabled: id !== 'git', nodes: id === 'database' ? ['node1', 'node3'] : all },
        ]),
      ),
      lab: { profile: 'core', timings: 'fast', memoryMb: 1024, cpus: 0, httpPort: 0 },
    });
  });

  test('needs only name, network and nodes', () => {
    const short = GOOD.split('\n').filter((line) => /^(name|network|nodes| {2}-)/.test(line));
    const { cluster, findings } = readClusterYaml(short.join('\n'));
    expect(findings).toEqual([]);
    expect(cluster).toMatchObject({ gitlabVersion: '19.3', haproxyVersion: '3.0', dcs: 'consul' });
    expect(cluster?.lab).toEqual({ profile: 'core', timings: 'fast', memoryMb: 1024, cpus: 0, httpPort: 0 });
  });

  test.each([
    ['with a node at the first address', GOOD.replace('172.30.0.12', '172.30.0.1')],
    ['with CRLF', GOOD.replaceAll('\n', '\r\n')],
    ['with a byte order mark', `\ufeff${GOOD}`],
    [
      'as JSON',
      JSON.stringify({
        name: 'a',
        network: { subnet: '10.0.0.0/8', vip: '10.0.0.9' },
        nodes: [1, 2, 3].map((n) => ({ name: `n${n}`, address: `10.0.${n}.7` })),
      }),
    ],
    ['with a version that is a number', GOOD.replace('"19.3"', '19.10')],
    [
      'with five nodes',
      GOOD.replace(/layers:[^]*$/, '').concat(
        '  - { name: node4, address: 172.30.0.14 }\n  - { name: node5, address: 172.30.0.15 }\n',
      ),
    ],
  ])('%s has no finding', (_, text) => {
    const { cluster, findings } = readClusterYaml(text);
    expect(findings).toEqual([]);
    expect(cluster).toBeDefined();
  });

  test('keeps the zero of an unquoted version 19.10', () => {
    expect(readClusterYaml(GOOD.replace('"19.3"', '19.10')).cluster?.gitlabVersion).toBe('19.10');
  });
});

interface Case {
  what: string;
  from: string;
  to: string;
  code: string;
  at: string;
  nth?: number;
  message: string;
  remedy: string;
}

const CASES: Case[] = [
  {
    what: 'an unknown layer',
    from: 'database:',
    to: 'databse:',
    code: 'CLU017',
    at: 'databse',
    message: 'There is no layer "databse".',
    remedy: 'Did you mean "database"?',
  },
  {
    what: 'an unknown layer for the lab',
    from: 'timings: fast',
    to: 'layers: [cache, databse]',
    code: 'CLU017',
    at: 'databse',
    message: 'There is no layer "databse".',
    remedy: 'Did you mean "database"?',
  },
  {
    what: 'no layer for the lab',
    from: 'timings: fast',
    to: 'layers: []',
    code: 'CLU018',
    at: '[]',
    message: 'The lab is to run no layer.',
    remedy: 'Name at least one layer, or leave "layers" out for the usual ones.',
  },
  {
    what: 'an unknown key',
    from: 'domain: gitlab',
    to: 'domian: gitlab',
    code: 'CLU005',
    at: 'domian',
    message: '"domian" is no key of cluster.yaml.',
    remedy: 'Did you mean "domain"?',
  },
  {
    what: 'two nodes with one address',
    from: '172.30.0.12',
    to: '172.30.0.11',
    code: 'CLU009',
    at: '172.30.0.11',
    nth: 2,
    message: 'Node "node2" has the same address as node "node1": 172.30.0.11.',
    remedy: 'Give each node an address of its own.',
  },
  {
    what: 'two nodes with one name',
    from: 'name: node2',
    to: 'name: node1',
    code: 'CLU008',
    at: 'node1',
    nth: 2,
    message: 'Nodes 1 and 2 are both called "node1".',
    remedy: 'Give each node a name of its own.',
  },
  {
    what: 'a VIP outside the subnet',
    from: 'vip: 172.30.0.100',
    to: 'vip: 172.31.0.100',
    code: 'CLU012',
    at: '172.31.0.100',
    message: 'The VIP 172.31.0.100 is outside the subnet 172.30.0.0/24.',
    remedy: 'Use a free address from 172.30.0.2 to 172.30.0.254.',
  },
  {
    what: 'the VIP of a node',
    from: 'vip: 172.30.0.100',
    to: 'vip: 172.30.0.13',
    code: 'CLU013',
    at: '172.30.0.13',
    message: 'The VIP 172.30.0.13 is the address of node "node3".',
    remedy: 'Choose an address that nobody else has: Keepalived moves it between the nodes.',
  },
  ...(
    [
      ['172.30.0.0', 'the network address'],
      ['172.30.0.255', 'the broadcast address'],
      ['172.30.0.1', "the bridge's address (gateway)"],
    ] as const
  ).map(([address, as]) => ({
    what: `a VIP that is ${as}`,
    from: 'vip: 172.30.0.100',
    to: `vip: ${address}`,
    code: 'CLU013',
    at: address,
    nth: address.endsWith('.0') ? 2 : 1,
    message: `The VIP ${address} is ${as}.`,
    remedy: 'Choose an address that nobody else has: Keepalived moves it between the nodes.',
  })),
  {
    what: 'a node outside the subnet',
    from: '172.30.0.12',
    to: '172.30.1.12',
    code: 'CLU011',
    at: '172.30.1.12',
    message: 'Node "node2" has the address 172.30.1.12, which is outside the subnet 172.30.0.0/24.',
    remedy: 'Use an address from 172.30.0.2 to 172.30.0.254.',
  },
  {
    what: 'a node with the broadcast address',
    from: '172.30.0.12',
    to: '172.30.0.255',
    code: 'CLU014',
    at: '172.30.0.255',
    message: 'Node "node2" has the address 172.30.0.255, which is the broadcast address of 172.30.0.0/24.',
    remedy: 'Use an address from 172.30.0.2 to 172.30.0.254.',
  },
  {
    what: 'an even number of Consul servers',
    from: '  git: { enabled: false }',
    to: '  coordination: { nodes: [node1, node2] }',
    code: 'CLU016',
    at: '[node1, node2]',
    message: '2 Consul servers are an even number: they bear no more failures than 1.',
    remedy: 'Run layer coordination on three (or five) nodes.',
  },
  {
    what: 'one Consul server',
    from: '  git: { enabled: false }',
    to: '  coordination: { nodes: [node2] }',
    code: 'CLU016',
    at: '[node2]',
    message: '1 Consul server cannot survive the loss of one.',
    remedy: 'Run layer coordination on three (or five) nodes.',
  },
  {
    what: 'a database without coordination',
    from: '  git: { enabled: false }',
    to: '  coordination: { enabled: false }',
    code: 'CLU027',
    at: 'false',
    message: 'Layer coordination is off, but the database needs it to elect a leader.',
    remedy: 'Enable it, or disable layer database as well.',
  },
  {
    what: 'a layer on a node that does not exist',
    from: '[node1, node3]',
    to: '[node1, node33]',
    code: 'CLU018',
    at: 'node33',
    message: 'Layer database runs on "node33", which is no node of this cluster.',
    remedy: 'Did you mean "node3"?',
  },
  {
    what: 'a number where a text belongs',
    from: 'name: sample',
    to: 'name: [a]',
    code: 'CLU004',
    at: '[a]',
    message: 'The name must be a text, not a list.',
    remedy: 'Write a text.',
  },
  {
    what: 'a text where a number belongs',
    from: 'memory_mb: 1024',
    to: 'memory_mb: 1g',
    code: 'CLU004',
    at: '1g',
    message: 'memory_mb must be a number, not a text.',
    remedy: 'Write a number.',
  },
  {
    what: 'a node name that is no host name',
    from: 'name: node2',
    to: 'name: Node_2',
    code: 'CLU007',
    at: 'Node_2',
    message: 'The name "Node_2" of node 2 cannot be a host name.',
    remedy: 'Use lower-case letters, digits and inner hyphens, at most 31 characters.',
  },
  {
    what: 'a lab name that is no container name',
    from: 'name: sample',
    to: 'name: "my lab; rm"',
    code: 'CLU007',
    at: '"my lab; rm"',
    message: 'The name "my lab; rm" of the lab cannot be a host name.',
    remedy: 'Use lower-case letters, digits and inner hyphens, at most 31 characters.',
  },
  {
    what: 'a node called gateway',
    from: 'name: node2',
    to: 'name: gateway',
    code: 'CLU007',
    at: 'gateway',
    message: 'A node cannot be called "gateway": the lab has a container of this name.',
    remedy: 'Choose another name, for example node1.',
  },
  {
    what: 'the omnibus profile',
    from: 'profile: core',
    to: 'profile: omnibus',
    code: 'CLU020',
    at: 'omnibus',
    message: 'The omnibus profile is not available in this version.',
    remedy: 'Use profile: core.',
  },
  {
    what: 'an unknown DCS',
    from: 'dcs: consul',
    to: 'dcs: consull',
    code: 'CLU019',
    at: 'consull',
    message: '"consull" is no value of dcs.',
    remedy: 'Did you mean "consul"?',
  },
  {
    what: 'unknown timings',
    from: 'timings: fast',
    to: 'timings: warp',
    code: 'CLU019',
    at: 'warp',
    message: '"warp" is no value of timings.',
    remedy: 'Use one of: fast, production.',
  },
  {
    what: 'too little memory',
    from: 'memory_mb: 1024',
    to: 'memory_mb: 64',
    code: 'CLU021',
    at: '64',
    message: 'A node cannot run with memory_mb: 64.',
    remedy: 'Give it at least 384 (MiB); 1024 is usual.',
  },
  {
    what: 'a port beyond the last',
    from: 'http_port: 0',
    to: 'http_port: 70000',
    code: 'CLU022',
    at: '70000',
    message: 'http_port: 70000 is no port.',
    remedy: 'Use a port from 1 to 65535, or 0 for any free one.',
  },
  {
    what: 'an address with a leading zero',
    from: '172.30.0.12',
    to: '172.30.0.012',
    code: 'CLU010',
    at: '172.30.0.012',
    message: '"172.30.0.012" is no IPv4 address.',
    remedy: 'Write four numbers from 0 to 255 without leading zeros, for example 172.30.0.11.',
  },
  {
    what: 'a subnet with host bits',
    from: '172.30.0.0/24',
    to: '172.30.0.7/24',
    code: 'CLU010',
    at: '172.30.0.7/24',
    message: '"172.30.0.7/24" is an address inside a network, not the network.',
    remedy: 'Write 172.30.0.0/24.',
  },
  {
    what: 'a version of three parts',
    from: '"3.0"',
    to: '"3.0.1"',
    code: 'CLU024',
    at: '"3.0.1"',
    message: 'haproxy_version "3.0.1" is not of the form major.minor.',
    remedy: 'Write it in quotes, for example haproxy_version: "3.0"',
  },
  {
    what: 'a key twice',
    from: 'dcs: consul',
    to: 'dcs: consul\nname: other',
    code: 'CLU026',
    at: 'name',
    nth: 2,
    message: 'The key "name" is there twice.',
    remedy: 'Remove one of the two.',
  },
  {
    what: 'an alias',
    from: 'domain: gitlab.example.com\ngitlab_version: "19.3"',
    to: 'domain: &d gitlab.example.com\ngitlab_version: *d',
    code: 'CLU025',
    at: '*d',
    message: 'gitlab_version is an alias (*d).',
    remedy: 'Write the value out: cluster.yaml knows no aliases.',
  },
  {
    what: 'a second document',
    from: 'lab: {',
    to: '---\nlab: {',
    code: 'CLU003',
    at: '---',
    message: 'cluster.yaml holds more than one YAML document.',
    remedy: 'Keep one document: remove the "---" line and what follows, or one of the two parts.',
  },
];

/** What is said; how it is mended is another test's matter. */
function withoutFix(finding: Finding): Finding {
  const { fix, ...said } = finding;
  return fix === undefined ? finding : said;
}

describe('each mistake is one finding with its place and a remedy', () => {
  test.each(CASES)('$what', ({ from, to, code, at, nth, message, remedy }) => {
    const text = GOOD.replace(from, to);
    expect(text).not.toBe(GOOD);
    const { findings } = readClusterYaml(text);
    const range = place(text, at, nth);
    const said = findings.map(withoutFix);
    expect(said).toEqual([{ code, severity: 'error', file: 'cluster.yaml', range, message, remedy }]);
  });
});
