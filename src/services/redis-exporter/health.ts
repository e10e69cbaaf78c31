import { say } from '../../words/message';
import type { Verdict } from '../core/live/health';
import type { NodeView, View } from '../core/live/view';
import { REDIS_UP } from './facts';

/** The exporter is well when its page says that it reached Redis. */
export function redisExporterVerdict(_view: View, node: NodeView): Verdict {
  const up = node.fact(REDIS_UP);
  if (!up) return { health: 'unknown', detail: say('its metrics have not been read') };
  if (up.value === undefined) return { health: 'degraded', detail: say('gives no metrics') };
  return up.value
    ? { health: 'ok', detail: say('reads its Redis') }
    : { health: 'degraded', detail: say('cannot read its Redis') };
}
