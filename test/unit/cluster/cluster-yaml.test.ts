import { describe, expect, test } from 'vitest';
import { readClusterYaml } from '../../../src/cluster/cluster-yaml';
import { LAYERS } from '../../../src/cluster/layer';
import { describeMistakes } from './mistakes';
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

describeMistakes('layers and the lab', [
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
    what: 'a lab name that is no container name',
    from: 'name: sample',
    to: 'name: "my lab; rm"',
    code: 'CLU007',
    at: '"my lab; rm"',
    message: 'The name "my lab; rm" of the lab cannot be a host name.',
    remedy: 'Use lower-case letters, digits and inner hyphens, at most 31 characters.',
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
    what: 'a version of three parts',
    from: '"3.0"',
    to: '"3.0.1"',
    code: 'CLU024',
    at: '"3.0.1"',
    message: 'haproxy_version "3.0.1" is not of the form major.minor.',
    remedy: 'Write it in quotes, for example haproxy_version: "3.0"',
  },
]);
