import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntilWhole } from '../../../src/lab/health/wait-until-whole';
import type { LabInfo, LabService } from '../../../src/lab/lab-service';
import type { Event } from '../../../src/observe/event';
import type { Observer } from '../../../src/observe/observer';
import { bystander, until } from '../failover/arrange';
import type { Sources } from './sources';
import type { WatchOutput } from './watch-output';

export interface LatencyParts {
  readonly labs: LabService;
  readonly lab: LabInfo;
  readonly observer: Observer;
  readonly sources: Sources;
  readonly watch: WatchOutput;
}

/** How long after the source knew of it a change was seen, milliseconds. */
export interface LatencySample {
  /** In the observer's state, which the tree and the status bar show. */
  readonly state: number;
  /** As a line of `gitlab-ha watch` in another process. */
  readonly watch: number;
}

export type ChangeKind = 'leader' | 'service' | 'vip';

/** A change as seen from all sides; times in milliseconds since the epoch. */
interface Seen {
  readonly source: number;
  readonly state: number;
  readonly watch: number;
}

const LIMIT_MS = 60_000;
/** Long enough for the last change's own news to have arrived: they take a tenth of it. Milliseconds. */
const STABLE_MS = 300;

/**
 * Stops and starts a service until `gitlab-ha watch` tells of it: from then on both sides know the whole cluster. Not
 * measured. @throws Error when it does not within two minutes
 */
export async function warmUp(parts: LatencyParts): Promise<void> {
  const limit = Date.now() + 2 * LIMIT_MS;
  for (;;) {
    try {
      await measureChange(parts, 'service');
      return;
    } catch (error) {
      if (Date.now() > limit) throw error;
    }
  }
}

/** Makes one change of the kind and measures it, leaving the cluster whole. @throws Error when a side never saw it. */
export async function measureChange(parts: LatencyParts, kind: ChangeKind): Promise<LatencySample> {
  const { observer, lab } = parts;
  await waitUntilWhole(observer, lab.cluster, { timeoutMs: 2 * LIMIT_MS, stableMs: STABLE_MS });
  const seen = await CHANGES[kind](parts);
  return { state: seen.state - seen.source, watch: seen.watch - seen.source };
}

const CHANGES: Readonly<Record<ChangeKind, (parts: LatencyParts) => Promise<Seen>>> = {
  leader: changeLeader,
  service: stopService,
  vip: moveVip,
};

async function changeLeader(parts: LatencyParts): Promise<Seen> {
  const { labs, lab, observer, sources } = parts;
  const candidate = required(observer.state.database.syncStandby[0], 'a synchronous standby');
  const since = Date.now();
  const state = until(observer, ({ database }) => database.leader === candidate, LIMIT_MS);
  const transport = await labs.transport(lab.name, candidate);
  const config = '/var/opt/gitlab/patroni/patroni.yaml';
  const switchover = ['patronictl', '-c', config, 'switchover', '--candidate', candidate, '--force'];
  const [seen, result] = await Promise.all([state, transport.exec(switchover)]);
  if (result.exitCode !== 0) throw new Error(`patronictl switchover: ${result.stderr}${result.stdout}`);
  return {
    source: await eventually(() => sources.leaderKnownAt(candidate, since), 'the leader key'),
    state: seen.at,
    watch: await watched(parts, since, (event) => event.kind === 'leader-changed' && event.to === candidate),
  };
}

async function stopService(parts: LatencyParts): Promise<Seen> {
  const { labs, lab, observer, sources } = parts;
  const node = required(bystander(observer.state), 'a node that neither leads nor is a standby');
  const since = Date.now();
  const state = until(
    observer,
    ({ nodes }) =>
      nodes
        .find(({ name }) => name === node)
        ?.services.some(({ service, process }) => service === 'pgbouncer' && process === 'down') === true,
    LIMIT_MS,
  );
  try {
    const [seen] = await Promise.all([state, labs.service(lab.name, node, 'pgbouncer', 'stop')]);
    return {
      source: await sources.serviceChangedAt(node, 'pgbouncer'),
      state: seen.at,
      watch: await watched(
        parts,
        since,
        (event) => event.kind === 'service-down' && event.node === node && event.service === 'pgbouncer',
      ),
    };
  } finally {
    await labs.service(lab.name, node, 'pgbouncer', 'start');
  }
}

async function moveVip(parts: LatencyParts): Promise<Seen> {
  const { labs, lab, observer, sources } = parts;
  const before = required(observer.state.vip.holders[0], 'a holder of the virtual address');
  const since = Date.now();
  const state = until(observer, ({ vip }) => vip.holders.some((name) => name !== before), LIMIT_MS);
  try {
    const [seen] = await Promise.all([state, labs.service(lab.name, before, 'keepalived', 'stop')]);
    const holder = required(
      seen.state.vip.holders.find((name) => name !== before),
      'another holder',
    );
    return {
      source: await eventually(() => sources.vipArrivedAt(holder, since), 'the address on its new node'),
      state: seen.at,
      watch: await watched(parts, since, (event) => event.kind === 'vip-moved' && event.to === holder),
    };
  } finally {
    await labs.service(lab.name, before, 'keepalived', 'start');
  }
}

function watched(parts: LatencyParts, since: number, matches: (event: Event) => boolean): Promise<number> {
  return eventually(
    () => parts.watch.arrivedAt(matches, since),
    `a line of gitlab-ha watch ${parts.watch.errors}`,
  );
}

/** Asks again until there is an answer; what is asked has been noted with its time, so asking late costs nothing. */
async function eventually(ask: () => number | undefined, what: string): Promise<number> {
  const limit = Date.now() + 10_000;
  for (;;) {
    const answer = ask();
    if (answer !== undefined) return answer;
    if (Date.now() > limit) throw new Error(`not seen within 10 s: ${what}`);
    await sleep(50);
  }
}

function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the cluster has no ${what}`);
  return value;
}
