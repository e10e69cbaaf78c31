import { service as serviceOf } from '../services/registry';
import type { ServiceId } from '../services/registry';
import type { Event, EventKind } from './event';
import type { Holder, Known, Settling } from './known';
import type { Model } from './model';
import type { ClusterState, ContainerState, NodeState, ServiceState } from './state';
import { processOf, viewOf } from './view';
import type { Held, View } from './view';
import { wholeness } from './wholeness';

/** A health or wholeness must hold this long before it is told: failovers pass through many half-states. */
const SETTLE_MS = 1_000;
/** Nobody must hold a role this long before its loss is told: an orderly hand-over takes less. */
const VACANT_MS = 500;
/** A source must be lost this long before it is told. */
const SOURCE_LOST_MS = 2_000;

type Draft = Omit<Event, 'at'>;

/**
 * What changed for people since the last call, as events, and the memory for the next call. Facts that became
 * unknown change nothing here, so a source that comes back causes no event.
 */
export function tell(
  model: Model,
  state: ClusterState,
): { readonly known: Known; readonly events: readonly Event[] } {
  const drafts: Draft[] = [];
  const view = viewOf(model);
  const { known, now } = model;
  const next: Known = {
    containers: tellContainers(known, state, drafts),
    connected: tellConnections(known, state, drafts),
    processes: tellProcesses(known, state, view, drafts),
    leader: tellHolder(known.leader, view.database.leader, now, 'leader-changed', 'database leader', drafts),
    sync: tellSync(known.sync, view, now, drafts),
    redisMaster: tellHolder(
      known.redisMaster,
      view.redisMaster,
      now,
      'redis-master-changed',
      'Redis master',
      drafts,
    ),
    raftLeader: tellHolder(
      known.raftLeader,
      view.raftLeader,
      now,
      'consul-leader-changed',
      'Consul leader',
      drafts,
    ),
    vip: tellHolder(known.vip, vipHeld(view), now, 'vip-moved', 'holder of the VIP', drafts),
    roles: tellRoles(known, state, drafts),
    health: tellHealth(known, state, view, drafts),
    whole: tellWhole(known.whole, state, model, drafts),
    sources: tellSources(model, state, drafts),
  };
  return { known: next, events: drafts.map((draft) => ({ at: now, ...draft })) };
}

const NODE_EVENTS: Readonly<Record<ContainerState, EventKind | undefined>> = {
  running: 'node-up',
  paused: 'node-paused',
  stopped: 'node-down',
  missing: 'node-down',
  unknown: undefined,
};

function tellContainers(known: Known, state: ClusterState, drafts: Draft[]): Known['containers'] {
  const next: Record<string, ContainerState> = { ...known.containers };
  for (const { name, container } of state.nodes) {
    if (container === 'unknown') continue;
    const from = known.containers[name];
    next[name] = container;
    const kind = NODE_EVENTS[container];
    if (from === undefined || from === container || !kind) continue;
    const text = container === 'running' ? `${name} runs again` : `${name} is ${container}`;
    drafts.push({ kind, node: name, from, to: container, text });
  }
  return next;
}

function tellConnections(known: Known, state: ClusterState, drafts: Draft[]): Known['connected'] {
  const next: Record<string, boolean> = { ...known.connected };
  for (const { name, connected } of state.nodes) {
    if (connected === undefined) continue;
    const before = known.connected[name];
    next[name] = connected;
    if (before === connected || (before === undefined && connected)) continue;
    drafts.push(
      connected
        ? { kind: 'node-reconnected', node: name, text: `${name} is attached to the network again` }
        : { kind: 'node-cut', node: name, text: `${name} is cut from the network` },
    );
  }
  return next;
}

