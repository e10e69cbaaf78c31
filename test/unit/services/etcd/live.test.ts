import { describe, expect, test } from 'vitest';
import { initial } from '../../../../src/observe/reducer';
import { wholeness } from '../../../../src/observe/wholeness';
import { atStake } from '../../../../src/observe/at-stake';
import type { ConsulCheck } from '../../../../src/services/consul/facts';
import { seenOn } from '../../../../src/services/core/live/fact';
import type { Observation } from '../../../../src/services/core/live/observation';
import { ETCD_STATUS } from '../../../../src/services/etcd/facts';
import type { EtcdStatus } from '../../../../src/services/etcd/facts';
import { etcdSummary } from '../../../../src/services/etcd/summary';
import {
  ADDRESS,
  ALL,
  CLUSTER,
  healthy,
  run,
  running,
  said,
  saw,
  service,
  services,
  stopped,
} from '../../observe/healthy';

const WITH_ETCD = { ...CLUSTER, dcs: 'etcd' } as const;
const ID: Readonly<Record<string, string>> = { node1: '11', node2: '12', node3: '13' };
const MEMBERS = ALL.map((name) => ({ id: ID[name] ?? '', name, address: ADDRESS[name], learner: false }));

function status(node: string, leader: string | undefined, changes: Partial<EtcdStatus> = {}): EtcdStatus {
  return {
    id: ID[node] ?? '',
    version: '3.5.16',
    leader: leader === undefined ? undefined : ID[leader],
    term: 2,
    learner: false,
    size: 1_572_864,
    errors: [],
    members: MEMBERS,
    ...changes,
  };
}

const says = (
  at: number,
  node: string,
  leader: string | undefined,
  changes?: Partial<EtcdStatus>,
): Observation => seenOn(ETCD_STATUS, node, at, status(node, leader, changes));

const processes = (at: number, changes = {}): readonly Observation[] =>
  ALL.map((node) => saw.processes(at, node, services({ etcd: running(300), ...changes })));

/** A whole cluster in which node2 leads etcd, and what is seen afterwards. */
function state(...later: readonly Observation[]): ReturnType<typeof run> {
  const whole = [...healthy(1_000), ...processes(1_000), ...ALL.map((node) => says(1_000, node, 'node2'))];
  return run(
    [...whole, { kind: 'tick', at: 1_000 }, ...later, { kind: 'tick', at: 2_000 }],
    initial('sample', WITH_ETCD),
  );
}

const down = (node: string): Observation => saw.processes(1_500, node, services({ etcd: stopped }));

describe('etcd that is whole', () => {
  const { state: whole } = state();

  test('has a leader and voters, each with its facts', () => {
    expect(whole.etcd).toEqual({ leader: 'node2', voters: ALL });
    expect(ALL.map((node) => [service(whole, node, 'etcd').role, said(whole, node, 'etcd')])).toEqual([
      ['voter', 'ok: voter'],
      ['leader', 'ok: leads etcd'],
      ['voter', 'ok: voter'],
    ]);
    expect(service(whole, 'node1', 'etcd').facts).toMatchObject({
      Version: '3.5.16',
      Members: 'node1, node2, node3',
      'Members that may fail': '1',
      Term: '2',
    });
    expect(wholeness(whole, WITH_ETCD)).toEqual([]);
  });

  test('vouches for Patroni’s keys, whatever becomes of Consul', () => {
    const { state: without } = state(saw.raftLeader(1_500, 'node1', undefined));
    expect(without.database.leader).toBe('node1');
    expect(said(without, 'node1', 'patroni')).toBe('ok: leader');
    expect(wholeness(without, WITH_ETCD).map(String)).toContain('Consul: no Raft leader');
  });

  test('leaves the check of Consul that fails wherever PostgreSQL does not lead out of what is failing', () => {
    const check = (id: string): ConsulCheck => ({ node: 'node2', id, status: 'critical', service: 'x' });
    const { state: now } = state(saw.consulChecks(1_500, [check('service:postgresql')]));
    expect(service(now, 'node2', 'consul').facts).not.toHaveProperty('Failing checks');
    const { state: failing } = state(saw.consulChecks(1_500, [check('service:postgresql'), check('disk')]));
    expect(service(failing, 'node2', 'consul').facts).toMatchObject({ 'Failing checks': 'disk (critical)' });
  });

  test('is a line of the status, which says nothing where there is none', () => {
    expect(String(etcdSummary.line(whole, { etcd: '3.5.16' }))).toBe(
      'leader node2, voters node1, node2, node3; version 3.5.16',
    );
    expect(etcdSummary.line({}, {})).toBeUndefined();
    expect(run([...healthy(1_000)]).state).not.toHaveProperty('etcd');
  });
});

