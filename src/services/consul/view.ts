import type { Held, View } from '../core/live/view';
import { CONSUL_CHECKS, CONSUL_SERVERS, RAFT_LEADER } from './facts';
import type { ConsulCheck, ConsulServer } from './facts';

/** What is concluded about Consul as a whole. */
export interface ConsulView {
  readonly quorum: 'yes' | 'no' | 'unknown';
  readonly leader: Held;
  /** Raft's peers, only while there is a quorum to vouch for them; so are the next two. */
  readonly servers: readonly ConsulServer[] | undefined;
  /** Servers that may fail before quorum is lost. */
  readonly failureTolerance: number | undefined;
  readonly checks: readonly ConsulCheck[] | undefined;
}

/** Who leads Consul and who votes in it. */
export function consulView(view: View): ConsulView {
  return view.conclude(conclude);
}

function conclude(view: View): ConsulView {
  const raft = view.fact(RAFT_LEADER);
  const quorum = raft === undefined ? 'unknown' : raft.value.address === undefined ? 'no' : 'yes';
  const servers = quorum === 'yes' ? view.fact(CONSUL_SERVERS)?.value : undefined;
  return {
    quorum,
    leader: { known: raft !== undefined, holder: view.placement.nodeAt(raft?.value.address) },
    servers: servers?.servers,
    failureTolerance: servers?.failureTolerance,
    checks: quorum === 'yes' ? view.fact(CONSUL_CHECKS)?.value : undefined,
  };
}
