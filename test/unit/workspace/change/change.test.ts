import { describe, expect, test } from 'vitest';
import { readClusterYaml } from '../../../../src/cluster/cluster-yaml';
import {
  applied,
  changeEverywhere,
  refuseChange,
  type Change,
} from '../../../../src/workspace/change/change';
import { wholeChange } from '../../../../src/workspace/change/address-behind';
import { pendingChanges } from '../../../../src/workspace/change/pending';
import { createWorkspace } from '../../../../src/workspace/create/create-workspace';
import { answersFrom, completed, type TypedAnswers } from '../../../../src/workspace/create/questions';

const GIVEN: TypedAnswers = { name: 'prod', nodes: 'gl1 gl2 gl3', subnet: '10.20.0.0/24' };

function workspaceOf(given: TypedAnswers): ReadonlyMap<string, string> {
  const answers = answersFrom(completed(given, 'x'));
  if ('problem' in answers) throw new Error(String(answers.problem));
  return createWorkspace(answers).files;
}

/** The workspace after the changes, folders renamed. */
function after(
  files: ReadonlyMap<string, string>,
  ...changes: readonly Change[]
): ReadonlyMap<string, string> {
  const { edits, folders } = changeEverywhere(files, changes);
  return new Map(
    [...files].map(([path, text]) => {
      const moved = folders.reduce(
        (now, { from, to }) => (now.startsWith(`${from}/`) ? to + now.slice(from.length) : now),
        path,
      );
      return [moved, applied(text, edits.get(path) ?? [])];
    }),
  );
}

const clusterIn = (files: ReadonlyMap<string, string>) => {
  const { cluster } = readClusterYaml(files.get('cluster.yaml') ?? '');
  if (cluster === undefined) throw new Error('no cluster');
  return cluster;
};

describe('a change in all files gives what a new workspace with the other answer has', () => {
  test.each<[string, readonly Change[], TypedAnswers]>([
    ['a node renamed', [{ kind: 'node', from: 'gl1', to: 'web-1' }], { nodes: 'web-1 gl2 gl3' }],
    [
      'two names swapped',
      [
        { kind: 'node', from: 'gl1', to: 'gl2' },
        { kind: 'node', from: 'gl2', to: 'gl1' },
      ],
      { nodes: 'gl2 gl1 gl3' },
    ],
    [
      'an address',
      [{ kind: 'address', from: '10.20.0.12', to: '10.20.0.212' }],
      { addresses: '10.20.0.11 10.20.0.212 10.20.0.13' },
    ],
    ['the VIP', [{ kind: 'address', from: '10.20.0.100', to: '10.20.0.200' }], { vip: '10.20.0.200' }],
    [
      'the subnet, with all addresses in it',
      [{ kind: 'subnet', from: '10.20.0.0/24', to: '10.21.0.0/24' }],
      { subnet: '10.21.0.0/24' },
    ],
  ])('%s', (_, changes, other) => {
    expect(new Map([...after(workspaceOf(GIVEN), ...changes)].sort())).toEqual(
      new Map([...workspaceOf({ ...GIVEN, ...other })].sort()),
    );
  });

  test.each([
    ['hue dalat hanoi', 'hue', 'sapa', 'sapa dalat hanoi'],
    ['hue dalat hanoi', 'hanoi', 'sapa', 'hue dalat sapa'],
    ['redis server gitlab', 'redis', 'cache', 'cache server gitlab'],
    ['redis server gitlab', 'server', 'cache', 'redis cache gitlab'],
    ['1 2 6432', '1', '9', '9 2 6432'],
  ])('of %s, %s becomes %s, in comments as well', (nodes, from, to, other) => {
    const files = after(workspaceOf({ ...GIVEN, nodes }), { kind: 'node', from, to });
    expect(new Map([...files].sort())).toEqual(new Map([...workspaceOf({ ...GIVEN, nodes: other })].sort()));
  });

  test('a name that is also a word is changed only where it names the machine', () => {
    const given = { ...GIVEN, nodes: 'redis server gl3' };
    const files = after(workspaceOf(given), { kind: 'node', from: 'redis', to: 'cache' });
    expect(files.get('haproxy/haproxy.cfg')).toContain('    server cache 10.20.0.11:6379 check');
    expect(files.get('haproxy/haproxy.cfg')).toContain('backend redis_master\n');
    expect(files.get('haproxy/haproxy.cfg')).toContain('frontend redis\n');
    expect(files.get('nodes/cache/gitlab.rb')).toContain("redis['port'] = 6379");
    expect(files.get('nodes/cache/keepalived.conf')).toContain('    router_id cache\n');
    expect(files.get('cluster.yaml')).toContain('  - { name: cache, address: 10.20.0.11 }');
  });
});

