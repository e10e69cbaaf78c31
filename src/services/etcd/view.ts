import { mayServe } from '../core/live/view';
import type { Held, View } from '../core/live/view';
import { ETCD_STATUS } from './facts';
import type { EtcdStatus } from './facts';
import { etcd } from './service';

/** What is concluded about etcd as a whole. */
export interface EtcdView {
  readonly quorum: 'yes' | 'no' | 'unknown';
  readonly leader: Held;
  /** Nodes whose member follows the leader, and votes. */
  readonly voters: readonly string[];
}

/** Who leads etcd and who votes in it: each member is asked itself. */
export function etcdView(view: View): EtcdView {
  return view.conclude(conclude);
}

interface Answer {
  readonly node: string;
  readonly status: EtcdStatus;
}

function conclude(view: View): EtcdView {
  const nodes = view.placement.membersOf(etcd.id);
  const answers = nodes.flatMap((node): Answer[] => {
    const status = mayServe(view.node(node), etcd.id) ? view.node(node)?.fact(ETCD_STATUS)?.value : undefined;
    return status ? [{ node, status }] : [];
  });
  const leading = newest(answers.filter(({ status }) => status.leader !== undefined));
  if (leading === undefined) {
    // One that has not been asked may know of a leader.
    const silent = nodes.some(
      (node) => mayServe(view.node(node), etcd.id) && !answers.some((answer) => answer.node === node),
    );
    const known = answers.length > 0 && !silent;
    return { quorum: known ? 'no' : 'unknown', leader: { known, holder: undefined }, voters: [] };
  }
  const { leader, members } = leading.status;
  const following = answers.filter(({ status }) => status.leader === leader && !status.learner);
  // Where the leader itself has not been asked yet, the list of members says where it is.
  const holder =
    answers.find(({ status }) => status.id === leader)?.node ??
    view.placement.nodeAt(members.find(({ id }) => id === leader)?.address);
  return {
    quorum: 'yes',
    leader: { known: true, holder: mayServe(view.node(holder), etcd.id) ? holder : undefined },
    voters: following.map(({ node }) => node),
  };
}

/** The answer of the highest term. */
function newest(answers: readonly Answer[]): Answer | undefined {
  const term = Math.max(...answers.map(({ status }) => status.term));
  return answers.find(({ status }) => status.term === term);
}
