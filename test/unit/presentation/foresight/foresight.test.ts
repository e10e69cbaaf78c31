import { verbatim } from '../../../../src/words/message';
import { describe, expect, it } from 'vitest';
import type { NodeEffects, ProgramEffect } from '../../../../src/lab/plan/effects/node-effects';
import { foresightOf } from '../../../../src/presentation/foresight/foresight';
import { foresightCost, foresightSummary } from '../../../../src/presentation/foresight/foresight-summary';
import { foresightDetails, SIGN_COLUMN } from '../../../../src/presentation/foresight/foresight-text';
import { ENGLISH } from '../../../../src/presentation/words/localizer';
import { PLAN } from '../../lab/plan/sample-snapshot';
import { reconcile } from '../../../../src/lab/plan/reconcile';
import { snapshotOf } from '../../lab/plan/sample-snapshot';

const because = ['max_connections changes from 400 to 500'];
const PATRONI: ProgramEffect = {
  program: 'patroni',
  title: 'Patroni',
  need: 'reload',
  because: because.map(verbatim),
  handsOver: [],
  leaderFirst: false,
  seconds: 0,
};
const POSTGRESQL: ProgramEffect = {
  ...PATRONI,
  program: 'postgresql',
  title: 'PostgreSQL',
  need: 'restart',
  handsOver: ['patroni'],
  seconds: 4,
};
const FILES = [
  {
    path: '/var/opt/gitlab/patroni/dcs.json',
    kind: 'changed' as const,
    lines: [
      { sign: '-' as const, text: '"max_connections": 400,' },
      { sign: '+' as const, text: '"max_connections": 500,' },
    ],
  },
  { path: '/opt/gitlab/etc/lab-settings.json', kind: 'changed' as const, lines: [] },
];

function foreseen(programs: readonly ProgramEffect[], leading: Readonly<Record<string, readonly string[]>>) {
  const nodes = ['node1', 'node2', 'node3'];
  const effects = nodes.map((node): NodeEffects => ({
    container: `sample-${node}`,
    node,
    files: FILES,
    programs,
    need: 'restart',
  }));
  const other = { applied: { hash: 'old', paths: [] } };
  const snapshot = snapshotOf(Object.fromEntries(nodes.map((node) => [node, other])));
  const together = programs.some(({ need }) => need === 'together');
  const impact = {
    effects: effects.map((one) => ({ ...one, need: together ? ('together' as const) : one.need })),
    leading: new Map(Object.entries(leading)),
  };
  const { operations } = reconcile(PLAN, snapshot, impact);
  return foresightOf({ effects, operations, leading: new Map(Object.entries(leading)) });
}

