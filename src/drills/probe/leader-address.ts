import { LabError } from '../../lab/lab-error';
import type { LabInfo } from '../../lab/lab-service';
import type { ClusterState } from '../../observe/state';
import { portOf } from '../../services/ports';
import type { ServerAddress } from './probe-session';
import type { ProbePath } from './write-attempt';

/**
 * Where the server answers that leads according to Consul (PostgreSQL) or the Sentinels (Redis), at the port it has
 * in this lab. @throws LabError `no-node` when nobody leads
 */
export function leaderAddress(
  lab: Pick<LabInfo, 'cluster' | 'sources'>,
  state: Pick<ClusterState, 'database' | 'redis'>,
  path: ProbePath,
): ServerAddress {
  const name = path === 'postgres' ? state.database.leader : state.redis.master;
  const node = lab.cluster.nodes.find((candidate) => candidate.name === name);
  if (!node) {
    throw new LabError('no-node', `Nobody leads ${path} at the moment.`, 'Wait until the cluster is whole.');
  }
  const changed = lab.sources?.ports?.[node.name];
  const port =
    path === 'postgres' ? portOf('patroni', 'postgresql', changed) : portOf('redis', 'redis', changed);
  return { host: node.address, port };
}
