import { say } from '../../words/message';
import type { LiveService } from '../core/live/live-service';
import { etcdVerdict } from './health';
import { etcd } from './service';
import { etcdView } from './view';
import { watchEtcd, watchEtcdMember } from './watch';
import { etcdState, missingInEtcd } from './whole';
import type { EtcdState } from './whole';

/** Absent where no etcd is to run. */
interface WithEtcd {
  readonly etcd?: EtcdState;
}

export const etcdLive: LiveService<WithEtcd, unknown, 'etcd-leader-changed'> = {
  watch: watchEtcd,
  watchNode: watchEtcdMember,
  verdict: etcdVerdict,
  state: (view) => (view.placement.membersOf(etcd.id).length === 0 ? {} : { etcd: etcdState(view) }),
  missing: ({ etcd: state }, nodes) => (state ? missingInEtcd(state, nodes) : []),
  holders: [
    { kind: 'etcd-leader-changed', title: say('etcd leader'), held: (view) => etcdView(view).leader },
  ],
  roles: {
    // Who leads is told by itself; what is left is the vote.
    value: (role) => (role === 'leader' ? 'voter' : role),
    text: (node, to) =>
      to === 'voter' ? say('{0} votes in etcd', node) : say('{0} does not vote in etcd', node),
  },
};
