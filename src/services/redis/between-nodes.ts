import type { Cluster } from '../../cluster/cluster';
import type { Range } from '../../finding/finding';
import type { BetweenNodes, Contradiction, Peer } from '../core/between-nodes';
import { nodesOf } from '../core/placement';
import { REDIS_SETTINGS } from './settings';

type Code = 'LAB022' | 'LAB023' | 'LAB024';
type Found = readonly Contradiction<Code>[];

const startsAsMaster = (node: Peer): boolean => node.settings(REDIS_SETTINGS).initialMaster;

export const redisBetween: BetweenNodes<Code> = {
  agreed: [
    {
      code: 'LAB022',
      path: ['redis', 'master_name'],
      of: (node) => node.settings(REDIS_SETTINGS).masterName,
      why: 'the Sentinels must watch the same master',
    },
  ],
  contradictions: (cluster, nodes) => [...masters(cluster, nodes), ...masterAddresses(nodes)],
};

function masters(cluster: Cluster, nodes: readonly Peer[]): Found {
  const placed = new Set(nodesOf({ cluster }, 'cache').map(({ name }) => name));
  const running = nodes.filter(({ name }) => placed.has(name));
  const starting = running.filter(startsAsMaster);
  const [first] = running;
  if (starting.length === 1 || first === undefined) return [];
  const told = (node: Peer, message: string): Contradiction<Code> => {
    const remedy = 'Give redis_master_role to one node and redis_replica_role to the others.';
    return { code: 'LAB023', severity: 'error', node, range: whereMaster(node), message, remedy };
  };
  if (starting.length === 0) return [told(first, 'No node starts as Redis master: all are replicas.')];
  const names = starting.map((node) => node.name).join(' and ');
  const all = starting.length > 2 ? 'all' : 'both';
  return starting.map((node) => told(node, `${names} would ${all} start as Redis master.`));
}

/** `redis['master_ip']` must be the address of the node that starts as master. */
function masterAddresses(nodes: readonly Peer[]): Found {
  const master = nodes.find(startsAsMaster);
  if (master === undefined) return [];
  return nodes.flatMap((node): Found => {
    const value = node.written(['redis', 'master_ip']);
    if (value?.kind !== 'string' || value.value === master.address || value.value === master.host) return [];
    const message = `redis['master_ip'] is ${value.value}, but ${master.name} (${master.address}) starts as Redis master.`;
    const remedy = `Write '${master.address}'.`;
    return [{ code: 'LAB024', severity: 'error', node, range: value.range, message, remedy }];
  });
}

/** Where a node's file decides about Redis: the key, else its roles. */
function whereMaster(node: Peer): Range | undefined {
  const written = node.written(['redis', 'master']);
  const roles = node.written(['roles']);
  const items = roles?.kind === 'array' ? roles.items : [];
  const role = items.find((item) => item.kind === 'string' && item.value.startsWith('redis_'));
  return written?.range ?? role?.range;
}
