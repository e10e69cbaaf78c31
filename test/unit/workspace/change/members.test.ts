import { describe, expect, test } from 'vitest';
import type { ClusterNode } from '../../../../src/cluster/cluster';
import { readClusterYaml } from '../../../../src/cluster/cluster-yaml';
import { withNode, withoutNode, type MembersChange } from '../../../../src/workspace/change/members';
import { createWorkspace } from '../../../../src/workspace/create/create-workspace';
import { answersFrom, completed } from '../../../../src/workspace/create/questions';
import { readWorkspace } from '../../../../src/workspace/workspace';
import { loadParser } from '../../../../tools/fuzz/parser';
import { brief } from '../workspace-sample';

type Files = ReadonlyMap<string, string>;
type Change = (text: string) => string;

function workspace(nodes: string, layers = 'same'): Map<string, string> {
  const answers = answersFrom(completed({ nodes, subnet: '10.20.0.0/24', layers }, 'own'));
  if ('problem' in answers) throw new Error(String(answers.problem));
  return new Map(createWorkspace(answers).files);
}

function changed(files: Files, change: 'add' | 'remove', node: ClusterNode): MembersChange {
  const { cluster } = readClusterYaml(files.get('cluster.yaml') ?? '');
  if (cluster === undefined) throw new Error('no cluster');
  const result = change === 'add' ? withNode(files, cluster, node) : withoutNode(files, cluster, node.name);
  if ('refused' in result) throw new Error(result.refused?.message ?? 'refused');
  return result;
}

function after(files: Files, { files: written, removed }: MembersChange): Map<string, string> {
  const result = new Map([...files, ...written]);
  for (const path of removed) result.delete(path);
  return result;
}

const gl = (n: number): ClusterNode => ({ name: `gl${n}`, address: `10.20.0.${10 + n}` });
const names = (count: number): string => Array.from({ length: count }, (_, at) => `gl${at + 1}`).join(' ');

async function problems(files: Files): Promise<readonly string[]> {
  const { findings } = await readWorkspace(files, loadParser);
  return findings.filter(({ severity }) => severity !== 'information').map(brief);
}

