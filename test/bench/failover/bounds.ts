import type { FaultId } from '../../../src/drills/faults/fault';

/** Longest outage a client may feel with the fast timings, seconds. */
export const OUTAGE_BOUNDS: Readonly<Record<FaultId, number>> = {
  'kill-postgres': 3,
  'kill-node': 8,
  'pause-node': 8,
  'cut-node': 8,
  'kill-redis': 4,
  'stop-haproxy': 5,
  'pause-vip-holder': 5,
  'kill-etcd': 2,
  // etcd has no gossip: a leader key ends with its time to live, 20 s at the least, after the next election.
  'kill-etcd-node': 30,
  // Ten seconds are in Praefect's code.
  'stop-gitaly': 12,
  'kill-gitaly': 12,
  'freeze-gitaly': 12,
  'kill-praefect': 2,
  'kill-puma': 2,
  'stop-nginx': 2,
  'kill-workhorse': 2,
  'kill-sidekiq': 12,
  'kill-sshd': 2,
  // Nothing else is promised of them than that it comes back, and that needs no longer than the store's start.
  'kill-object-store': 30,
  'stop-object-store': 30,
  'cut-object-store': 30,
};
