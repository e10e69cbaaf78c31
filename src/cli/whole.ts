import type { Cluster } from '../cluster/cluster';
import type { ClusterState } from '../observe/state';

/** What keeps the cluster from being whole: all members streaming, a sync standby, every Consul server a voter. */
export function notWholeReasons(state: ClusterState, cluster: Cluster): readonly string[] {
  const members = cluster.layers.database.nodes.length;
  const voters = cluster.layers.coordination.nodes.length;
  const reasons: string[] = [];
  if (state.database.streaming.length < members) {
    reasons.push(`${state.database.streaming.length} of ${members} database members stream`);
  }
  if (state.database.syncStandby.length === 0) reasons.push('there is no synchronous standby');
  if (state.consul.voters.length < voters) {
    reasons.push(`${state.consul.voters.length} of ${voters} Consul servers vote`);
  }
  return reasons;
}
