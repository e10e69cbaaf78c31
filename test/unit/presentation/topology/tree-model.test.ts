import { labCluster } from '../../../../src/services/lab-layers';
import { verbatim } from '../../../../src/words/message';
import { describe, expect, test } from 'vitest';
import { buildTree } from '../../../../src/presentation/topology/tree-model';
import type { TreeNode } from '../../../../src/presentation/topology/tree-node';
import { english, healthy, lab, withService } from '../support/lab';
import { CONTENTS } from '../../../../src/services/contents';

/** The tree as a person sees it: one line per row, indented. */
function picture(rows: readonly TreeNode[], depth = 0): string[] {
  return rows.flatMap((row) => [
    `${'  '.repeat(depth)}${row.label}${row.description === '' ? '' : ` | ${row.description}`} (${row.tone})`,
    ...picture(row.children, depth + 1),
  ]);
}

function find(rows: readonly TreeNode[], id: string): TreeNode {
  const all = (nodes: readonly TreeNode[]): TreeNode[] =>
    nodes.flatMap((node) => [node, ...all(node.children)]);
  const found = all(rows).find((row) => row.id === id);
  if (!found) throw new Error(`no row ${id}`);
  return found;
}

describe('a healthy lab', () => {
  test('by layer', () => {
    const tree = buildTree([{ info: lab(), state: healthy() }], 'layer', english);
    expect(picture(tree)).toEqual([
      'sample | healthy · leader node1 · VIP node1 (good)',
      '  Coordination & state (good)',
      '    Consul server | leader node1 · 3 of 3 (good)',
      '      node1 | leader (good)',
      '      node2 | voter (good)',
      '      node3 | voter (good)',
      '  Database & connections (good)',
      '    PostgreSQL | leader node1 · 3 of 3 (good)',
      '      node1 | leader (good)',
      '      node2 | sync standby (good)',
      '      node3 | replica (good)',
      '    PgBouncer | 3 of 3 (good)',
      '      node1 (good)',
      '      node2 (good)',
      '      node3 (good)',
      '  Cache & queues (good)',
      '    Redis | master node1 · 3 of 3 (good)',
      '      node1 | master (good)',
      '      node2 | replica (good)',
      '      node3 | replica (good)',
      '    Sentinel | 3 of 3 (good)',
      '      node1 (good)',
      '      node2 (good)',
      '      node3 (good)',
      '  Access & load balancing (good)',
      '    HAProxy | 3 of 3 (good)',
      '      node1 (good)',
      '      node2 (good)',
      '      node3 (good)',
      '    Keepalived | active node1 · 3 of 3 (good)',
      '      node1 | active (good)',
      '      node2 | backup (good)',
      '      node3 | backup (good)',
      '  Observability & backup (good)',
      '    Redis exporter | 3 of 3 (good)',
      '      node1 (good)',
      '      node2 (good)',
      '      node3 (good)',
      '  Not in this lab | 3 layers (quiet)',
      '    Git storage | not among the layers of this lab (quiet)',
      '    Application | not among the layers of this lab (quiet)',
      '    Object storage | not among the layers of this lab (quiet)',
      '  Gateway | http://127.0.0.1:8080 (good)',
    ]);
  });

  test('by node', () => {
    const tree = buildTree([{ info: lab(), state: healthy() }], 'node', english);
    expect(picture(tree).slice(0, 11)).toEqual([
      'sample | healthy · leader node1 · VIP node1 (good)',
      '  node1 | leader · VIP · 10.0.0.11 (good)',
      '    Consul server | leader (good)',
      '    PostgreSQL | leader (good)',
      '    PgBouncer (good)',
      '    Redis | master (good)',
      '    Sentinel (good)',
      '    HAProxy (good)',
      '    Keepalived | active (good)',
      '    Redis exporter (good)',
      '  node2 | 10.0.0.12 (good)',
    ]);
  });
});

