import { ADDRESSES, processOf } from '../core/live/view';
import type { NodeView, View } from '../core/live/view';
import { vipView } from './view';
import type { Verdict } from '../core/live/health';

/** Keepalived is active where the VIP is, backup elsewhere; exactly one node may hold the address. */
export function keepalivedVerdict(view: View, node: NodeView): Verdict {
  if (processOf(node, 'keepalived') === undefined)
    return { health: 'unknown', detail: 'not known whether it runs' };
  if (!node.fact(ADDRESSES))
    return { health: 'unknown', detail: 'runs; the addresses of the node are not known' };
  const { holders, known } = vipView(view);
  const holds = holders.includes(node.name);
  const role = holds ? 'active' : 'backup';
  if (holds && holders.length > 1)
    return { health: 'degraded', role, detail: `holds the VIP, and so does ${others(holders, node.name)}` };
  if (holds) return { health: 'ok', role, detail: 'holds the VIP' };
  if (holders.length === 0)
    return known
      ? { health: 'degraded', role, detail: 'no node holds the VIP' }
      : { health: 'unknown', role, detail: 'who holds the VIP is not known' };
  return { health: 'ok', role, detail: `backup, ${holders.join(' and ')} holds the VIP` };
}

function others(holders: readonly string[], node: string): string {
  return holders.filter((name) => name !== node).join(', ');
}

/** A killed Keepalived leaves the address behind; more than the node's own one is worth a hint. */
export function vipLeft(node: NodeView): string {
  const addresses = node.fact(ADDRESSES)?.value ?? [];
  if (!addresses.includes(node.address)) return '';
  const others = addresses.filter((address) => address !== node.address && !address.startsWith('127.'));
  return others.length > 0 ? `; the node still carries ${others.join(', ')}` : '';
}
