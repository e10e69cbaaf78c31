import { verbatim } from '../../../../src/words/message';
import { describe, expect, it } from 'vitest';
import type { NodeEffects, ProgramEffect } from '../../../../src/lab/plan/effects/node-effects';
import { reconcile } from '../../../../src/lab/plan/reconcile';
import type { Snapshot } from '../../../../src/lab/plan/snapshot';
import type { DiffLine } from '../../../../src/lab/plan/effects/line-diff';
import { PATHS } from '../../../../src/lab/render';
import { PLAN, snapshotOf } from './sample-snapshot';

const PROGRAM: ProgramEffect = {
  program: 'pgbouncer',
  title: 'PgBouncer',
  need: 'reload',
  because: [verbatim('pool_mode changes from transaction to session')],
  handsOver: [],
  leaderFirst: false,
  seconds: 0,
};

const OTHER = { applied: { hash: 'old', paths: [] } };
const ALL = { node1: OTHER, node2: OTHER, node3: OTHER };

function effect(node: string, change: Partial<NodeEffects> = {}): NodeEffects {
  return { container: `sample-${node}`, node, files: [], programs: [PROGRAM], need: 'reload', ...change };
}
const nodes = (change: Partial<NodeEffects> = {}): NodeEffects[] =>
  ['node1', 'node2', 'node3'].map((node) => effect(node, change));

function ids(snapshot: Snapshot, effects: readonly NodeEffects[], leading: readonly string[] = []): string[] {
  return reconcile(PLAN, snapshot, {
    effects,
    leading: new Map(leading.map((node) => [node, ['patroni']])),
  }).operations.map(
    ({ step, id, needs }) => `${step} | ${id}${needs.length > 0 ? ` | ${needs.join(', ')}` : ''}`,
  );
}

describe('other files for a running lab', () => {
  it('go over its nodes one after the other, and none is stopped', () => {
    expect(ids(snapshotOf(ALL), nodes(), ['node1'])).toEqual([
      'apply | apply-container sample-node2',
      'apply | apply-container sample-node3 | apply-container sample-node2',
      'apply | apply-container sample-node1 | apply-container sample-node3',
    ]);
  });

  it('stop all nodes that run when one change asks for all of them at once', () => {
    const found = ids(snapshotOf(ALL), [...nodes().slice(0, 2), effect('node3', { need: 'together' })]);
    expect(found.filter((one) => one.startsWith('containers | stop-'))).toEqual([
      'containers | stop-container sample-node1',
      'containers | stop-container sample-node2',
      'containers | stop-container sample-node3',
    ]);
    expect(found.some((one) => one.startsWith('apply'))).toBe(false);
  });

  describe('come before a node that the others hear nothing of', () => {
    const joining = { node1: OTHER, node2: OTHER, node3: 'missing' } as const;
    const address = PLAN.containers.find(({ node }) => node === 'node3')?.address ?? '';
    const hosts = (...lines: DiffLine[]): NodeEffects['files'] => [
      { path: PATHS.hosts, kind: 'changed', lines },
    ];
    const added: DiffLine = { sign: '+', text: `${address}\tnode3` };
    const AFTER = 'fill-container sample-node3, apply-container sample-node2';
    const AT_ONCE = 'fill-container sample-node3';

    it.each([
      ['a new one', joining, hosts(added), 'apply', AFTER],
      [
        'a new one, while the gateway is made anew',
        { ...joining, gateway: { shapeHash: 'other' } },
        hosts(added),
        'apply',
        AFTER,
      ],
      [
        'one whose address is another',
        { node1: OTHER, node2: OTHER, node3: { shapeHash: 'other' } },
        hosts({ sign: '-', text: '172.30.9.13\tnode3' }, added),
        'apply',
        AFTER,
      ],
      [
        'not: one that gets another name',
        joining,
        hosts({ sign: '-', text: `${address}\tdb3` }, added),
        'start',
        AT_ONCE,
      ],
      ['not: one that was lost, on which they count', joining, [], 'start', AT_ONCE],
    ] as const)('%s', (_name, snapshot, files, step, needs) => {
      const found = ids(snapshotOf(snapshot), [effect('node1', { files }), effect('node2', { files })]);
      const starts = found.filter((one) => one.includes(' | start-container '));
      // The gateway, which leads into the lab, does not wait for it.
      const gateway =
        'gateway' in snapshot
          ? ['start | start-container sample-gateway | fill-container sample-gateway']
          : [];
      expect(starts).toEqual([`${step} | start-container sample-node3 | ${needs}`, ...gateway]);
    });
  });

  it('take away what is no longer planned before the programs are told', () => {
    const [node1] = PLAN.containers;
    const paths = [...(node1?.files ?? []).map(({ path }) => path), '/var/opt/gitlab/redis-exporter/old'];
    const snapshot = snapshotOf({ node1: { applied: { hash: 'old', paths } } });
    const { operations, losses } = reconcile(PLAN, snapshot, {
      effects: [effect('node1')],
      leading: new Map(),
    });
    expect(losses).toEqual([]);
    expect(operations.map(({ action }) => action)).toMatchObject([
      {
        kind: 'apply-container',
        steps: [
          { verb: 'remove', target: '/var/opt/gitlab/redis-exporter/old' },
          { verb: 'reload', target: 'pgbouncer' },
        ],
      },
    ]);
  });

  it.each([
    ['does not run', { state: 'exited' }],
    ['is frozen', { state: 'paused' }],
    ['is cut off', { networks: {} }],
  ])('come into a node that %s at its start, before the others have their turn', (_name, difference) => {
    const found = ids(snapshotOf({ ...ALL, node3: { ...OTHER, ...difference } }), nodes());
    expect(found.filter((one) => one.startsWith('apply'))).toEqual([
      'apply | apply-container sample-node1',
      'apply | apply-container sample-node2 | apply-container sample-node1',
    ]);
    expect(found).toContainEqual(expect.stringContaining('start | start-container sample-node3'));
  });

  it('stop a node of which nobody knows what its programs go by', () => {
    expect(ids(snapshotOf({ node1: OTHER }), [])).toEqual([
      'containers | stop-container sample-node1',
      'containers | fill-container sample-node1 | stop-container sample-node1',
      'start | start-container sample-node1 | fill-container sample-node1',
    ]);
  });

  it.each([
    [PATHS.probe, ['apply | apply-container sample-gateway']],
    [
      PATHS.environment,
      [
        'containers | stop-container sample-gateway',
        'containers | fill-container sample-gateway | stop-container sample-gateway',
        'start | start-container sample-gateway | fill-container sample-gateway',
      ],
    ],
  ])('of the gateway: %s', (path, expected) => {
    const files = [{ path, kind: 'changed' as const, lines: [] }];
    const gateway = effect('gateway', { files, programs: [], need: 'nothing' });
    expect(ids(snapshotOf({ gateway: OTHER }), [gateway])).toEqual(expected);
  });
});
