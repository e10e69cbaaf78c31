import type { Cluster } from '../cluster/cluster';
import { service as serviceOf } from '../services/registry';
import { nodesOf, servicesOn } from './placement';
import type { ClusterState, Health, NodeState } from './state';

/**
 * What is missing until the cluster is whole, one short phrase each, e.g. "node2: Redis is unknown (…)". Empty
 * means whole: all services of all nodes ok, every database member streaming with a synchronous standby, every
 * Consul server a voter, one holder of the VIP, a Redis master with all its replicas. Only then may a fault be
 * injected: a second failure in a cluster that still heals proves nothing.
 */
export function wholeness(state: ClusterState, cluster: Cluster): readonly string[] {
  return [
    ...cluster.nodes.flatMap(({ name }) => missingOnNode(state, cluster, name)),
    ...missingDatabase(state, cluster),
    ...missingConsul(state, cluster),
    ...missingRedis(state, cluster),
    ...missingVip(state, cluster),
  ];
}

/**
 * Health of a group (layer, node, cluster) from its members': ok only when all are; failed when none works;
 * degraded when some work and some do not; unknown when nothing is wrong but something is not known.
 */
export function aggregateHealth(members: readonly Health[]): Health {
  if (members.length === 0) return 'unknown';
  if (members.every((health) => health === 'ok')) return 'ok';
  const works = members.some((health) => health === 'ok' || health === 'degraded');
  if (members.includes('failed')) return works ? 'degraded' : 'failed';
  return members.includes('degraded') ? 'degraded' : 'unknown';
}

function missingOnNode(state: ClusterState, cluster: Cluster, name: string): readonly string[] {
  const node = state.nodes.find((candidate) => candidate.name === name);
  const expected = servicesOn(cluster, name);
  if (!node) return [`${name}: not known`];
  const down = whyDown(node);
  if (down !== undefined) return [`${name}: ${down}`];
  return expected.flatMap((id) => {
    const found = node.services.find(({ service }) => service === id);
    if (found?.health === 'ok') return [];
    const { title } = serviceOf(id);
    return [
      found ? `${name}: ${title} is ${found.health} (${found.detail})` : `${name}: ${title} is unknown`,
    ];
  });
}

function whyDown(node: NodeState): string | undefined {
  if (node.container === 'paused' || node.container === 'stopped' || node.container === 'missing')
    return `the node is ${node.container}`;
  return node.connected === false ? 'the node is cut from the network' : undefined;
}

function missingDatabase(state: ClusterState, cluster: Cluster): readonly string[] {
  const members = nodesOf(cluster, 'patroni');
  if (members.length === 0) return [];
  const { leader, syncStandby, streaming } = state.database;
  const missing: string[] = [];
  if (leader === undefined) missing.push('database: no leader');
  const behind = members.filter((name) => !streaming.includes(name));
  if (behind.length > 0) missing.push(`database: not streaming: ${behind.join(', ')}`);
  if (members.length > 1 && syncStandby.length === 0) missing.push('database: no synchronous standby');
  return missing;
}

function missingConsul(state: ClusterState, cluster: Cluster): readonly string[] {
  const servers = nodesOf(cluster, 'consul');
  if (servers.length === 0) return [];
  const absent = servers.filter((name) => !state.consul.voters.includes(name));
  return [
    ...(state.consul.leader === undefined ? ['Consul: no Raft leader'] : []),
    ...(absent.length > 0 ? [`Consul: not voting: ${absent.join(', ')}`] : []),
  ];
}

function missingRedis(state: ClusterState, cluster: Cluster): readonly string[] {
  const nodes = nodesOf(cluster, 'redis');
  if (nodes.length === 0) return [];
  const { master, replicas } = state.redis;
  if (master === undefined) return ['Redis: no master'];
  const absent = nodes.filter((name) => name !== master && !replicas.includes(name));
  return absent.length > 0 ? [`Redis: not replicating: ${absent.join(', ')}`] : [];
}

function missingVip(state: ClusterState, cluster: Cluster): readonly string[] {
  if (nodesOf(cluster, 'keepalived').length === 0) return [];
  const { holders } = state.vip;
  if (holders.length === 1) return [];
  return [holders.length === 0 ? 'VIP: no node holds it' : `VIP: held by ${holders.join(' and ')}`];
}
