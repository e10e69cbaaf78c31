import { say, together } from '../../words/message';
import type { Message } from '../../words/message';
import { ADDRESSES, processOf } from '../core/live/view';
import type { NodeView, View } from '../core/live/view';
import { vipView } from './view';
import type { Verdict } from '../core/live/health';

/** Keepalived is active where the VIP is, backup elsewhere; exactly one node may hold the address. */
export function keepalivedVerdict(view: View, node: NodeView): Verdict {
  if (processOf(node, 'keepalived') === undefined)
    return { health: 'unknown', detail: say('not known whether it runs') };
  if (!node.fact(ADDRESSES))
    return { health: 'unknown', detail: say('runs; the addresses of the node are not known') };
  const { holders, known } = vipView(view);
  const holds = holders.includes(node.name);
  const role = holds ? 'active' : 'backup';
  if (holds && holders.length > 1)
    return {
      health: 'degraded',
      role,
      detail: say('holds the VIP, and so does {0}', others(holders, node.name)),
    };
  if (holds) return { health: 'ok', role, detail: say('holds the VIP') };
  if (holders.length === 0)
    return known
      ? { health: 'degraded', role, detail: say('no node holds the VIP') }
      : { health: 'unknown', role, detail: say('who holds the VIP is not known') };
  return { health: 'ok', role, detail: say('backup, {0} holds the VIP', together(holders)) };
}

function others(holders: readonly string[], node: string): string {
  return holders.filter((name) => name !== node).join(', ');
}

/** A killed Keepalived leaves the address behind; more than the node's own one is worth a hint. */
export function vipLeft(node: NodeView): Message | undefined {
  const addresses = node.fact(ADDRESSES)?.value ?? [];
  if (!addresses.includes(node.address)) return undefined;
  const others = addresses.filter((address) => address !== node.address && !address.startsWith('127.'));
  return others.length > 0 ? say('the node still carries {0}', others.join(', ')) : undefined;
}
