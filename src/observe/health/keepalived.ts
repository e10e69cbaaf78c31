import { processOf } from '../view';
import type { NodeView, View } from '../view';
import type { Verdict } from '../../services/core/live/verdict';

/** Keepalived is active where the VIP is, backup elsewhere; exactly one node may hold the address. */
export function keepalivedVerdict(view: View, node: NodeView): Verdict {
  if (processOf(node, 'keepalived') === undefined)
    return { health: 'unknown', detail: 'not known whether it runs' };
  if (!node.addresses) return { health: 'unknown', detail: 'runs; the addresses of the node are not known' };
  const { holders } = view.vip;
  const holds = holders.includes(node.name);
  const role = holds ? 'active' : 'backup';
  if (holds && holders.length > 1)
    return { health: 'degraded', role, detail: `holds the VIP, and so does ${others(holders, node.name)}` };
  if (holds) return { health: 'ok', role, detail: 'holds the VIP' };
  if (holders.length === 0)
    return view.vip.known
      ? { health: 'degraded', role, detail: 'no node holds the VIP' }
      : { health: 'unknown', role, detail: 'who holds the VIP is not known' };
  return { health: 'ok', role, detail: `backup, ${holders.join(' and ')} holds the VIP` };
}

function others(holders: readonly string[], node: string): string {
  return holders.filter((name) => name !== node).join(', ');
}
