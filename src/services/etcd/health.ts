import { say } from '../../words/message';
import { facts } from '../core/live/health';
import type { Facts, Verdict } from '../core/live/health';
import type { NodeView, View } from '../core/live/view';
import { majorityOf } from '../core/stake';
import { ETCD_STATUS } from './facts';
import type { EtcdStatus } from './facts';
import { etcdView } from './view';

/** A member is well when it follows a leader, votes, and complains of nothing. */
export function etcdVerdict(view: View, node: NodeView): Verdict {
  const status = node.fact(ETCD_STATUS)?.value;
  if (!status) return { health: 'unknown', detail: say('etcd has not been reached') };
  return { ...standing(view, node, status), facts: etcdFacts(status) };
}

function standing(view: View, node: NodeView, status: EtcdStatus): Verdict {
  if (status.leader === undefined)
    return {
      health: 'failed',
      detail:
        etcdView(view).quorum === 'yes'
          ? say('knows of no leader: the others do not reach it')
          : say('no leader: etcd has lost its quorum'),
    };
  if (status.learner)
    return { health: 'degraded', role: 'non-voter', detail: say('learns, without a vote yet') };
  const leads = etcdView(view).leader.holder === node.name;
  const role = leads ? 'leader' : 'voter';
  if (status.errors.length > 0)
    return { health: 'degraded', role, detail: say('complains: {0}', status.errors.join(', ')) };
  return { health: 'ok', role, detail: leads ? say('leads etcd') : say('voter') };
}

function etcdFacts({ version, members, term, size }: EtcdStatus): Facts {
  const voters = members.filter(({ learner }) => !learner);
  return facts({
    Version: version,
    Members: members.map(({ name, id }) => (name === '' ? id : name)).join(', '),
    'Members that may fail': voters.length === 0 ? undefined : voters.length - majorityOf(voters),
    Term: term,
    'Size of its database': size === undefined ? undefined : say('{0} bytes', size),
  });
}