describe('a node more or less', () => {
  test.each([3, 4, 5])('%i nodes and one more are what a new workspace has', (count) => {
    const files = workspace(names(count));
    const change = changed(files, 'add', gl(count + 1));
    expect(change.byHand).toEqual([]);
    expect(after(files, change)).toEqual(workspace(names(count + 1)));
  });

  test.each([4, 5, 6])('%i nodes and one less are what a new workspace has', (count) => {
    const files = workspace(names(count));
    const change = changed(files, 'remove', gl(count));
    expect(change.byHand).toEqual([]);
    expect(change.removed).toEqual([`nodes/gl${count}/gitlab.rb`, `nodes/gl${count}/keepalived.conf`]);
    expect(after(files, change)).toEqual(workspace(names(count - 1)));
  });

  test('what is written otherwise stays, and the new node has it as well', async () => {
    const own: Change = (text) =>
      text
        .replace("max_connections'] = 400", "max_connections'] = 500")
        .replace("patroni['scope'] = 'postgresql-ha'", "patroni['scope'] = 'prod'")
        .replace(/^external_url.*$/m, "external_url 'http://git.corp.example'");
    const files = workspace(names(3));
    for (const [path, text] of files) if (path.endsWith('.rb')) files.set(path, own(text));
    files.set(
      'haproxy/haproxy.cfg',
      (files.get('haproxy/haproxy.cfg') ?? '').replace('maxconn 4096', 'maxconn 9000'),
    );
    const change = changed(files, 'add', gl(4));
    expect(change.byHand).toEqual([]);
    const grown = after(files, change);
    expect(grown.get('nodes/gl4/gitlab.rb')).toBe(own(workspace(names(4)).get('nodes/gl4/gitlab.rb') ?? ''));
    expect(grown.get('haproxy/haproxy.cfg')).toContain('maxconn 9000');
    expect(grown.get('haproxy/haproxy.cfg')).toContain('server gl4 10.20.0.14:6379 check');
    expect(await problems(grown)).toEqual([]);
  });

  test('a node that is neither first nor last goes out of all lists', async () => {
    const files = workspace(names(5));
    const grown = after(files, changed(files, 'remove', gl(3)));
    const said = [...grown.values()].join('\n').replaceAll(/^#.*$/gm, '');
    expect(said).not.toMatch(/\bgl3\b|10\.20\.0\.13\b/);
    expect(await problems(grown)).toEqual([]);
  });

  test('layers that name their nodes keep them; who goes, goes out of them as well', async () => {
    const files = workspace(
      names(5),
      'coordination=gl3,gl4,gl5 database=gl1,gl2 cache=gl1,gl2,gl3 access=gl1,gl2',
    );
    const added = after(files, changed(files, 'add', gl(6)));
    expect(added.get('cluster.yaml')).toContain('database: { nodes: [gl1, gl2] }');
    expect(added.get('cluster.yaml')).toContain('  - { name: gl6, address: 10.20.0.16 }\n');
    const removed = after(files, changed(files, 'remove', gl(2)));
    expect(removed.get('cluster.yaml')).toContain('database: { nodes: [gl1] }');
    expect(removed.get('cluster.yaml')).toContain('cache: { nodes: [gl1, gl3] }');
  });

  test('where something else stands, that is told', () => {
    const files = workspace(names(3), 'small');
    const path = 'haproxy/haproxy.cfg';
    const text = (files.get(path) ?? '').replace(
      / *server gl3 \S+:6379 check\n[^]*/,
      '    server-template db 3 db.example.com:6379\n',
    );
    files.set(path, text);
    const { byHand } = changed(files, 'add', gl(4));
    expect(byHand).toEqual([
      { path, line: text.split('\n').length - 1, wanted: ['    server gl4 10.20.0.14:6379 check'] },
    ]);
  });

  test('lines that end as on Windows end so afterwards', () => {
    const files = new Map(
      [...workspace(names(3))].map(([path, text]) => [path, text.replaceAll('\n', '\r\n')]),
    );
    const change = changed(files, 'add', gl(4));
    expect(change.byHand).toEqual([]);
    const wanted = workspace(names(4));
    for (const [path, text] of after(files, change))
      expect(text, path).toBe(wanted.get(path)?.replaceAll('\n', '\r\n'));
  });

  test.each<[string, string, string]>([
    [
      'a list in one line',
      'nodes: [{ name: gl1, address: 10.20.0.11 }, { name: gl2, address: 10.20.0.12 }, { name: gl3, address: 10.20.0.13 }]',
      'nodes: [{ name: gl1, address: 10.20.0.11 }, { name: gl2, address: 10.20.0.12 }, { name: gl3, address: 10.20.0.13 }, { name: gl4, address: 10.20.0.14 }]',
    ],
    [
      'keys below each other, at the end',
      'nodes:\n- name: gl1\n  address: 10.20.0.11\n- name: gl2\n  address: 10.20.0.12\n- name: gl3\n  address: 10.20.0.13 # the last',
      'nodes:\n- name: gl1\n  address: 10.20.0.11\n- name: gl2\n  address: 10.20.0.12\n- name: gl3\n  address: 10.20.0.13 # the last\n- { name: gl4, address: 10.20.0.14 }\n',
    ],
  ])('cluster.yaml with %s, there and back', (_, nodes, expected) => {
    const head = 'name: own\nnetwork: { subnet: 10.20.0.0/24, vip: 10.20.0.100 }\n';
    const files = new Map([['cluster.yaml', head + nodes]]);
    const added = after(files, changed(files, 'add', gl(4)));
    expect(added.get('cluster.yaml')).toBe(head + expected);
    const removed = after(added, changed(added, 'remove', gl(4)));
    expect((removed.get('cluster.yaml') ?? '').trimEnd()).toBe(head + nodes);
  });

  test.each<[ClusterNode, string]>([
    [{ name: 'gl4', address: '10.30.0.14' }, 'outside the subnet'],
    [{ name: 'gl4', address: '10.20.0.12' }, '10.20.0.12'],
    [{ name: 'gl_4', address: '10.20.0.14' }, 'gl_4'],
  ])('%j is refused as cluster.yaml would', (node, message) => {
    expect(() => changed(workspace(names(3)), 'add', node)).toThrow(message);
  });

  test('three nodes are the least', () => {
    expect(() => changed(workspace(names(3)), 'remove', gl(3))).toThrow(/three/);
  });
});