function tellProcesses(known: Known, state: ClusterState, view: View, drafts: Draft[]): Known['processes'] {
  const next: Record<string, { process: 'up' | 'down'; pid: number }> = { ...known.processes };
  for (const { node, service } of servicesOf(state)) {
    const nodeView = view.nodes.find(({ name }) => name === node.name);
    const status = nodeView && processOf(nodeView, service.service);
    if (service.process === 'unknown' || !status) continue;
    const key = `${node.name}/${service.service}`;
    const before = known.processes[key];
    // runit writes the pid before the state: for an instant a service that stops "runs" without one.
    const pid = service.process === 'up' && status.pid === 0 ? (before?.pid ?? 0) : status.pid;
    const now = { process: service.process, pid };
    next[key] = now;
    if (!before) continue;
    const title = `${serviceOf(service.service).title} on ${node.name}`;
    const about = { node: node.name, service: service.service };
    if (now.process === 'down' && before.process === 'up') {
      drafts.push({
        kind: 'service-down',
        ...about,
        from: 'up',
        to: 'down',
        text: `${title}: ${service.detail}`,
      });
    } else if (now.process === 'up' && before.process === 'down') {
      drafts.push({ kind: 'service-up', ...about, from: 'down', to: 'up', text: `${title} runs` });
    } else if (now.process === 'up' && before.pid !== now.pid && before.pid !== 0) {
      drafts.push({ kind: 'service-up', ...about, from: 'up', to: 'up', text: `${title} was started anew` });
    }
  }
  return next;
}

function tellHolder(
  before: Holder,
  held: Held,
  now: number,
  kind: EventKind,
  title: string,
  drafts: Draft[],
): Holder {
  if (held.holder !== undefined) {
    const to = held.holder;
    if (before.name !== '' && (before.name !== to || before.told === true)) {
      const text =
        before.name === to ? `${to} is ${title} again` : `${title} moved from ${before.name} to ${to}`;
      drafts.push({ kind, node: to, from: before.name, to, text: capital(text) });
    }
    return { name: to };
  }
  if (!held.known || before.name === '') return before;
  const vacantSince = before.vacantSince ?? now;
  if (before.told === true || now - vacantSince < VACANT_MS) return { ...before, vacantSince };
  drafts.push({ kind, from: before.name, text: `No ${title} since ${before.name} gave it up or was lost` });
  return { ...before, vacantSince, told: true };
}

function vipHeld(view: View): Held {
  const { known, holders } = view.vip;
  return { known, holder: holders.length > 0 ? holders.join(', ') : undefined };
}

function tellSync(
  before: Settling<string> | undefined,
  view: View,
  now: number,
  drafts: Draft[],
): Settling<string> | undefined {
  if (!view.database.syncKnown || !view.database.leader.known) return before;
  const settled = settle(before, view.database.syncStandby.join(', '), now, VACANT_MS);
  if (settled.changed) {
    const { from, to } = settled.changed;
    const text = to === '' ? 'No synchronous standby' : `Synchronous standby is ${to}`;
    drafts.push({ kind: 'sync-standby-changed', from, to, text });
  }
  return settled.next;
}

/** Leaders, masters, standbys and the VIP have events of their own; what is left is Consul's vote. */
function tellRoles(known: Known, state: ClusterState, drafts: Draft[]): Known['roles'] {
  const next = { ...known.roles };
  for (const { node, service } of servicesOf(state)) {
    if (service.service !== 'consul' || service.role === undefined) continue;
    const key = `${node.name}/consul`;
    const from = known.roles[key];
    const to = service.role === 'leader' ? 'voter' : service.role;
    next[key] = to;
    if (from === undefined || from === to) continue;
    const text = to === 'voter' ? `${node.name} votes in Consul` : `${node.name} does not vote in Consul`;
    drafts.push({ kind: 'role-changed', node: node.name, service: 'consul', from, to, text });
  }
  return next;
}

