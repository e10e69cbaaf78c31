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
  if (process === undefined) return { health: 'unknown', detail: 'not known whether it runs' };
  const hosts = node.fact(PGBOUNCER_HOSTS)?.value;
  if (!hosts) return { health: 'unknown', detail: 'runs; its databases.ini has not been read' };
  const targets = hosts.map((host) => view.placement.nodeAt(host) ?? host);
  return { ...judge(view, node, targets), facts: facts({ 'Sends to': targets.join(', ') }) };
}

function judge(view: View, node: NodeView, targets: readonly string[]): Verdict {
  const { leader } = databaseView(view);
  const named = [...new Set(targets)].join(', ');
  if (targets.length === 0) return { health: 'degraded', detail: 'has no database to send to' };
  if (!leader.known) return { health: 'unknown', detail: `sends to ${named}; who leads is not known` };
  if (leader.holder === undefined)
    return { health: 'degraded', detail: `sends to ${named}, but there is no leader` };
  if (!targets.every((target) => target === leader.holder))
    return { health: 'degraded', detail: `sends to ${named}, but ${leader.holder} leads` };
  const helper = node.fact(PROCESSES)?.value['pgbouncer-watch'];
  if (helper && helper.state !== 'run')
    return {
      health: 'degraded',
      detail: `sends to ${named}; would not notice a new leader (pgbouncer-watch is down)`,
    };
  return served(named, node.fact(PGBOUNCER_CLIENT)?.value);
}

/** What a client was told decides; where none can be sent, PgBouncer's files must do. */
function served(named: string, answer: ClientAnswer | undefined): Verdict {
  switch (answer?.kind) {
    case undefined:
      return { health: 'unknown', detail: `sends to ${named}; no client has tried yet` };
    case 'refused':
      return { health: 'failed', detail: `refuses its clients: ${answer.reason}` };
    case 'late':
      return { health: 'degraded', detail: `sends to ${named}; leaves its clients without an answer` };
    case 'no-password':
      return { health: 'unknown', detail: `sends to ${named}; the password of its clients cannot be read` };
    case 'served':
    case 'not-asked':
      return { health: 'ok', detail: `sends to ${named}` };
  }
}
