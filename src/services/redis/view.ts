import { mayServe } from '../core/live/view';
import type { Held, NodeView, View } from '../core/live/view';
import { SENTINEL_VIEW } from '../sentinel/facts';
import { REDIS_INFO } from './facts';

/**
 * Who is Redis master. Sentinel decides: the highest configuration epoch is newest. Without any, the only Redis that
 * says it is.
 */
export function redisMaster(view: View): Held {
  return view.conclude(concludeMaster);
}

/** True for a replica whose link to the right master is up. */
export function isFollowing(view: View, node: NodeView): boolean {
  const info = node.usable ? node.fact(REDIS_INFO)?.value : undefined;
  const { holder } = redisMaster(view);
  return (
    info?.role === 'slave' &&
    info.linkUp === true &&
    holder !== undefined &&
    view.placement.nodeAt(info.masterAddress) === holder
  );
}

function concludeMaster(view: View): Held {
  const { nodes, placement } = view;
  const sentinels = nodes
    .filter(({ usable }) => usable)
    .flatMap((node) => node.fact(SENTINEL_VIEW)?.value ?? []);
  const epoch = Math.max(...sentinels.map((sentinel) => sentinel.epoch));
  const votes = sentinels.filter((one) => one.epoch === epoch).map((one) => one.masterAddress);
  const address = mostFrequent(votes);
  if (address !== undefined) {
    const named = placement.nodeAt(address);
    return { known: true, holder: mayServe(view.node(named), 'redis') ? named : undefined };
  }
  const asked = nodes
    .filter((node) => mayServe(node, 'redis'))
    .map((node) => ({ name: node.name, info: node.fact(REDIS_INFO) }));
  const masters = asked.filter(({ info }) => info?.value?.role === 'master');
  const allAsked = asked.every(({ info }) => info !== undefined);
  return {
    known: masters.length === 1 || allAsked,
    holder: masters.length === 1 ? masters[0]?.name : undefined,
  };
}

/** The value most of them name; undefined when there is none or two are named equally often. */
function mostFrequent(values: readonly (string | undefined)[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  const ranked = [...counts].sort((a, b) => b[1] - a[1]);
  return ranked.length > 1 && ranked[0]?.[1] === ranked[1]?.[1] ? undefined : ranked[0]?.[0];
}
