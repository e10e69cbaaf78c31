import type { Health } from '../services/core/live/health';
import { say } from '../words/message';
import type { Message } from '../words/message';

/** A health within a sentence: "node2: Redis is failed". */
export function healthWord(health: Health): Message {
  switch (health) {
    case 'ok':
      return say('ok');
    case 'degraded':
      return say('degraded');
    case 'failed':
      return say('failed');
    case 'starting':
      return say('starting');
    case 'unknown':
      return say('unknown');
  }
}
