import type { LiveService } from '../core/live/live-service';
import { consulVerdict } from './health';
import { consulView } from './view';
import { watchConsul } from './watch';
import { consulState, missingInConsul } from './whole';
import type { ConsulState } from './whole';

export const consulLive: LiveService<{ readonly consul: ConsulState }, unknown, 'consul-leader-changed'> = {
  watch: watchConsul,
  verdict: consulVerdict,
  state: (view) => ({ consul: consulState(view) }),
  missing: ({ consul }, nodes) => missingInConsul(consul, nodes),
  holders: [
    { kind: 'consul-leader-changed', title: 'Consul leader', held: (view) => consulView(view).leader },
  ],
  roles: {
    // Who leads is told by itself; what is left is the vote.
    value: (role) => (role === 'leader' ? 'voter' : role),
    text: (node, to) => (to === 'voter' ? `${node} votes in Consul` : `${node} does not vote in Consul`),
  },
};
