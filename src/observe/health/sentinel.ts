import { nodeAt, nodesOf } from '../placement';
import type { NodeView, View } from '../view';
import { facts } from '../../services/core/live/verdict';
import type { Verdict } from '../../services/core/live/verdict';

/** A Sentinel is well when it sees the master the others see, and all the other Sentinels. */
export function sentinelVerdict(view: View, node: NodeView): Verdict {
  if (!node.sentinel) return { health: 'unknown', detail: 'Sentinel has not been reached' };
  const seen = node.sentinel.value;
  const master = nodeAt(view.cluster, seen.masterAddress) ?? seen.masterAddress;
  const verdict = judge(view, node, master);
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

function judge(view: View, node: NodeView, master: string | undefined): Verdict {
  const seen = node.sentinel?.value;
  if (!seen || master === undefined) return { health: 'degraded', detail: 'monitors no master' };
  if (view.redisMaster.holder !== undefined && master !== view.redisMaster.holder)
    return { health: 'degraded', detail: `still names ${master}, the others ${view.redisMaster.holder}` };
  if (seen.flags.includes('o_down'))
    return { health: 'degraded', detail: `agrees with its peers that ${master} is down` };
  if (seen.flags.includes('s_down')) return { health: 'degraded', detail: `holds ${master} for down` };
  const others = nodesOf(view.cluster, 'sentinel').length - 1;
  if (seen.otherSentinels < others)
    return { health: 'degraded', detail: `knows ${seen.otherSentinels} of ${others} other Sentinels` };
  return { health: 'ok', detail: `watches ${master}` };
}
