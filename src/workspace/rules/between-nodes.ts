import type { Cluster } from '../../cluster/cluster';
import type { Finding, Range, Severity } from '../../finding/finding';
import type { NodeSettings } from '../../services/settings';
import type { EvaluatedConfig } from '../../languages/gitlab-rb/evaluate/evaluated-config';
import { notation } from '../settings/node-settings';
import { valueAt } from '../../languages/gitlab-rb/evaluate/value';
import { plainRange } from '../../languages/core/text/byte-range';
import type { WorkspaceRuleId } from './workspace-rules';

/** What the checks between nodes need to know of one node. */
export interface CheckedNode {
  readonly name: string;
  readonly address: string;
  readonly settings: NodeSettings;
  /** Path of its gitlab.rb (where it would be, when it has none). */
  readonly file: string;
  readonly config: EvaluatedConfig | undefined;
}

const START: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** Settings every node must agree on, or there is more than one cluster. */
const AGREED: readonly {
  code: WorkspaceRuleId;
  path: readonly string[];
  of: (settings: NodeSettings) => string;
  why: string;
}[] = [
  {
    code: 'LAB020',
    path: ['patroni', 'scope'],
    of: (settings) => settings.patroni.scope,
    why: 'Patroni members find each other by it',
  },
  {
    code: 'LAB021',
    path: ['consul', 'configuration', 'datacenter'],
    of: (settings) => settings.consul.datacenter,
    why: 'Consul servers of different datacenters form no quorum',
  },
  {
    code: 'LAB022',
    path: ['redis', 'master_name'],
    of: (settings) => settings.redis.masterName,
    why: 'the Sentinels must watch the same master',
  },
  {
    code: 'LAB029',
    path: ['gitlab_rails', 'db_database'],
    of: (settings) => settings.postgresql.databaseName,
    why: 'there is one database',
  },
  {
    code: 'LAB029',
    path: ['gitlab_rails', 'db_username'],
    of: (settings) => settings.postgresql.databaseUser,
    why: 'there is one database user',
  },
];

/** Contradictions between the nodes that no lab (and no real cluster) can live with. */
export function crossChecks(cluster: Cluster, nodes: readonly CheckedNode[]): readonly Finding[] {
  return [
    ...AGREED.flatMap((rule) => disagreement(nodes, rule)),
    ...masters(cluster, nodes),
    ...masterAddresses(nodes),
    ...consulServers(cluster, nodes),
    ...sentinelQuorum(cluster, nodes),
    ...joinAddresses(cluster, nodes),
  ];
}

function disagreement(nodes: readonly CheckedNode[], rule: (typeof AGREED)[number]): readonly Finding[] {
  const [first] = nodes;
  if (first === undefined) return [];
  const expected = rule.of(first.settings);
  const differing = nodes.filter((node) => rule.of(node.settings) !== expected);
  if (differing.length === 0) return [];
  const key = notation(rule.path);
  return [first, ...differing].map((node) => {
    const others = nodes
      .filter((other) => rule.of(other.settings) !== rule.of(node.settings))
      .map((other) => `'${rule.of(other.settings)}' on ${other.name}`);
    const message = `${key} is '${rule.of(node.settings)}' on ${node.name} but ${others.join(', ')}; ${rule.why}.`;
    return finding(
      'error',
      rule.code,
      node,
      whereSet(node, rule.path),
      message,
      `Use one ${key} on all nodes.`,
    );
  });
}

function masters(cluster: Cluster, nodes: readonly CheckedNode[]): readonly Finding[] {
  const redis = nodes.filter((node) => runs(cluster, 'cache', node));
  const starting = redis.filter((node) => node.settings.redis.initialMaster);
  const remedy = 'Give redis_master_role to one node and redis_replica_role to the others.';
  const [first] = redis;
  if (starting.length === 1 || first === undefined) return [];
  if (starting.length === 0) {
    const message = 'No node starts as Redis master: all are replicas.';
    return [finding('error', 'LAB023', first, whereMaster(first), message, remedy)];
  }
  const names = starting.map((node) => node.name).join(' and ');
  const message = `${names} would both start as Redis master.`.replace(
    'both',
    starting.length > 2 ? 'all' : 'both',
  );
  return starting.map((node) => finding('error', 'LAB023', node, whereMaster(node), message, remedy));
}

