import type { Cluster } from '../../cluster/cluster';
import type { BetweenNodes, Contradiction, Peer } from '../core/between-nodes';
import { clientsOf, nodesOf } from '../core/placement';
import { CONSUL_SETTINGS } from './settings';

type Code = 'LAB021' | 'LAB025' | 'LAB026' | 'LAB028';
type Found = readonly Contradiction<Code>[];

const inConfiguration = (key: string): readonly string[] => ['consul', 'configuration', key];

export const consulBetween: BetweenNodes<Code> = {
  agreed: [
    {
      code: 'LAB021',
      path: inConfiguration('datacenter'),
      of: (node) => node.settings(CONSUL_SETTINGS).datacenter,
      why: 'Consul servers of different datacenters form no quorum',
    },
  ],
  contradictions: (cluster, nodes) => [...servers(cluster, nodes), ...joinAddresses(cluster, nodes)],
};

function servers(cluster: Cluster, nodes: readonly Peer[]): Found {
  const placed = new Set(nodesOf({ cluster }, 'coordination').map(({ name }) => name));
  const agents = nodes.filter(({ name }) => placed.has(name));
  const isServer = (node: Peer): boolean => node.settings(CONSUL_SETTINGS).server;
  const serving = agents.filter(isServer);
  const clients = new Set(clientsOf({ cluster }, 'database').map(({ name }) => name));
  const outside = nodes.filter((node) => !placed.has(node.name) && clients.has(node.name) && isServer(node));
  const count = serving.length;
  if (count < agents.length && (count < 3 || count % 2 === 0)) {
    const message = `${count} of ${agents.length} nodes are Consul servers; three (or five) are needed.`;
    return agents
      .filter((node) => !serving.includes(node))
      .map((node) => {
        const range = node.written(inConfiguration('server'))?.range;
        return { code: 'LAB025', severity: 'error', node, range, message, remedy: 'Write server: true.' };
      });
  }
  const all = [...serving, ...outside];
  return [...outside.map(unplaced), ...all.flatMap((node) => bootstrapExpect(node, all.length, outside))];
}

/** A server that cluster.yaml knows nothing of: it votes all the same. */
function unplaced(node: Peer): Contradiction<Code> {
  const range = node.written(inConfiguration('server'))?.range;
  const message = `${node.name} is a Consul server here, but layer coordination does not run on it.`;
  const remedy = `Write server: false, or name ${node.name} in layer coordination of cluster.yaml.`;
  return { code: 'LAB025', severity: 'warning', node, range, message, remedy };
}

/** @param outside servers that cluster.yaml knows nothing of: most often one of them is the mistake, not the number */
function bootstrapExpect(node: Peer, count: number, outside: readonly Peer[]): Found {
  const expected = node.settings(CONSUL_SETTINGS).bootstrapExpect;
  if (expected === count) return [];
  const range = node.written(inConfiguration('bootstrap_expect'))?.range;
  const message = `bootstrap_expect is ${expected}, but there are ${count} Consul servers: they would ${
    expected > count ? 'wait for ever' : 'found separate clusters'
  }.`;
  const names = outside.map(({ name }) => name).join(' and ');
  const number = `bootstrap_expect: ${count}`;
  const remedy = outside.includes(node)
    ? `Write server: false without bootstrap_expect. Where ${node.name} is meant to vote: ${number}.`
    : outside.length > 0
      ? `Write server: false on ${names}. Where ${names} is meant to vote: ${number}.`
      : `Write ${number}.`;
  return [{ code: 'LAB026', severity: 'error', node, range, message, remedy }];
}

function joinAddresses(cluster: Cluster, nodes: readonly Peer[]): Found {
  const known = new Set(cluster.nodes.flatMap(({ name, address, host = name }) => [address, name, host]));
  return nodes.flatMap((node): Found => {
    const { retryJoin } = node.settings(CONSUL_SETTINGS);
    const strangers = retryJoin.filter((address) => !known.has(address));
    if (strangers.length === 0) return [];
    const range = node.written(inConfiguration('retry_join'))?.range;
    const message = `retry_join names ${strangers.join(', ')}, which is no node of cluster.yaml.`;
    const remedy = `Use the nodes' addresses: ${cluster.nodes.map((other) => other.address).join(' ')}.`;
    return [{ code: 'LAB028', severity: 'warning', node, range, message, remedy }];
  });
}
