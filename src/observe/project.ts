import type { ServiceId } from '../services/registry';
import { consulVerdict } from './health/consul';
import { haproxyVerdict } from './health/haproxy';
import { keepalivedVerdict } from './health/keepalived';
import { isStreaming, patroniVerdict } from './health/patroni';
import { pgbouncerVerdict } from './health/pgbouncer';
import { isFollowing, redisVerdict } from './health/redis';
import { sentinelVerdict } from './health/sentinel';
import type { Verdict } from '../services/core/live/verdict';
import type { Model } from './model';
import type { RunitStatus } from './observation';
import { nodesOf, servicesOn } from './placement';
import type { ClusterState, Health, NodeState, ServiceState } from './state';
import { processOf, viewOf } from './view';
import type { NodeView, View } from './view';
import { aggregateHealth } from './wholeness';

/** The public state at the model's time. Pure; the same model gives an equal state. */
export function project(model: Model): ClusterState {
  const view = viewOf(model);
  const nodes = view.nodes.map((node) => nodeState(view, node));
  const { database, redisMaster } = view;
  const leader = database.leader.holder;
  return {
    lab: model.lab,
    at: model.now,
    health: clusterHealth(view, nodes),
    nodes,
    vip: { address: view.cluster.vip, holders: view.vip.holders },
    database: {
      leader,
      syncStandby: database.syncStandby,
      timeline: timelineOf(view, leader),
      streaming: view.nodes.filter((node) => isStreaming(view, node)).map(({ name }) => name),
    },
    redis: {
      master: redisMaster.holder,
      replicas: view.nodes.filter((node) => isFollowing(view, node)).map(({ name }) => name),
    },
    consul: { leader: view.raftLeader.holder, voters: votersOf(view) },
  };
}

/** Without a leader or a VIP no client is served, whatever else still runs. */
function clusterHealth(view: View, nodes: readonly NodeState[]): Health {
  const health = aggregateHealth(nodes.map((node) => node.health));
  const noLeader =
    nodesOf(view.cluster, 'patroni').length > 0 &&
    view.database.leader.known &&
    view.database.leader.holder === undefined;
  const noVip =
    nodesOf(view.cluster, 'keepalived').length > 0 && view.vip.known && view.vip.holders.length === 0;
  return noLeader || noVip ? 'failed' : health;
}

function timelineOf(view: View, leader: string | undefined): number | undefined {
  if (leader === undefined) return undefined;
  const rest = view.nodes.find(({ name }) => name === leader)?.patroni?.value?.timeline;
  const written = view.database.members[leader]?.timeline;
  const known = [rest, written].filter((timeline) => timeline !== undefined);
  return known.length > 0 ? Math.max(...known) : view.database.keys?.historyTimeline;
}

function votersOf(view: View): readonly string[] {
  const voting = (view.servers ?? []).filter(({ voter, serf }) => voter && serf === 'alive');
  const addresses = new Set(voting.map(({ address }) => address));
  return view.nodes.filter(({ usable, address }) => usable && addresses.has(address)).map(({ name }) => name);
}

function nodeState(view: View, node: NodeView): NodeState {
  const services = servicesOn(view.cluster, node.name).map((id) => serviceState(view, node, id));
  const down = outage(node) !== undefined;
  return {
    name: node.name,
    address: node.address,
    container: node.container,
    connected: node.connected,
    holdsVip: node.usable
      ? node.addresses?.value.includes(view.cluster.vip)
      : node.container === 'unknown'
        ? undefined
        : false,
    health: down ? 'failed' : aggregateHealth(services.map(({ health }) => health)),
    services,
  };
}

function serviceState(view: View, node: NodeView, service: ServiceId): ServiceState {
  const status = processOf(node, service);
  const process = processState(node, status);
  const failed = (detail: string): ServiceState => ({
    service,
    process,
    health: 'failed',
    detail,
    facts: {},
  });
  const down = outage(node);
  if (down !== undefined) return failed(down);
  if (status && status.state !== 'run') return failed(whyDown(node, service, status));
  if (node.services && !status) return failed('not installed on this node');
  const verdict = verdictOf(view, node, service);
  const facts = status ? { ...verdict.facts, PID: String(status.pid) } : (verdict.facts ?? {});
  const known = { service, process, health: verdict.health, detail: verdict.detail, facts };
  return verdict.role === undefined ? known : { ...known, role: verdict.role };
}

/** Why nothing on the node can serve; undefined while it may. */
function outage(node: NodeView): string | undefined {
  switch (node.container) {
    case 'paused':
      return 'node is paused';
    case 'stopped':
      return 'node is stopped';
    case 'missing':
      return 'node does not exist';
    case 'running':
    case 'unknown':
      return node.connected === false ? 'node is cut from the network' : undefined;
  }
}

function processState(node: NodeView, status: RunitStatus | undefined): ServiceState['process'] {
  if (node.container === 'stopped' || node.container === 'missing') return 'down';
  if (!status) return 'unknown';
  return status.state === 'run' ? 'up' : 'down';
}

function whyDown(node: NodeView, service: ServiceId, status: RunitStatus): string {
  const why =
    status.wanted === 'up'
      ? 'crashed; runit starts it again'
      : status.state === 'finish'
        ? 'is being stopped'
        : 'stopped by an administrator';
  const vip = service === 'keepalived' && node.addresses?.value.includes(node.address) ? vipLeft(node) : '';
  return `${why}${vip}`;
}

/** A killed Keepalived leaves the address behind; more than the node's own one is worth a hint. */
function vipLeft(node: NodeView): string {
  const others = (node.addresses?.value ?? []).filter(
    (address) => address !== node.address && !address.startsWith('127.'),
  );
  return others.length > 0 ? `; the node still carries ${others.join(', ')}` : '';
}

function verdictOf(view: View, node: NodeView, service: ServiceId): Verdict {
  switch (service) {
    case 'consul':
      return consulVerdict(view, node);
    case 'patroni':
      return patroniVerdict(view, node);
    case 'pgbouncer':
      return pgbouncerVerdict(view, node);
    case 'redis':
      return redisVerdict(view, node);
    case 'sentinel':
      return sentinelVerdict(view, node);
    case 'haproxy':
      return haproxyVerdict(node);
    case 'keepalived':
      return keepalivedVerdict(view, node);
    case 'etcd':
    case 'gitaly':
    case 'praefect':
    case 'puma':
    case 'sidekiq':
    case 'gitlab-workhorse':
    case 'object-storage':
    case 'prometheus':
    case 'alertmanager':
    case 'grafana':
    case 'node-exporter':
    case 'backup':
      return supervised(node, service);
  }
}

/** A service without a source of its own: all that is known is its process. */
function supervised(node: NodeView, service: ServiceId): Verdict {
  return processOf(node, service)
    ? { health: 'unknown', detail: 'runs; nothing checks it yet' }
    : { health: 'unknown', detail: 'not known whether it runs' };
}
