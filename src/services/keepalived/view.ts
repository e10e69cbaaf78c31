import { ADDRESSES } from '../core/live/view';
import type { NodeView, View } from '../core/live/view';

/** Which nodes carry the virtual address. One should; two do while Keepaliveds do not hear each other. */
export interface VipView {
  /** True when no holders means "nobody", false when it means "not known". */
  readonly known: boolean;
  readonly holders: readonly string[];
}

/** Who holds the virtual address in this view; computed once per view. */
export function vipView(view: View): VipView {
  return view.conclude(conclude);
}

/** Whether the node carries the virtual address; undefined while that is not known. */
export function holdsVip(view: View, node: NodeView): boolean | undefined {
  if (node.usable) return node.fact(ADDRESSES)?.value.includes(view.cluster.vip);
  return node.container === 'unknown' ? undefined : false;
}

function conclude(view: View): VipView {
  const usable = view.nodes.filter((node) => node.usable);
  const carried = usable.map((node) => ({ name: node.name, addresses: node.fact(ADDRESSES)?.value }));
  const holders = carried.filter(({ addresses }) => addresses?.includes(view.cluster.vip));
  return {
    known: holders.length > 0 || carried.every(({ addresses }) => addresses !== undefined),
    holders: holders.map(({ name }) => name),
  };
}