describe('what is not known is not shown as healthy', () => {
  test('before the first observation', () => {
    const tree = buildTree([{ info: lab(), state: undefined }], 'layer', english);
    expect(tree[0]).toMatchObject({ description: 'not known yet', tone: 'quiet' });
    expect(find(tree, 'lab:sample/layer:database/service:patroni')).toMatchObject({
      description: 'not known yet',
      tone: 'quiet',
      icon: 'question',
    });
  });

  test('nodes get their container state from Docker meanwhile', () => {
    const info = lab('sample', {
      containers: [{ node: 'node1', role: 'node', id: 'a', state: 'stopped' }],
      phase: 'partial',
      httpUrl: undefined,
    });
    const tree = buildTree([{ info, state: undefined }], 'node', english);
    expect(find(tree, 'lab:sample/node:node1').description).toBe('stopped · 10.0.0.11');
    expect(find(tree, 'lab:sample/node:node2').description).toBe('missing · 10.0.0.12');
    expect(find(tree, 'lab:sample/gateway')).toMatchObject({ description: 'missing', tone: 'bad' });
  });
});

describe('trouble', () => {
  const oneRedisDown = healthy('sample', (node) =>
    node.name === 'node3'
      ? withService(node, 'redis', { health: 'failed', process: 'down', detail: verbatim('stopped') })
      : node,
  );

  test('one failed peer of three degrades its group and layer, with the reason at the peer', () => {
    const tree = buildTree([{ info: lab(), state: oneRedisDown }], 'layer', english);
    expect(find(tree, 'lab:sample/layer:cache')).toMatchObject({ description: 'degraded', tone: 'warning' });
    expect(find(tree, 'lab:sample/layer:cache/service:redis')).toMatchObject({
      description: 'master node1 · 2 of 3',
      tone: 'warning',
    });
    expect(find(tree, 'lab:sample/layer:cache/service:redis/on:node3:redis')).toMatchObject({
      description: 'replica · stopped',
      tone: 'bad',
      icon: 'error',
      contextValue: ';service;down;on-running;net-connected;address;switchover;',
      accessibleLabel: 'Redis on node3, replica, failed, stopped',
    });
    expect(find(tree, 'lab:sample/layer:database')).toMatchObject({ description: '', tone: 'good' });
  });

  test.each([
    [
      'paused',
      { container: 'paused' },
      'debug-pause',
      ';node;paused;connected;address;',
      'paused · 10.0.0.13',
    ],
    [
      'stopped',
      { container: 'stopped' },
      'vm-outline',
      ';node;stopped;connected;address;',
      'stopped · 10.0.0.13',
    ],
    [
      'cut',
      { connected: false },
      'debug-disconnect',
      ';node;running;cut;address;',
      'cut from network · 10.0.0.13',
    ],
  ] as const)('a node that is %s', (_, change, icon, contextValue, description) => {
    const state = healthy('sample', (node) =>
      node.name === 'node3' ? { ...node, ...change, health: 'failed' } : node,
    );
    const tree = buildTree([{ info: lab(), state }], 'node', english);
    expect(find(tree, 'lab:sample/node:node3')).toMatchObject({
      icon,
      contextValue,
      description,
      tone: 'bad',
    });
  });

  test('a layer that the lab was not asked for is among those it does not run', () => {
    const info = lab();
    const options = { ...info.cluster.lab, layers: ['database'] as const };
    const cluster = labCluster({ ...info.cluster, lab: options });
    const tree = buildTree([{ info: { ...info, cluster }, state: healthy() }], 'layer', english);
    expect(find(tree, 'lab:sample/absent')).toMatchObject({
      label: 'Not in this lab',
      description: '6 layers',
    });
    expect(find(tree, 'lab:sample/layer:cache')).toMatchObject({
      description: 'not among the layers of this lab',
      tone: 'quiet',
      children: [],
    });
    expect(find(tree, 'lab:sample/layer:coordination').children).toHaveLength(1);
  });

  test('a layer that cluster.yaml switches off is quiet, not failed', () => {
    const info = lab();
    const layers = { ...info.cluster.layers, cache: { enabled: false, nodes: [] } };
    const tree = buildTree(
      [{ info: { ...info, cluster: { ...info.cluster, layers } }, state: healthy() }],
      'layer',
      english,
    );
    expect(find(tree, 'lab:sample/layer:cache')).toMatchObject({
      description: 'switched off in cluster.yaml',
      tone: 'quiet',
      children: [],
    });
  });
});