/** Only while the process runs on both sides of the change: stops and crashes are told as such. */
function tellHealth(known: Known, state: ClusterState, view: View, drafts: Draft[]): Known['health'] {
  const now = state.at;
  const next = { ...known.health };
  for (const { node, service } of servicesOf(state)) {
    const key = `${node.name}/${service.service}`;
    if (service.health === 'unknown' || service.process !== 'up' || node.connected === false) continue;
    if (suffersFromVacancy(service.service, view)) continue;
    const settled = settle(known.health[key], service.health, now, SETTLE_MS);
    next[key] = settled.next;
    if (!settled.changed) continue;
    const { from, to } = settled.changed;
    const text = `${serviceOf(service.service).title} on ${node.name} is ${to}: ${service.detail}`;
    drafts.push({ kind: 'health-changed', node: node.name, service: service.service, from, to, text });
  }
  return next;
}

/** Without a leader its followers cannot be well; that nobody leads is told once, not once per follower. */
function suffersFromVacancy(service: ServiceId, view: View): boolean {
  const vacant = ({ known, holder }: Held): boolean => known && holder === undefined;
  if (service === 'patroni' || service === 'pgbouncer') return vacant(view.database.leader);
  if (service === 'redis' || service === 'sentinel') return vacant(view.redisMaster);
  return service === 'keepalived' && view.vip.known && view.vip.holders.length === 0;
}

function tellWhole(
  before: Settling<boolean> | undefined,
  state: ClusterState,
  model: Model,
  drafts: Draft[],
): Settling<boolean> | undefined {
  const missing = wholeness(state, model.cluster);
  const wrong = state.health === 'failed' || state.health === 'degraded';
  if (missing.length > 0 && !wrong) return before;
  const settled = settle(before, missing.length === 0, model.now, SETTLE_MS);
  if (settled.changed?.to === true) drafts.push({ kind: 'cluster-whole', text: 'The cluster is whole' });
  if (settled.changed?.to === false)
    drafts.push({
      kind: 'cluster-degraded',
      text: `The cluster is not whole: ${missing[0] ?? state.health}`,
    });
  return settled.next;
}

function tellSources(model: Model, state: ClusterState, drafts: Draft[]): Known['sources'] {
  const told = new Set(model.known.sources);
  for (const key of [...told]) {
    if (model.lost[key] !== undefined) continue;
    told.delete(key);
    drafts.push({ kind: 'source-found', ...nodeOfSource(key), text: `${sourceName(key)} answers again` });
  }
  for (const [key, { at, reason }] of Object.entries(model.lost)) {
    const { node } = nodeOfSource(key);
    const found = state.nodes.find(({ name }) => name === node);
    const expected =
      found !== undefined &&
      (['paused', 'stopped', 'missing'].includes(found.container) || found.connected === false);
    if (told.has(key) || expected || model.now - at < SOURCE_LOST_MS) continue;
    told.add(key);
    drafts.push({ kind: 'source-lost', ...nodeOfSource(key), text: `${sourceName(key)} is lost: ${reason}` });
  }
  return [...told].sort();
}

function nodeOfSource(key: string): { readonly node?: string } {
  const [, node] = key.split('/');
  return node === undefined ? {} : { node };
}

function sourceName(key: string): string {
  const [source = key, node] = key.split('/');
  return node === undefined ? `Source ${source}` : `Source ${source} of ${node}`;
}

function settle<T>(
  before: Settling<T> | undefined,
  value: T,
  now: number,
  holdMs: number,
): { readonly next: Settling<T>; readonly changed?: { readonly from: T; readonly to: T } } {
  if (before === undefined || before.value === value) return { next: { value } };
  if (before.next?.value !== value) return { next: { value: before.value, next: { value, since: now } } };
  if (now - before.next.since < holdMs) return { next: before };
  return { next: { value }, changed: { from: before.value, to: value } };
}

function servicesOf(state: ClusterState): readonly { node: NodeState; service: ServiceState }[] {
  return state.nodes
    .filter(({ container }) => container === 'running' || container === 'unknown')
    .flatMap((node) => node.services.map((service) => ({ node, service })));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
