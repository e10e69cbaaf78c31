import { describe, expect, test } from 'vitest';
import {
  completed,
  problemWith,
  type QuestionId,
  type TypedAnswers,
} from '../../../../src/workspace/create/questions';

describe('what Enter answers', () => {
  test.each<[string, string, TypedAnswers, Partial<Record<QuestionId, string>>]>([
    [
      'the sample',
      'sample',
      {},
      { name: 'sample', vip: '172.30.0.100', addresses: '172.30.0.11 172.30.0.12 172.30.0.13' },
    ],
    ["a folder's name as a host name", 'My GitLab (prod)', {}, { name: 'my-gitlab-prod' }],
    ['a folder nobody can make a name of', '…', {}, { name: 'cluster' }],
    [
      'addresses in the subnet that was given',
      'a',
      { nodes: 'gl1,gl2,gl3,gl4', subnet: '10.20.0.0/24' },
      { addresses: '10.20.0.11 10.20.0.12 10.20.0.13 10.20.0.14', vip: '10.20.0.100' },
    ],
    [
      'the subnet of given addresses',
      'a',
      { addresses: '10.1.2.7 10.1.2.8 10.1.2.9' },
      { subnet: '10.1.2.0/24' },
    ],
    ['a VIP that no node has', 'a', { addresses: '10.1.2.100 10.1.2.8 10.1.2.9' }, { vip: '10.1.2.254' }],
    [
      'addresses of a small network',
      'a',
      { subnet: '10.0.0.16/28' },
      { addresses: '10.0.0.27 10.0.0.28 10.0.0.29', vip: '10.0.0.30' },
    ],
  ])('%s', (_, folder, given, expected) => {
    expect(completed(given, folder)).toMatchObject(expected);
  });
});

describe('what is wrong with an answer', () => {
  test.each<[QuestionId, string, TypedAnswers, string]>([
    [
      'name',
      'Big Lab',
      {},
      'The name "Big Lab" of the lab cannot be a host name. Use lower-case letters, digits and inner hyphens, at most 31 characters.',
    ],
    ['name', '', {}, 'An answer is needed.'],
    ['dcs', 'zookeeper', {}, '"zookeeper" is no value of dcs. Use one of: consul, etcd.'],
    [
      'nodes',
      'gl1 gl2',
      {},
      'The cluster has 2 nodes; three are needed for a majority. List three nodes under "nodes".',
    ],
    ['nodes', 'gl1 gl1 gl2', {}, 'Nodes 1 and 2 are both called "gl1". Give each node a name of its own.'],
    [
      'addresses',
      'gl1.example.com 172.30.0.12 172.30.0.13',
      {},
      '"gl1.example.com" is a host name. Give the address; the host name stands beside it in cluster.yaml, as host.',
    ],
    ['nodes', 'gl1 {gl2} gl3', {}, '"gl1 {gl2} gl3" has a character that does not belong there.'],
    [
      'subnet',
      '10.20.0.0/33',
      {},
      '"10.20.0.0/33" is no IPv4 network. Write it as a.b.c.d/prefix, for example 172.30.0.0/24.',
    ],
    [
      'subnet',
      '10.20.0.7/24',
      {},
      '"10.20.0.7/24" is an address inside a network, not the network. Write 10.20.0.0/24.',
    ],
    ['addresses', '10.20.0.11 10.20.0.12', { subnet: '10.20.0.0/24' }, '3 nodes need 3 addresses, not 2.'],
    [
      'addresses',
      '10.20.0.11 10.20.0.12 10.21.0.13',
      { subnet: '10.20.0.0/24' },
      'Node "node3" has the address 10.21.0.13, which is outside the subnet 10.20.0.0/24. Use an address from 10.20.0.2 to 10.20.0.254.',
    ],
    [
      'vip',
      '10.20.0.11',
      { subnet: '10.20.0.0/24' },
      'The VIP 10.20.0.11 is the address of node "node1". Choose an address that nobody else has: Keepalived moves it between the nodes.',
    ],
    [
      'vip',
      '10.20.0',
      { subnet: '10.20.0.0/24' },
      '"10.20.0" is no IPv4 address. Write four numbers from 0 to 255 without leading zeros, for example 10.20.0.100.',
    ],
    ['domain', 'git_lab', {}, '"git_lab" is no domain name. Use a host name such as gitlab.example.com.'],
    [
      'version',
      'latest',
      {},
      'gitlab_version "latest" is not of the form major.minor. Write it in quotes, for example gitlab_version: "19.3"',
    ],
    ['layers', 'roles', {}, '"One role per machine" needs 9 nodes; there are 3.'],
    ['layers', 'votr', {}, '"votr" is no such choice. Did you mean "voter"?'],
    ['layers', 'databse=node1', {}, '"databse" is no layer. Did you mean "database"?'],
    [
      'layers',
      'database=node1,node9',
      {},
      'Layer database runs on "node9", which is no node of this cluster. Did you mean "node1"?',
    ],
  ])('%s: %j', (id, text, given, problem) => {
    expect(problemWith(id, text, given, 'own')?.toString()).toBe(problem);
  });

  test.each<[QuestionId, string, TypedAnswers]>([
    ['name', 'prod', {}],
    ['nodes', 'gl1, gl2, gl3', {}],
    ['addresses', '10.20.0.31 10.20.0.32 10.20.0.33', { subnet: '10.20.0.0/24' }],
    ['layers', 'voter', {}],
    ['layers', 'cache=node1,node2 database=node1,node3', {}],
  ])('nothing with %s: %j', (id, text, given) => {
    expect(problemWith(id, text, given, 'own')).toBeUndefined();
  });
});
