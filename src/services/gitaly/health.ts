import { say } from '../../words/message';
import type { NodeView, View } from '../core/live/view';
import type { Verdict } from '../core/live/health';
import { GITALY_HEALTH } from './facts';

/** A Gitaly is well when it says so itself. What it holds is Praefect's to know. */
export function gitalyVerdict(_view: View, node: NodeView): Verdict {
  const health = node.fact(GITALY_HEALTH);
  if (!health) return { health: 'unknown', detail: say('its gRPC port has not been reached') };
  switch (health.value) {
    case 'serving':
      return { health: 'ok', detail: say('serves') };
    case 'not-serving':
      return { health: 'degraded', detail: say('says that it does not serve') };
    case 'late':
      return { health: 'degraded', detail: say('is late with its answer') };
    case 'silent':
      return { health: 'failed', detail: say('takes connections and does not answer') };
  }
}