test('ids are the same whatever the state is, and unique', () => {
  const ids = (rows: readonly TreeNode[]): string[] => rows.flatMap((row) => [row.id, ...ids(row.children)]);
  for (const groupBy of ['layer', 'node'] as const) {
    const well = ids(buildTree([{ info: lab(), state: healthy() }], groupBy, english));
    const unknown = ids(
      buildTree([{ info: lab(), state: undefined, activity: 'Deploying' }], groupBy, english),
    );
    expect(unknown).toEqual(well);
    expect(new Set(well).size).toBe(well.length);
  }
});

test('what is being done to a lab stands at its row and takes its menu away', () => {
  const [row] = buildTree([{ info: lab(), state: healthy(), activity: 'Destroying' }], 'layer', english);
  expect(row).toMatchObject({
    description: 'Destroying',
    icon: 'loading~spin',
    contextValue: ';lab;running;busy;',
  });
});

test('while a lab is deployed, what is not up yet is quiet instead of failed', () => {
  const state = healthy('sample', (node) => ({
    ...withService(node, 'redis', { health: 'failed' }),
    health: 'failed',
  }));
  const tree = buildTree([{ info: lab(), state, activity: 'Starting' }], 'node', english);
  expect(find(tree, 'lab:sample/node:node1').tone).toBe('quiet');
  expect(find(tree, 'lab:sample/node:node1/on:node1:redis')).toMatchObject({
    tone: 'quiet',
    icon: 'circle-large-outline',
  });
  expect(find(tree, 'lab:sample/node:node1/on:node1:consul')).toMatchObject({
    tone: 'good',
    icon: 'pass-filled',
  });
});

describe('while a lab is being made', () => {
  const info = lab('sample', {
    phase: 'partial',
    containers: [{ node: 'node1', role: 'node', id: 'a', state: 'running' }],
  });

  test.each(['layer', 'node'] as const)('by %s, nothing has failed and nothing is unknown', (groupBy) => {
    const snapshot = { info, state: undefined, activity: 'Deploying', deploying: true };
    const rows = picture(buildTree([snapshot], groupBy, english)).filter((row) => !row.includes('Gateway'));
    expect(rows.join('\n')).not.toMatch(/failed|not known|\(bad\)/);
    expect(rows.join('\n')).toContain('PostgreSQL | starting');
  });

  test('a node that does not run yet is on its way, whatever the observer says of it', () => {
    const state = healthy('sample', (node) =>
      node.name === 'node3'
        ? { ...withService(node, 'redis', { health: 'failed' }), container: 'stopped', health: 'failed' }
        : node,
    );
    const tree = buildTree([{ info: lab(), state, activity: 'Starting', deploying: true }], 'layer', english);
    expect(find(tree, 'lab:sample/layer:cache/service:redis/on:node3:redis')).toMatchObject({
      description: 'replica · starting',
      tone: 'quiet',
      icon: 'clock',
    });
    expect(find(tree, 'lab:sample/layer:cache/service:redis/on:node1:redis')).toMatchObject({ tone: 'good' });
  });
});

test('of several labs the one of this window comes first and says so; a single one needs not', () => {
  const others = ['alpha', 'zeta'].map((name) => ({ info: lab(name), state: healthy(name) }));
  const own = { info: lab('mine'), state: healthy('mine'), own: true };
  const rows = buildTree([...others, own], 'layer', english);
  expect(rows.map(({ label }) => label)).toEqual(['mine', 'alpha', 'zeta']);
  expect(rows.map(({ description }) => description.startsWith('this window · healthy'))).toEqual([
    true,
    false,
    false,
  ]);
  expect(buildTree([own], 'layer', english)[0]?.description).toMatch(/^healthy/);
});

