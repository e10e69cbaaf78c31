import { say } from '../../words/message';
import type { Verdict } from '../core/live/health';
import { PROCESSES } from '../core/live/view';
import type { NodeView, View } from '../core/live/view';
import { OBJECT_WRITTEN } from './facts';

/** Programs without which no object is taken or found, and those without which it is slower, or old ones stay too long. */
const NEEDED = ['swift-proxy', 'swift-account', 'swift-container', 'swift-object'];
const HELPERS = [
  'memcached',
  'swift-expirer',
  'swift-object-updater',
  'swift-container-updater',
  'lifecycle',
];

/** The store is well when an object that was written came back as it was, and all of its programs run. */
export function objectStorageVerdict(_view: View, node: NodeView): Verdict {
  const written = node.fact(OBJECT_WRITTEN)?.value;
  const processes = node.fact(PROCESSES)?.value ?? {};
  const down = (names: readonly string[]): readonly string[] =>
    names.filter((name) => processes[name] !== undefined && processes[name].state !== 'run');
  const needed = down(NEEDED);
  if (needed.length > 0)
    return { health: 'failed', detail: say('takes no objects ({0} is down)', needed.join(', ')) };
  switch (written?.kind) {
    case undefined:
      return { health: 'unknown', detail: say('runs; no object has been written yet') };
    case 'silent':
      return { health: 'failed', detail: say('does not answer: {0}', written.reason) };
    case 'refused':
      return { health: 'failed', detail: say('does not keep an object: {0}', written.reason) };
    case 'kept': {
      const helpers = down(HELPERS);
      if (helpers.length === 0) return { health: 'ok', detail: say('keeps what is written') };
      return { health: 'degraded', detail: say('keeps what is written; {0} is down', helpers.join(', ')) };
    }
  }
}
