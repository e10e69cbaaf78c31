import { say } from '../../words/message';
import { processOf, PROCESSES } from '../core/live/view';
import type { NodeView, View } from '../core/live/view';
import { databaseView } from '../patroni/view';
import { PGBOUNCER_CLIENT, PGBOUNCER_HOSTS } from './facts';
import type { ClientAnswer } from './facts';
import { facts } from '../core/live/health';
import type { Verdict } from '../core/live/health';

/** PgBouncer is well when it runs, lets clients in and sends them to the node that leads. */
export function pgbouncerVerdict(view: View, node: NodeView): Verdict {
  const process = processOf(node, 'pgbouncer');
  if (process === undefined) return { health: 'unknown', detail: say('not known whether it runs') };
  const hosts = node.fact(PGBOUNCER_HOSTS)?.value;
  if (!hosts) return { health: 'unknown', detail: say('runs; its databases.ini has not been read') };
  const targets = hosts.map((host) => view.placement.nodeAt(host) ?? host);
  return { ...judge(view, node, targets), facts: facts({ 'Sends to': targets.join(', ') }) };
}

function judge(view: View, node: NodeView, targets: readonly string[]): Verdict {
  const { leader } = databaseView(view);
  const named = [...new Set(targets)].join(', ');
  if (targets.length === 0) return { health: 'degraded', detail: say('has no database to send to') };
  if (!leader.known) return { health: 'unknown', detail: say('sends to {0}; who leads is not known', named) };
  if (leader.holder === undefined)
    return { health: 'degraded', detail: say('sends to {0}, but there is no leader', named) };
  if (!targets.every((target) => target === leader.holder))
    return { health: 'degraded', detail: say('sends to {0}, but {1} leads', named, leader.holder) };
  const helper = node.fact(PROCESSES)?.value['pgbouncer-watch'];
  if (helper && helper.state !== 'run')
    return {
      health: 'degraded',
      detail: say('sends to {0}; would not notice a new leader (pgbouncer-watch is down)', named),
    };
  return served(named, node.fact(PGBOUNCER_CLIENT)?.value);
}

/** What a client was told decides; where none can be sent, PgBouncer's files must do. */
function served(named: string, answer: ClientAnswer | undefined): Verdict {
  switch (answer?.kind) {
    case undefined:
      return { health: 'unknown', detail: say('sends to {0}; no client has tried yet', named) };
    case 'refused':
      return { health: 'failed', detail: say('refuses its clients: {0}', answer.reason) };
    case 'late':
      return { health: 'degraded', detail: say('sends to {0}; leaves its clients without an answer', named) };
    case 'no-password':
      return {
        health: 'unknown',
        detail: say('sends to {0}; the password of its clients cannot be read', named),
      };
    case 'served':
    case 'not-asked':
      return { health: 'ok', detail: say('sends to {0}', named) };
  }
}
