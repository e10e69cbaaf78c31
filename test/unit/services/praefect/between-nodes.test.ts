import { describe, expect, test } from 'vitest';
import { brief, read, rolesOf, workspace } from '../../workspace/workspace-sample';

const CLUSTER = `${workspace().get('cluster.yaml') ?? ''}lab:\n  layers: [git]\n`;

/** What a node's file says of Git storage; each part as it stands in the file. */
interface Said {
  readonly storage?: string;
  readonly auth?: string;
  readonly praefect?: string;
  /** The storages that GitLab is told of. */
  readonly gitlab?: string;
}

const usual = (number: number): Said => ({ storage: `'gitaly-${number}'`, auth: "'internal'" });
const expecting = (number: number, more = ''): string =>
  `{ storage: 'gitaly-${number}', address: 'tcp://172.30.0.1${number}:8075'${more} }`;

function gitlabRb(index: number, { storage, auth, praefect, gitlab }: Said): string {
  const role = index === 0 ? 'redis_master_role' : 'redis_replica_role';
  return [
    `${role}['enable'] = true`,
    storage === undefined ? '' : `gitaly['configuration'][:storage] = [{ name: ${storage} }]`,
    auth === undefined ? '' : `gitaly['configuration'][:auth] = { token: ${auth} }`,
    praefect === undefined ? '' : `praefect['configuration'] = { ${praefect} }`,
    gitlab === undefined ? '' : `gitlab_rails['repositories_storages'] = { ${gitlab} }`,
  ].join('\n');
}

async function found(...nodes: readonly Said[]): Promise<readonly string[]> {
  const files = nodes.map((said, index) => [`nodes/node${index + 1}/gitlab.rb`, gitlabRb(index, said)]);
  const { findings } = await read({ 'cluster.yaml': CLUSTER, ...(Object.fromEntries(files) as object) });
  return findings.filter(({ severity }) => severity !== 'information').map(brief);
}

const storages = (...entries: readonly string[]): string =>
  `virtual_storage: [{ name: 'default', node: [${entries.join(', ')}] }]`;
const ALL = storages(expecting(1), expecting(2), expecting(3));

describe('Git storage between the nodes', () => {
  test.each<[string, readonly Said[], readonly string[]]>([
    ['all name the same', [{ ...usual(1), praefect: ALL }, usual(2), usual(3)], []],
    ['nobody names anything', [{}, {}, {}], []],
    ['a Gitaly names no storage: it has the one that is expected', [{ praefect: ALL }, {}, {}], []],
    [
      'a storage is not what Praefect expects there, told once though all Praefects say so',
      [
        { ...usual(1), praefect: ALL },
        { ...usual(2), storage: "'two'", praefect: ALL },
        { ...usual(3), praefect: ALL },
      ],
      [
        'error LAB037 nodes/node1/gitlab.rb:4 Praefect expects storage "gitaly-2" at tcp://172.30.0.12:8075; the Gitaly of node2 has "two".',
      ],
    ],
    [
      'a Gitaly that no Praefect names',
      [{ ...usual(1), praefect: storages(expecting(1), expecting(2)) }, usual(2), usual(3)],
      [
        'error LAB037 nodes/node3/gitlab.rb:2 No Praefect names storage "gitaly-3" of the Gitaly of node3: nothing is ever written to it.',
      ],
    ],
    [
      'a token that the other Gitaly does not take',
      [
        { ...usual(1), praefect: storages(expecting(1), expecting(2, ", token: 'other'"), expecting(3)) },
        usual(2),
        usual(3),
      ],
      [
        'error LAB038 nodes/node1/gitlab.rb:4 Praefect\'s token for "gitaly-2" is not the one of the Gitaly of node2: every request is refused.',
      ],
    ],
    [
      'Praefects that want different tokens',
      [
        { ...usual(1), praefect: `auth: { token: 'one' }, ${ALL}` },
        { ...usual(2), praefect: `auth: { token: 'one' }, ${ALL}` },
        { ...usual(3), praefect: `auth: { token: 'three' }, ${ALL}` },
      ],
      [
        'error LAB038 nodes/node3/gitlab.rb:4 The token of the Praefect of node3 is not that of node1: GitLab is refused by one of them.',
      ],
    ],
  ])('%s', async (_what, nodes, expected) => {
    expect(await found(...nodes)).toEqual(expected);
  });

  const asking = (name: string, token: string, port = 2305): string =>
    `'${name}' => { 'gitaly_address' => 'tcp://172.30.0.100:${port}', 'gitaly_token' => '${token}' }`;

  test.each<[string, readonly string[], readonly string[]]>([
    [
      'as Praefect has it',
      [asking('default', 'one'), asking('default', 'one'), asking('default', 'one')],
      [],
    ],
    ['a Gitaly of its own beside it', [`${asking('default', 'one')}, ${asking('old', 'x', 8075)}`], []],
    [
      'a storage that is none of Praefect’s, told once though all nodes say so',
      [asking('main', 'one'), asking('main', 'one'), asking('main', 'one')],
      [
        'error LAB037 nodes/node1/gitlab.rb:5 GitLab asks Praefect for storage "main", and Praefect\'s virtual storages are "default".',
      ],
    ],
    [
      'another token on one node',
      [asking('default', 'one'), asking('default', 'two'), asking('default', 'one')],
      [
        'error LAB038 nodes/node2/gitlab.rb:5 GitLab\'s token for storage "default" is not the one that Praefect wants: every request is refused.',
      ],
    ],
  ])('what GitLab is told of Praefect: %s', async (_what, said, expected) => {
    const nodes = [1, 2, 3].map((number, index) => {
      const gitlab = said[index];
      const praefect = `auth: { token: 'one' }, ${ALL}`;
      return { ...usual(number), praefect, ...(gitlab === undefined ? {} : { gitlab }) };
    });
    expect((await found(...nodes)).filter((line) => !/GLR|WSP/.test(line))).toEqual(expected);
  });

  test('two services on one port of a node are told', async () => {
    const taken = { ...usual(1), praefect: `listen_addr: '0.0.0.0:8075', ${ALL}` };
    expect(await found(taken, usual(2), usual(3))).toEqual([
      expect.stringMatching(
        /^error LAB032 nodes\/node1\/gitlab\.rb:4 Praefect and Gitaly would both listen on port 8075 of node1\.$/,
      ),
    ]);
  });

  test('roles that leave Praefect off are told with the key that switches it on', async () => {
    const { findings } = await read({
      'cluster.yaml': CLUSTER,
      'nodes/node1/gitlab.rb': rolesOf(0).replace('%w[', '%w[consul_role gitaly_role '),
    });
    const [warning] = findings.filter(({ code, file }) => code === 'LAB031' && file.includes('node1'));
    expect(warning?.message).toBe(
      'These roles leave Praefect off on node1; the lab runs what cluster.yaml places there.',
    );
    expect(warning?.remedy).toBe(
      "Add praefect['enable'] = true, or take node1 out of these layers in cluster.yaml.",
    );
  });
});