test('several labs are sorted by name', () => {
  const labs = ['zeta', 'alpha'].map((name) => ({ info: lab(name), state: healthy(name) }));
  expect(buildTree(labs, 'layer', english).map((row) => row.label)).toEqual(['alpha', 'zeta']);
});

describe('what services keep', () => {
  const path = '@hashed/6b/86/6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b.git';
  const listed = {
    path,
    primary: 'gitaly-2',
    available: true,
    replicas: { 'gitaly-1': 0, 'gitaly-2': 0, 'gitaly-3': 2 },
  };
  const repositories = {
    repositories: 1,
    behind: 1,
    unavailable: 0,
    primaries: { 'gitaly-2': 1 },
    listed: [listed],
  };
  const withGit = (): ReturnType<typeof lab> => {
    const { cluster } = lab();
    const placement = { enabled: true, nodes: ['node1', 'node2', 'node3'] };
    return lab('sample', {
      cluster: {
        ...cluster,
        layers: { ...cluster.layers, git: placement },
        lab: { ...cluster.lab, layers: ['git'] },
      },
    });
  };

  test('stands below its layer: a repository with its replicas', () => {
    const tree = buildTree(
      [{ info: withGit(), contents: CONTENTS, state: { ...healthy(), git: { repositories } } }],
      'layer',
      english,
    );
    const layer = find(tree, 'lab:sample/layer:git');
    expect(picture([layer])).toEqual([
      'Git storage (good)',
      '  Gitaly | 3 of 3 (good)',
      '    node1 (good)',
      '    node2 (good)',
      '    node3 (good)',
      '  Praefect | 3 of 3 (good)',
      '    node1 (good)',
      '    node2 (good)',
      '    node3 (good)',
      '  Repositories | 1 of 1 with replicas that are behind (warning)',
      '    6b86b273ff34 | primary gitaly-2, replicas behind (warning)',
      '      gitaly-1 (good)',
      '      gitaly-2 | primary (good)',
      '      gitaly-3 | behind by 2 changes (warning)',
    ]);
    expect(find([layer], `lab:sample/layer:git/contents:praefect/${path}`).accessibleLabel).toBe(
      '6b86b273ff34, degraded, primary gitaly-2, replicas behind',
    );
  });

  test('is not shown while nothing is known of it', () => {
    const tree = buildTree(
      [{ info: withGit(), contents: CONTENTS, state: { ...healthy(), git: { repositories: undefined } } }],
      'layer',
      english,
    );
    expect(find(tree, 'lab:sample/layer:git').children.map(({ label }) => label)).toEqual([
      'Gitaly',
      'Praefect',
    ]);
  });
});

test('repositories are cloned from the rows of the application and of its lab, and from no others', () => {
  const plain = lab();
  const application = { enabled: true, nodes: ['node1', 'node2', 'node3'] };
  const info = {
    ...plain,
    cluster: { ...plain.cluster, layers: { ...plain.cluster.layers, application } },
  };
  const fromWhere = (rows: readonly TreeNode[]): readonly string[] =>
    rows.flatMap((row) => [
      ...(row.contextValue.includes(';projects;') ? [row.id] : []),
      ...fromWhere(row.children),
    ]);
  const found = fromWhere(buildTree([{ info, state: healthy() }], 'layer', english));
  expect(found).toContain('lab:sample');
  expect(found).toContain('lab:sample/layer:application');
  expect(found).toContain('lab:sample/layer:application/service:puma/on:node1:puma');
  expect(found.filter((id) => !id.startsWith('lab:sample/layer:application'))).toEqual(['lab:sample']);
  const [without] = buildTree([{ info: plain, state: healthy() }], 'layer', english);
  expect(without?.contextValue).toBe(';lab;running;');
});
