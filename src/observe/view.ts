import type { Cluster } from '../cluster/cluster';
import type { ServiceId } from '../services/registry';
import { believed } from './model';
import type { Model } from './model';
import type {
  ConsulCheck,
  ConsulServer,
  HaproxyRow,
  PatroniKeys,
  PatroniMember,
  PatroniRest,
  RedisInfo,
  RunitStatus,
  SentinelView,
} from './observation';
import { nodeAt } from './placement';
import type { ContainerState } from './state';

/** A believed value; `value` undefined means "asked, got no answer", an absent one means "not known". */
export type Believed<T> = { readonly value: T } | undefined;

/** What is believed about one node at the model's time. */
export interface NodeView {
  readonly name: string;
  readonly address: string;
  readonly container: ContainerState;
  readonly connected: boolean | undefined;
  /** May take part: not known to be paused, stopped, missing or cut off. */
  readonly usable: boolean;
  readonly services: Believed<Readonly<Record<string, RunitStatus>>>;
  readonly addresses: Believed<readonly string[]>;
  readonly pgbouncer: Believed<readonly string[]>;
  readonly patroni: Believed<PatroniRest | undefined>;
  readonly redis: Believed<RedisInfo | undefined>;
  readonly sentinel: Believed<SentinelView>;
  readonly haproxy: Believed<readonly HaproxyRow[]>;
}

/** Who holds something, as far as known. */
export interface Held {
  /** True when `holder` undefined means "nobody", false when it means "not known". */
  readonly known: boolean;
  readonly holder: string | undefined;
}

export interface DatabaseView {
  readonly leader: Held;
  /** Node the DCS names, even when it cannot serve any more. */
  readonly keyHolder: string | undefined;
  /** Patroni's keys, only while Consul has a quorum to vouch for them. */
  readonly keys: PatroniKeys | undefined;
  /** Member key of each node that has one. */
  readonly members: Readonly<Record<string, PatroniMember>>;
  readonly syncStandby: readonly string[];
  readonly syncKnown: boolean;
}

/** All that is concluded from the believed facts; the services' health is judged on it. */
export interface View {
  readonly cluster: Cluster;
  readonly nodes: readonly NodeView[];
  readonly quorum: 'yes' | 'no' | 'unknown';
  readonly raftLeader: Held;
  readonly servers: readonly ConsulServer[] | undefined;
  readonly failureTolerance: number | undefined;
  readonly checks: readonly ConsulCheck[] | undefined;
  readonly database: DatabaseView;
  readonly redisMaster: Held;
  readonly vip: { readonly known: boolean; readonly holders: readonly string[] };
}

/** Concludes from the facts that are still believed at `model.now`. Pure. */
export function viewOf(model: Model): View {
  const { cluster } = model;
  const nodes = cluster.nodes.map((node) => nodeView(model, node.name, node.address));
  const raft = believed(model, model.shared.raft, 'consul');
  const quorum = raft === undefined ? 'unknown' : raft.value.address === undefined ? 'no' : 'yes';
  const servers =
    quorum === 'yes' ? believedFor(model, model.shared.servers, SHARED_FRESH_MS)?.value : undefined;
  return {
    cluster,
    nodes,
    quorum,
    raftLeader: { known: raft !== undefined, holder: nodeAt(cluster, raft?.value.address) },
    servers: servers?.servers,
    failureTolerance: servers?.failureTolerance,
    checks: quorum === 'yes' ? believedFor(model, model.shared.checks, SHARED_FRESH_MS)?.value : undefined,
    database: databaseView(model, nodes, quorum === 'yes'),
    redisMaster: redisMaster(cluster, nodes),
    vip: vipHolders(cluster, nodes),
  };
}

/** Process of a service as the supervisor says; undefined while it is not known. */
export function processOf(node: NodeView, service: ServiceId): RunitStatus | undefined {
  return node.services?.value[service];
}

/** Usable, and the supervisor does not say that the service is down. */
export function mayServe(node: NodeView | undefined, service: ServiceId): boolean {
  if (!node?.usable) return false;
  const process = processOf(node, service);
  return process === undefined || process.state === 'run';
}

/** Facts answered by Consul live as long as its leader confirms itself; this bounds them besides. */
const SHARED_FRESH_MS = 60_000;

function believedFor<T>(
  model: Model,
  fact: { readonly at: number; readonly value: T } | undefined,
  freshMs: number,
): Believed<T> {
  return fact && model.now - fact.at <= freshMs ? { value: fact.value } : undefined;
}

function nodeView(model: Model, name: string, address: string): NodeView {
  const facts = model.nodes[name] ?? {};
  const container = believed(model, facts.state, 'docker')?.value ?? 'unknown';
  const attached = believed(model, facts.attached, 'docker')?.value;
  const stands = container === 'running' || container === 'unknown';
  const addresses = stands ? believed(model, facts.addresses, 'node', name) : undefined;
  const connected = !stands
    ? undefined
    : attached === false || (addresses !== undefined && !addresses.value.includes(address))
      ? false
      : attached === true || addresses !== undefined
        ? true
        : undefined;
  const when = <T>(fact: T): T | undefined => (stands ? fact : undefined);
  return {
    name,
    address,
    container,
    connected,
    usable: stands && connected !== false,
    addresses,
    services: when(believed(model, facts.services, 'node', name)),
    pgbouncer: when(believed(model, facts.pgbouncer, 'node', name)),
    patroni: when(believed(model, facts.patroni, 'patroni', name)),
    redis: when(believed(model, facts.redis, 'redis', name)),
    sentinel: when(believed(model, facts.sentinel, 'sentinel', name)),
    haproxy: when(believed(model, facts.haproxy, 'haproxy', name)),
  };
}