describe('a name that stands for something else as well', () => {
  const renamed = (from: string, to: string, path: string, text: string): string => {
    const edits = changeEverywhere(new Map([[path, text]]), [{ kind: 'node', from, to }]).edits;
    return applied(text, edits.get(path) ?? []);
  };

  test.each([
    ['postgresql', "patroni['postgresql']['max_connections'] = 400", 'a key of a setting'],
    ['postgresql', "patroni[ 'postgresql' ] = {}", 'a key of a setting, with spaces'],
    ['postgresql', 'patroni = { \'postgresql\' => 1, "postgresql": 2 }', 'a key of a hash'],
    ['gitlab', "gitlab_rails['db_username'] = 'gitlab'", 'the name of a user'],
    ['gitlab', "patroni['scope'] = 'gitlab'", 'a scope'],
    ['7', "patroni['postgresql']['max_wal_senders'] = 7", 'a number'],
    ['6432', "pgbouncer['listen_port'] = 6432", 'a port'],
    ['server', '\n# One of server, client and both', 'a word of a comment'],
    ['standby', '# The role on standby', 'a word behind a role'],
    ['standby', '# patroni_role on standby nodes\n\n', 'a word behind a role, in a sentence'],
  ])('%s: %s stays (%s)', (from, text) => {
    expect(renamed(from, 'new1', 'nodes/x/gitlab.rb', text)).toBe(text);
  });

  test.each([
    ['redis', "redis['master_ip'] = 'redis'", "redis['master_ip'] = 'new1'"],
    ['redis', "retry_join: ['redis', 'b']", "retry_join: ['new1', 'b']"],
    ['redis', "x['node_name'] = 'redis'", "x['node_name'] = 'new1'"],
  ])('%s: %s changes', (from, text, expected) => {
    expect(renamed(from, 'new1', 'nodes/x/gitlab.rb', text)).toBe(expected);
  });

  test('a number is changed where it names the machine, in a whole workspace', () => {
    const files = after(workspaceOf({ ...GIVEN, nodes: '1 2 6432' }), { kind: 'node', from: '1', to: '9' });
    const other = workspaceOf({ ...GIVEN, nodes: '9 2 6432' });
    const code = (texts: ReadonlyMap<string, string>): readonly (readonly [string, string])[] =>
      [...texts].map(([path, text]) => [path, text.replaceAll(/#.*/g, '')] as const).sort();
    expect(code(files)).toEqual(code(other));
  });
});

describe('a host name takes the place of an address', () => {
  const HOST: Change = { kind: 'address', from: '10.20.0.11', to: 'gl1.example.com' };

  test('in cluster.yaml only: the other files keep the address behind it', () => {
    const files = workspaceOf(GIVEN);
    const changed = after(files, HOST);
    expect(changed.get('cluster.yaml')).toContain('{ name: gl1, address: gl1.example.com }');
    expect([...changed].filter(([path, text]) => text !== files.get(path)).map(([path]) => path)).toEqual([
      'cluster.yaml',
    ]);
    expect(pendingChanges(clusterIn(changed), changed)).toEqual([]);
  });

  test.each(['10.20.0.11', '10.20.0.44'])('and gives it back to %s, in all files', (address) => {
    const files = after(workspaceOf(GIVEN), HOST);
    const back: Change = { kind: 'address', from: 'gl1.example.com', to: address };
    const changed = after(files, ...wholeChange(files, clusterIn(files), back));
    const other = { ...GIVEN, addresses: `${address} 10.20.0.12 10.20.0.13` };
    expect(new Map([...changed].sort())).toEqual(new Map([...workspaceOf(other)].sort()));
  });

  test('and to another host name, wherever files name it', () => {
    const change: Change = { kind: 'address', from: 'gl1.example.com', to: 'db1.example.com' };
    const text =
      'server a gl1.example.com:80\nserver b gl1.example.com.au:80\nserver c xgl1.example.com:80\n';
    const { edits } = changeEverywhere(new Map([['cluster.yaml', text]]), [change]);
    expect(applied(text, edits.get('cluster.yaml') ?? [])).toBe(text.replace('gl1', 'db1'));
  });
});

describe('folders get their names in an order in which none is taken', () => {
  const named = (...pairs: readonly (readonly [string, string])[]): readonly string[] => {
    const changes = pairs.map(([from, to]): Change => ({ kind: 'node', from, to }));
    return changeEverywhere(workspaceOf(GIVEN), changes).folders.map(({ from, to }) => `${from} > ${to}`);
  };

  test.each<[string, readonly (readonly [string, string])[], readonly string[]]>([
    ['one', [['gl1', 'db1']], ['nodes/gl1 > nodes/db1']],
    ['its own', [['gl1', 'gl1']], []],
    [
      'one after the other',
      [
        ['gl1', 'gl2'],
        ['gl2', 'db2'],
      ],
      ['nodes/gl2 > nodes/db2', 'nodes/gl1 > nodes/gl2'],
    ],
    [
      'a swap',
      [
        ['gl1', 'gl2'],
        ['gl2', 'gl1'],
      ],
      ['nodes/gl1 > nodes/gl1.renamed', 'nodes/gl2 > nodes/gl1', 'nodes/gl1.renamed > nodes/gl2'],
    ],
  ])('%s', (_, pairs, expected) => {
    expect(named(...pairs)).toEqual(expected);
  });
});

describe('a folder that belongs to no node', () => {
  test.each([
    ['is not overwritten', ['nodes/gl2/gitlab.rb', 'nodes/db2/gitlab.rb'], true],
    ['is taken by a node that has none', ['nodes/db2/gitlab.rb'], false],
  ] as const)('%s', (_, paths, refused) => {
    const all = workspaceOf(GIVEN);
    const files = new Map([...all].filter(([path]) => !path.startsWith('nodes/gl2/')));
    for (const path of paths) files.set(path, '');
    const said = refuseChange(files, clusterIn(files), { kind: 'node', from: 'gl2', to: 'db2' });
    const reason = 'There is a folder nodes/db2 already. Move it away, or choose another name.';
    expect(said?.toString()).toBe(refused ? reason : undefined);
  });
});

describe('a change is refused', () => {
  test.each<[Change, string]>([
    [{ kind: 'node', from: 'gl1', to: 'gl2' }, 'There is a node "gl2" already. Choose another name.'],
    [
      { kind: 'node', from: 'gl1', to: 'Web 1' },
      'The name "Web 1" of node 1 cannot be a host name. Use lower-case letters, digits and inner hyphens, at most 31 characters.',
    ],
    [
      { kind: 'address', from: '10.20.0.11', to: '10.21.0.11' },
      'Node "gl1" has the address 10.21.0.11, which is outside the subnet 10.20.0.0/24. Use an address from 10.20.0.2 to 10.20.0.254.',
    ],
    [
      { kind: 'subnet', from: '10.20.0.0/24', to: '10.20.0.0/16' },
      'The addresses are carried over to a network of the same size: write /24.',
    ],
  ])('%j: %s', (change, refusal) => {
    const files = workspaceOf(GIVEN);
    expect(refuseChange(files, clusterIn(files), change)?.toString()).toBe(refusal);
  });
});

describe('what cluster.yaml says and the other files do not yet', () => {
  const edited = (change: (text: string) => string): ReadonlyMap<string, string> => {
    const files = new Map(workspaceOf(GIVEN));
    return files.set('cluster.yaml', change(files.get('cluster.yaml') ?? ''));
  };

  test.each<[string, (text: string) => string, readonly Change[]]>([
    ['nothing', (text) => text, []],
    [
      'another address of a node',
      (text) => text.replace('10.20.0.12', '10.20.0.22'),
      [{ kind: 'address', from: '10.20.0.12', to: '10.20.0.22' }],
    ],
    [
      'another VIP',
      (text) => text.replace('10.20.0.100', '10.20.0.101'),
      [{ kind: 'address', from: '10.20.0.100', to: '10.20.0.101' }],
    ],
    [
      'another name of a node',
      (text) => text.replace('name: gl2', 'name: db2'),
      [{ kind: 'node', from: 'gl2', to: 'db2' }],
    ],
    [
      'two nodes with other names',
      (text) => text.replace('name: gl2', 'name: db2').replace('name: gl1', 'name: db1'),
      [
        { kind: 'node', from: 'gl1', to: 'db1' },
        { kind: 'node', from: 'gl2', to: 'db2' },
      ],
    ],
    [
      'another network',
      (text) => text.replaceAll('10.20.0.', '192.168.7.'),
      [
        { kind: 'address', from: '10.20.0.11', to: '192.168.7.11' },
        { kind: 'address', from: '10.20.0.12', to: '192.168.7.12' },
        { kind: 'address', from: '10.20.0.13', to: '192.168.7.13' },
        { kind: 'address', from: '10.20.0.100', to: '192.168.7.100' },
        { kind: 'subnet', from: '10.20.0.0/24', to: '192.168.7.0/24' },
      ],
    ],
    [
      'a node more, whose files are not there yet',
      (text) => text.replace('nodes:\n', 'nodes:\n  - { name: gl4, address: 10.20.0.14 }\n'),
      [],
    ],
  ])('%s', (_, change, expected) => {
    const files = edited(change);
    expect(pendingChanges(clusterIn(files), files)).toEqual(expected);
  });

  test('carried over, nothing is pending any more', () => {
    const files = edited((text) => text.replaceAll('10.20.0.', '192.168.7.'));
    const done = after(files, ...pendingChanges(clusterIn(files), files));
    expect(pendingChanges(clusterIn(done), done)).toEqual([]);
    expect([...done].filter(([, text]) => text.includes('10.20.'))).toEqual([]);
  });
});