/** `redis['master_ip']` must be the address of the node that starts as master. */
function masterAddresses(nodes: readonly CheckedNode[]): readonly Finding[] {
  const master = nodes.find((node) => node.settings.redis.initialMaster);
  if (master === undefined) return [];
  return nodes.flatMap((node) => {
    const value = valueAt(node.config?.tree.get('redis'), ['master_ip']);
    if (value?.kind !== 'string' || value.value === master.address) return [];
    const message = `redis['master_ip'] is ${value.value}, but ${master.name} (${master.address}) starts as Redis master.`;
    return [finding('error', 'LAB024', node, value.range, message, `Write '${master.address}'.`)];
  });
}

function consulServers(cluster: Cluster, nodes: readonly CheckedNode[]): readonly Finding[] {
  const agents = nodes.filter((node) => runs(cluster, 'coordination', node));
  const servers = agents.filter((node) => node.settings.consul.server);
  const server = ['consul', 'configuration', 'server'];
  if (servers.length < agents.length && (servers.length < 3 || servers.length % 2 === 0)) {
    const message = `${servers.length} of ${agents.length} nodes are Consul servers; three (or five) are needed.`;
    return agents
      .filter((node) => !node.settings.consul.server)
      .map((node) =>
        finding('error', 'LAB025', node, whereSet(node, server), message, 'Write server: true.'),
      );
  }
  return servers.flatMap((node) => {
    const { bootstrapExpect } = node.settings.consul;
    if (bootstrapExpect === servers.length) return [];
    const range = whereSet(node, ['consul', 'configuration', 'bootstrap_expect']);
    const message = `bootstrap_expect is ${bootstrapExpect}, but there are ${servers.length} Consul servers: they would ${
      bootstrapExpect > servers.length ? 'wait for ever' : 'found separate clusters'
    }.`;
    return [finding('error', 'LAB026', node, range, message, `Write bootstrap_expect: ${servers.length}.`)];
  });
}

function sentinelQuorum(cluster: Cluster, nodes: readonly CheckedNode[]): readonly Finding[] {
  const sentinels = nodes.filter((node) => runs(cluster, 'cache', node));
  return sentinels.flatMap((node) => {
    const { quorum } = node.settings.sentinel;
    if (quorum <= sentinels.length) return [];
    const message = `sentinel['quorum'] is ${quorum}, but there are ${sentinels.length} Sentinels: they never fail over.`;
    const majority = Math.floor(sentinels.length / 2) + 1;
    const range = whereSet(node, ['sentinel', 'quorum']);
    return [finding('error', 'LAB027', node, range, message, `Write ${majority}, the majority.`)];
  });
}

function joinAddresses(cluster: Cluster, nodes: readonly CheckedNode[]): readonly Finding[] {
  const known = new Set(cluster.nodes.flatMap((node) => [node.address, node.name]));
  return nodes.flatMap((node) => {
    const strangers = node.settings.consul.retryJoin.filter((address) => !known.has(address));
    if (strangers.length === 0) return [];
    const range = whereSet(node, ['consul', 'configuration', 'retry_join']);
    const message = `retry_join names ${strangers.join(', ')}, which is no node of cluster.yaml.`;
    const remedy = `Use the nodes' addresses: ${cluster.nodes.map((other) => other.address).join(' ')}.`;
    return [finding('warning', 'LAB028', node, range, message, remedy)];
  });
}

function runs(cluster: Cluster, layer: 'coordination' | 'cache', node: CheckedNode): boolean {
  const placement = cluster.layers[layer];
  return placement.enabled && placement.nodes.includes(node.name);
}

/** Where a node's file decides about Redis: the key, else its roles, else the file's start. */
function whereMaster(node: CheckedNode): Range {
  const written = valueAt(node.config?.tree.get('redis'), ['master']);
  const roles = node.config?.tree.get('roles');
  const items = roles?.kind === 'array' ? roles.items : [];
  const role = items.find((item) => item.kind === 'string' && item.value.startsWith('redis_'));
  return written?.range ?? role?.range ?? START;
}

function whereSet(node: CheckedNode, path: readonly string[]): Range {
  const [root = '', ...keys] = path;
  return valueAt(node.config?.tree.get(root), keys)?.range ?? START;
}

function finding(
  severity: Severity,
  code: WorkspaceRuleId,
  node: CheckedNode,
  range: Range,
  message: string,
  remedy: string,
): Finding {
  return { code, severity, file: node.file, range: plainRange(range), message, remedy };
}