describe('what a deployment does to a running lab', () => {
  it('is told once for all nodes to which the same happens, what is felt most first', () => {
    const foresight = foreseen([PATRONI, POSTGRESQL], { node1: ['patroni'], node2: ['redis'] });
    expect(foresightSummary(foresight, ENGLISH)).toEqual([
      'node1: PostgreSQL: restart after a switchover, because max_connections changes from 400 to 500',
      'node2, node3: PostgreSQL: restart, because max_connections changes from 400 to 500',
      'node1, node2, node3: Patroni: reload, because max_connections changes from 400 to 500',
      'One node after the other, each when the lab is whole: node3, node2, node1.',
      'Writes are expected to wait for up to 4 s.',
    ]);
  });

  it('shows the lines that change, and not twice what the lab keeps of the settings', () => {
    expect(foresightDetails(foreseen([PATRONI], {}), ENGLISH)).toEqual([
      { kind: 'heading', text: 'node1, node2, node3' },
      { kind: 'text', text: '  Patroni: reload, because max_connections changes from 400 to 500' },
      { kind: 'text', text: '' },
      { kind: 'file', text: '  /var/opt/gitlab/patroni/dcs.json (node1, node2, node3)' },
      { kind: 'removed', text: '    - "max_connections": 400,' },
      { kind: 'added', text: '    + "max_connections": 500,' },
      { kind: 'text', text: '' },
    ]);
  });

  it('shows the lines around a change in line with it: each has its sign in the same column', () => {
    const around = { sign: ' ' as const, text: '"parameters": {' };
    const effects = [{ path: '/a', kind: 'changed' as const, lines: [around, ...(FILES[0]?.lines ?? [])] }];
    const foresight = { groups: [{ nodes: ['node1'], files: effects, programs: [] }] };
    const lines = foresightDetails(foresight, ENGLISH);
    const ofFile = lines.filter(({ kind }) => ['added', 'removed', 'context'].includes(kind));
    expect(ofFile.map(({ kind, text }) => [kind, text.slice(SIGN_COLUMN)])).toEqual([
      ['context', '  "parameters": {'],
      ['removed', '- "max_connections": 400,'],
      ['added', '+ "max_connections": 500,'],
    ]);
  });

  it('costs nothing where nothing changes, so nothing is told of it', () => {
    expect(foresightCost({ groups: [], order: [], together: false, alone: [], seconds: 0 }, ENGLISH)).toEqual(
      [],
    );
  });

  it('leads to no switchover where the leader goes first, in place', () => {
    const lowered = { ...POSTGRESQL, leaderFirst: true, seconds: 3 };
    const { groups, seconds } = foreseen([PATRONI, lowered], { node1: ['patroni'] });
    expect(groups.map(({ nodes, programs }) => [nodes, programs.map(({ kind }) => kind)])).toEqual([
      [
        ['node1', 'node2', 'node3'],
        ['reload', 'restart'],
      ],
    ]);
    expect(seconds).toBe(3);
  });

  it('says when all nodes are stopped together, whatever their programs alone would need', () => {
    const scope: ProgramEffect = {
      ...PATRONI,
      need: 'together',
      because: [verbatim('scope changes')],
      seconds: 20,
    };
    expect(foresightSummary(foreseen([scope, POSTGRESQL], { node1: ['patroni'] }), ENGLISH)).toEqual([
      'node1, node2, node3: Patroni: restart on all nodes at once, because scope changes',
      'node1, node2, node3: PostgreSQL: restart on all nodes at once, because max_connections changes from 400 to 500',
      'All nodes are stopped and started together.',
      'Writes are expected to wait for up to 20 s.',
    ]);
  });

  it.each([
    ['paused', { state: 'paused' as const }],
    ['cut from the network', { networks: {} }],
  ])('does not say so of one that is %s: it gets its files first, and nobody else stops', (_name, idle) => {
    const others = ['node2', 'node3'];
    const effects = others.map((node): NodeEffects => ({
      container: `sample-${node}`,
      node,
      files: FILES,
      programs: [PATRONI],
      need: 'reload',
    }));
    const other = { applied: { hash: 'old', paths: [] } };
    const snapshot = snapshotOf({ node1: { ...other, ...idle }, node2: other, node3: other });
    const { operations } = reconcile(PLAN, snapshot, { effects, leading: new Map() });
    const stopped = operations.filter(({ action }) => action.kind === 'stop-container');
    expect(stopped.map(({ target }) => target)).toEqual(['sample-node1']);
    expect(foresightSummary(foresightOf({ effects, operations, leading: new Map() }), ENGLISH)).toEqual([
      'node2, node3: Patroni: reload, because max_connections changes from 400 to 500',
      'One node after the other, each when the lab is whole: node2, node3.',
      'No client is expected to notice.',
    ]);
  });

  it('tells of one node that is stopped alone, as nobody knows what its programs go by, while the others have their turn', () => {
    const effects = ['node1', 'node2'].map((node): NodeEffects => ({
      container: `sample-${node}`,
      node,
      files: FILES,
      programs: [PATRONI],
      need: 'reload',
    }));
    const other = { applied: { hash: 'old', paths: [] } };
    const snapshot = snapshotOf({ node1: other, node2: other, node3: other });
    const leading = new Map([['node3', ['patroni']]]);
    const { operations } = reconcile(PLAN, snapshot, { effects, leading });
    expect(foresightSummary(foresightOf({ effects, operations, leading }), ENGLISH)).toEqual([
      'node1, node2: Patroni: reload, because max_connections changes from 400 to 500',
      'Stopped and started as a whole: node3.',
      'One node after the other, each when the lab is whole: node1, node2.',
      'Writes are expected to wait for up to 4 s.',
    ]);
  });

  it('tells of one node that is made anew while the others stay as they are', () => {
    const { operations } = reconcile(PLAN, snapshotOf({ node2: { shapeHash: 'old' } }));
    const foresight = foresightOf({ effects: [], operations, leading: new Map() });
    expect(foresightSummary(foresight, ENGLISH)).toEqual([
      'Stopped and started as a whole: node2.',
      'No client is expected to notice.',
    ]);
  });

  it.each([
    [
      'with files that differ',
      [PATRONI],
      'Patroni: restart on all nodes at once, because max_connections changes from 400 to 500',
    ],
    ['with files that no program reads', [], 'files that no running program reads'],
  ])('says so too when its nodes are made anew, %s', (_name, programs, said) => {
    const nodes = ['node1', 'node2', 'node3'];
    const effects = nodes.map((node): NodeEffects => ({
      container: `sample-${node}`,
      node,
      files: FILES,
      programs,
      need: 'reload',
    }));
    const old = { shapeHash: 'old' };
    const { operations } = reconcile(PLAN, snapshotOf({ node1: old, node2: old, node3: old }));
    const foresight = foresightOf({ effects, operations, leading: new Map() });
    expect(foresightSummary(foresight, ENGLISH)).toEqual([
      `node1, node2, node3: ${said}`,
      'All nodes are stopped and started together.',
      'Writes are expected to wait for up to 20 s.',
    ]);
  });

  it('says so when nodes are made anew whose files stay as they are', () => {
    const old = { shapeHash: 'old' };
    const { operations } = reconcile(PLAN, snapshotOf({ node1: old, node2: old, node3: old }));
    const foresight = foresightOf({ effects: [], operations, leading: new Map() });
    expect(foresight).toEqual({ groups: [], order: [], together: true, alone: [], seconds: 20 });
    expect(foresightSummary(foresight, ENGLISH)).toEqual([
      'All nodes are stopped and started together.',
      'Writes are expected to wait for up to 20 s.',
    ]);
  });

  it('tells of no order when no node is visited: the gateway alone is made anew, and a stopped node is started', () => {
    const gateway: NodeEffects = {
      container: 'sample-gateway',
      node: 'gateway',
      files: FILES,
      programs: [],
      need: 'nothing',
    };
    const { operations } = reconcile(
      PLAN,
      snapshotOf({ gateway: { shapeHash: 'old' }, node3: { state: 'exited' } }),
    );
    const foresight = foresightOf({ effects: [gateway], operations, leading: new Map() });
    expect(foresightSummary(foresight, ENGLISH)).toEqual([
      'gateway: files that no running program reads',
      'No client is expected to notice.',
    ]);
  });
});