function databaseView(model: Model, nodes: readonly NodeView[], quorum: boolean): DatabaseView {
  const keys = quorum ? believedFor(model, model.shared.keys, SHARED_FRESH_MS)?.value : undefined;
  if (!keys) return { ...leaderByRest(nodes), keyHolder: undefined, keys: undefined, members: {} };
  const nodeOf = (member: string | undefined): string | undefined => memberNode(model.cluster, keys, member);
  const members: Record<string, PatroniMember> = {};
  for (const member of keys.members) {
    const name = nodeOf(member.name);
    if (name !== undefined) members[name] = member;
  }
  const keyHolder = nodeOf(newestLeader(model, keys));
  const holder = nodes.find(({ name }) => name === keyHolder);
  return {
    leader: { known: true, holder: mayServe(holder, 'patroni') ? keyHolder : undefined },
    keyHolder,
    keys,
    members,
    syncStandby: keys.sync.standbys
      .map(nodeOf)
      .filter((name) => name !== undefined)
      .filter((name) => name !== keyHolder)
      .filter((name) =>
        mayServe(
          nodes.find((node) => node.name === name),
          'patroni',
        ),
      ),
    syncKnown: true,
  };
}

/** The single leader key is read more often than all keys together: the one with the higher index is newer. */
function newestLeader(model: Model, keys: PatroniKeys): string | undefined {
  const { leaderKey, keys: all } = model.shared;
  return leaderKey && all && leaderKey.index > all.index ? leaderKey.value : keys.leader;
}

/** Members are named freely in patroni.yml; the address of their connection URL says which node they are. */
function memberNode(cluster: Cluster, keys: PatroniKeys, member: string | undefined): string | undefined {
  if (member === undefined) return undefined;
  const address = keys.members.find(({ name }) => name === member)?.address;
  return nodeAt(cluster, address) ?? cluster.nodes.find(({ name }) => name === member)?.name;
}

/** Without the DCS: the node whose own REST API says it leads; of several the one on the newest timeline. */
function leaderByRest(
  nodes: readonly NodeView[],
): Pick<DatabaseView, 'leader' | 'syncStandby' | 'syncKnown'> {
  const candidates = nodes.filter((node) => mayServe(node, 'patroni'));
  const claims = candidates.filter(({ patroni }) => isLeading(patroni?.value));
  const newest = Math.max(...claims.map(({ patroni }) => patroni?.value?.timeline ?? 0));
  const best = claims.filter(({ patroni }) => (patroni?.value?.timeline ?? 0) === newest);
  const allAsked = candidates.every(({ patroni }) => patroni !== undefined);
  const sync = candidates.filter(({ patroni }) => patroni?.value?.syncStandby === true);
  return {
    leader: { known: best.length === 1 || allAsked, holder: best.length === 1 ? best[0]?.name : undefined },
    syncStandby: sync.map(({ name }) => name),
    syncKnown: allAsked,
  };
}

/** True when this answer of Patroni's REST API claims a running leader. */
export function isLeading(answer: PatroniRest | undefined): boolean {
  return answer !== undefined && LEADER_ROLES.has(answer.role) && answer.state === 'running';
}

/** Patroni 4 says primary, older versions master; a standby cluster's leader leads too. */
export const LEADER_ROLES: ReadonlySet<string> = new Set(['primary', 'master', 'standby_leader', 'leader']);

/** Sentinel decides: the highest configuration epoch is newest. Without any, the only Redis that says master. */
function redisMaster(cluster: Cluster, nodes: readonly NodeView[]): Held {
  const views = nodes
    .filter(({ usable }) => usable)
    .flatMap(({ sentinel }) => (sentinel ? [sentinel.value] : []));
  const epoch = Math.max(...views.map((view) => view.epoch));
  const votes = views.filter((view) => view.epoch === epoch).map((view) => view.masterAddress);
  const address = mostFrequent(votes);
  if (address !== undefined) {
    const holder = nodes.find((node) => node.address === address);
    return { known: true, holder: mayServe(holder, 'redis') ? nodeAt(cluster, address) : undefined };
  }
  const candidates = nodes.filter((node) => mayServe(node, 'redis'));
  const masters = candidates.filter(({ redis }) => redis?.value?.role === 'master');
  const allAsked = candidates.every(({ redis }) => redis !== undefined);
  return {
    known: masters.length === 1 || allAsked,
    holder: masters.length === 1 ? masters[0]?.name : undefined,
  };
}

/** The value most of them name; undefined when there is none or two are named equally often. */
function mostFrequent(values: readonly (string | undefined)[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  const ranked = [...counts].sort((a, b) => b[1] - a[1]);
  return ranked.length > 1 && ranked[0]?.[1] === ranked[1]?.[1] ? undefined : ranked[0]?.[0];
}

function vipHolders(cluster: Cluster, nodes: readonly NodeView[]): View['vip'] {
  const usable = nodes.filter((node) => node.usable);
  const holders = usable.filter(({ addresses }) => addresses?.value.includes(cluster.vip));
  return {
    known: holders.length > 0 || usable.every(({ addresses }) => addresses !== undefined),
    holders: holders.map(({ name }) => name),
  };
}
