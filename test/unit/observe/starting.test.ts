import { describe, expect, it } from 'vitest';
import { isKnown } from '../../../src/lab/health/live-state';
import { initial } from '../../../src/observe/reducer';
import { STARTING_MS } from '../../../src/observe/starting';
import type { ContainerState } from '../../../src/observe/state';
import { wholeness } from '../../../src/observe/wholeness';
import type { Observation } from '../../../src/services/core/live/observation';
import { NODE_AGE } from '../../../src/services/core/live/view';
import { seenOn } from '../../../src/services/core/live/fact';
import {
  after,
  CLUSTER,
  healthy,
  run,
  running,
  said,
  saw,
  service,
  services,
  stopped,
  wholeCluster,
} from './healthy';

const engine = (at: number, node: string, state: ContainerState): Observation => ({
  kind: 'container',
  at,
  node,
  state,
  connected: state === 'running' ? true : undefined,
});
const NODES = ['node1', 'node2', 'node3'];
const crashed = { state: 'down', pid: 0, wanted: 'up' } as const;

describe('a lab whose nodes are started', () => {
  const created = NODES.map((node) => engine(1000, node, 'stopped'));
  const started = [...created, ...NODES.map((node) => engine(2000, node, 'running'))];

  it('is starting from the first moment, in every row and as a whole', () => {
    const { state } = run(started);
    expect(state.health).toBe('starting');
    expect(state.nodes.map(({ health }) => health)).toEqual(['starting', 'starting', 'starting']);
    expect(new Set(state.nodes.flatMap((node) => node.services.map(({ health }) => health)))).toEqual(
      new Set(['starting']),
    );
  });

  it.each<[string, Observation, string, string]>([
    ['its service is not looked after yet', saw.processes(3000, 'node1', {}), 'redis', 'starting'],
    [
      'its supervisor is about to start it',
      saw.processes(3000, 'node1', { redis: stopped }),
      'redis',
      'starting',
    ],
    [
      'it crashes while others are not there yet',
      saw.processes(9000, 'node1', { redis: crashed }),
      'redis',
      'starting',
    ],
    ['somebody stopped it', saw.processes(9000, 'node1', { redis: stopped }), 'redis', 'failed'],
    ['Consul has no quorum yet', saw.raftLeader(3000, 'node1', undefined), 'consul', 'starting'],
    ['Patroni does not answer yet', saw.patroni(3000, 'node1', undefined), 'patroni', 'starting'],
    ['the node is frozen', engine(3000, 'node1', 'paused'), 'redis', 'failed'],
    ['the node stops again', engine(3000, 'node1', 'stopped'), 'redis', 'failed'],
  ])('while %s', (_, observation, id, health) => {
    expect(service(run([...started, observation]).state, 'node1', id).health).toBe(health);
  });

  it('tells nobody of failures on the way', () => {
    const { events } = run([
      ...started,
      saw.processes(3000, 'node1', services({ redis: crashed })),
      saw.raftLeader(3000, 'node1', undefined),
      { kind: 'tick', at: 8000 },
    ]);
    expect(events.filter(({ kind }) => ['health-changed', 'cluster-degraded'].includes(kind))).toEqual([]);
  });

  it('is well when its services are, and ill when they fall ill again', () => {
    const well = run([...started, ...healthy(5000)]);
    expect(well.state.health).toBe('ok');
    const { state } = run([saw.processes(6000, 'node1', services({ redis: crashed }))], well);
    expect(said(state, 'node1', 'redis')).toBe('failed: crashed; runit starts it again');
  });

  it('has failed what is not there after a minute', () => {
    const late = run([...started, { kind: 'tick', at: 2000 + STARTING_MS }]);
    expect(late.state.nodes[0]?.health).toBe('unknown');
    const { state } = run([saw.raftLeader(2000 + STARTING_MS, 'node1', undefined)], late);
    expect(said(state, 'node1', 'consul')).toBe('failed: no Raft leader: Consul has lost its quorum');
  });
});

describe('a node that comes back into a cluster that works', () => {
  const killed = after([engine(2000, 'node3', 'stopped'), { kind: 'tick', at: 4000 }]);

  it('is starting; the others stay as they are', () => {
    const { state } = run([engine(5000, 'node3', 'running')], killed);
    expect(state.nodes.map(({ health }) => health)).toEqual(['ok', 'ok', 'starting']);
    expect(state.health).toBe('starting');
    expect(wholeness(state, CLUSTER).map(String)[0]).toMatch(/^node3: Consul server is starting/);
  });

  it('has nothing to start when it was only frozen', () => {
    const thawed = after([engine(2000, 'node3', 'paused'), engine(3000, 'node3', 'running')]);
    expect(thawed.model.nodes['node3']?.start).toBeUndefined();
  });
});

describe('who begins to look', () => {
  it('right after the start knows that all is on its way', () => {
    const { state } = initial('sample', CLUSTER, 1000);
    expect(state.health).toBe('starting');
    expect(isKnown(state)).toBe(false);
  });

  it.each([
    ['4 s after the start learns it from the node', 4_000, 'starting'],
    ['an hour after the start does not take silence for a start', 3_600_000, 'unknown'],
  ])('%s', (_, age, health) => {
    const { state } = run([engine(9000, 'node1', 'running'), seenOn(NODE_AGE, 'node1', 9000, age)]);
    expect(service(state, 'node1', 'redis').health).toBe(health);
  });

  it('at a cluster that leads nobody, without a start, sees a failure', () => {
    const { state } = after([saw.patroniKeys(2000, 11, { ...keysWithoutLeader() })], wholeCluster());
    expect(state.health).toBe('failed');
  });
});

function keysWithoutLeader(): Parameters<typeof saw.patroniKeys>[2] {
  return {
    leader: undefined,
    members: [],
    sync: { leader: undefined, standbys: [] },
    failoverRequested: false,
    historyTimeline: 1,
    leaderPosition: undefined,
  };
}

it('a node is known once its services said something, be it that they are on their way', () => {
  const begun = run([
    engine(1000, 'node1', 'stopped'),
    ...NODES.map((node) => engine(2000, node, 'running')),
    ...NODES.map((node) => saw.processes(2500, node, services({ redis: running(3) }))),
  ]);
  expect(service(begun.state, 'node1', 'redis')).toMatchObject({ health: 'starting', awaited: true });
  expect(isKnown(begun.state)).toBe(false);
  const seen = run(healthy(3000), begun);
  const ill = run([saw.redis(4000, 'node3', undefined)], seen);
  expect([isKnown(seen.state), isKnown(ill.state)]).toEqual([true, true]);
});