describe('etcd that is not whole', () => {
  test('of one member that is away the others are told, and a new leader', () => {
    const { state: now, events } = state(
      down('node2'),
      says(1_600, 'node1', 'node3', { term: 3 }),
      says(1_600, 'node3', 'node3', { term: 3 }),
    );
    expect(now.etcd).toEqual({ leader: 'node3', voters: ['node1', 'node3'] });
    expect(wholeness(now, WITH_ETCD).map(String)).toContain('etcd: not voting: node2');
    expect(events.map(({ kind }) => kind)).toContain('etcd-leader-changed');
    expect(now.database.leader).toBe('node1');
  });

  test('without a majority nobody leads, and what Patroni says is its own word', () => {
    const { state: now } = state(down('node2'), down('node3'), says(1_600, 'node1', undefined, { term: 3 }));
    expect(now.etcd).toEqual({ leader: undefined, voters: [] });
    expect(said(now, 'node1', 'etcd')).toBe('failed: no leader: etcd has lost its quorum');
    expect(said(now, 'node1', 'patroni')).toBe('degraded: leads by its own word only: etcd has no quorum');
    expect(wholeness(now, WITH_ETCD).map(String)).toEqual(
      expect.arrayContaining(['etcd: no leader', 'etcd: not voting: node1, node2, node3']),
    );
  });

  test.each<[string, Observation, string]>([
    [
      'a member the others do not reach',
      says(1_500, 'node3', undefined, { term: 3 }),
      'failed: knows of no leader: the others do not reach it',
    ],
    [
      'a member that learns',
      says(1_500, 'node3', 'node2', { learner: true }),
      'degraded: learns, without a vote yet',
    ],
    [
      'a member without room',
      says(1_500, 'node3', 'node2', { errors: ['alarm:NOSPACE'] }),
      'degraded: complains: alarm:NOSPACE',
    ],
  ])('%s', (_what, seen, expected) => {
    const { state: now } = state(seen);
    expect(said(now, 'node3', 'etcd')).toBe(expected);
    expect(now.etcd?.leader).toBe('node2');
  });

  test('is unknown while nobody has been asked', () => {
    const { state: now } = run([...healthy(1_000), ...processes(1_000)], initial('sample', WITH_ETCD));
    expect(said(now, 'node1', 'etcd')).toBe('unknown: etcd has not been reached');
    expect(now.etcd).toEqual({ leader: undefined, voters: [] });
  });
});

describe('what is at stake', () => {
  const told = (now: ReturnType<typeof run>, serviceName: string): readonly string[] =>
    atStake({ node: 'node1', service: serviceName }, now.state, WITH_ETCD).map(String);

  test('is nothing while a majority is left', () => {
    expect(told(state(), 'etcd')).toEqual([]);
  });

  test('is the majority of etcd, and with it the database', () => {
    const now = state(down('node3'));
    expect(told(now, 'etcd')).toEqual([
      'etcd keeps 1 of 3 voting members, which is no majority: nobody can lead the database, and no write is acknowledged until another member is back.',
    ]);
  });

  test('is not the database where Consul goes', () => {
    const now = state(saw.processes(1_500, 'node3', services({ etcd: running(300), consul: stopped })));
    expect(told(now, 'consul')).toEqual([
      'Consul keeps 1 of 3 voting servers, which is no majority: nothing is found through it until another server is back. The database goes on, for etcd keeps who leads it.',
    ]);
  });
});
