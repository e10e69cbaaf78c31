import { say } from '../../words/message';
import { facts } from '../core/live/health';
import type { Verdict } from '../core/live/health';
import type { NodeView, View } from '../core/live/view';
import { PRAEFECT_HEALTH, REPOSITORY_COUNTS } from './facts';

/** A Praefect is well when it says so itself. Repositories that are behind are told for all of them together. */
export function praefectVerdict(_view: View, node: NodeView): Verdict {
  const health = node.fact(PRAEFECT_HEALTH);
  if (!health) return { health: 'unknown', detail: say('its gRPC port has not been reached') };
  if (health.value === 'late') return { health: 'degraded', detail: say('is late with its answer') };
  if (health.value === 'silent')
    return { health: 'failed', detail: say('takes connections and does not answer') };
  if (health.value === 'not-serving')
    return { health: 'degraded', detail: say('says that it does not serve') };
  const counts = node.fact(REPOSITORY_COUNTS)?.value;
  if (counts === undefined) return { health: 'ok', detail: say('serves') };
  const { repositories, behind, unavailable, primaries } = counts;
  const held = Object.entries(primaries).map(([storage, number]) => [`primaries on ${storage}`, number]);
  return {
    health: 'ok',
    detail: repositories === 1 ? say('serves 1 repository') : say('serves {0} repositories', repositories),
    facts: facts({ repositories, behind, unavailable, ...(Object.fromEntries(held) as object) }),
  };
}
