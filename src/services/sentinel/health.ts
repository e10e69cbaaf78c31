import { say } from '../../words/message';
import type { NodeView, View } from '../core/live/view';
import { redisMaster } from '../redis/view';
import { SENTINEL_VIEW } from './facts';
import type { SentinelView } from './facts';
import { facts } from '../core/live/health';
import type { Verdict } from '../core/live/health';

/** A Sentinel is well when it sees the master the others see, and all the other Sentinels. */
export function sentinelVerdict(view: View, node: NodeView): Verdict {
  const seen = node.fact(SENTINEL_VIEW)?.value;
  if (!seen) return { health: 'unknown', detail: say('Sentinel has not been reached') };
  const master = view.placement.nodeAt(seen.masterAddress) ?? seen.masterAddress;
  const verdict = judge(view, seen, master);
  return {
    role: 'member',
    ...verdict,
    facts: facts({
      Master: master,
      'Other Sentinels': seen.otherSentinels,
      Quorum: seen.quorum,
      'Known replicas': seen.replicas,
      'Configuration epoch': seen.epoch,
    }),
  };
}

function judge(view: View, seen: SentinelView, master: string | undefined): Verdict {
  const { holder } = redisMaster(view);
  if (master === undefined) return { health: 'degraded', detail: say('monitors no master') };
  if (holder !== undefined && master !== holder)
    return { health: 'degraded', detail: say('still names {0}, the others {1}', master, holder) };
  if (seen.flags.includes('o_down'))
    return { health: 'degraded', detail: say('agrees with its peers that {0} is down', master) };
  if (seen.flags.includes('s_down')) return { health: 'degraded', detail: say('holds {0} for down', master) };
  const others = view.placement.nodesOf('sentinel').length - 1;
  if (seen.otherSentinels < others)
    return {
      health: 'degraded',
      detail: say('knows {0} of {1} other Sentinels', seen.otherSentinels, others),
    };
  return { health: 'ok', detail: say('watches {0}', master) };
}
