import { say } from '../../words/message';
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
    { kind: 'consul-leader-changed', title: say('Consul leader'), held: (view) => consulView(view).leader },
  ],
  roles: {
    // Who leads is told by itself; what is left is the vote.
    value: (role) => (role === 'leader' ? 'voter' : role),
    text: (node, to) =>
      to === 'voter' ? say('{0} votes in Consul', node) : say('{0} does not vote in Consul', node),
  },
};
