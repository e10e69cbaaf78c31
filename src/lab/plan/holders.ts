import type { Cluster } from '../../cluster/cluster';
import { LAYERS } from '../../cluster/layer';
import type { LayerId } from '../../cluster/layer';

/** The nodes that have the data of each layer that keeps some; a layer that does not run is missing. */
export type Holders = Readonly<Partial<Record<LayerId, readonly string[]>>>;

/** Pure. @param cluster as the lab runs it, or as a lab once wrote it down: layers may be missing */
export function holdersOf({ layers }: { readonly layers: Partial<Cluster['layers']> }): Holders {
  return Object.fromEntries(
    LAYERS.flatMap(({ id, keptBy }) => {
      const placement = layers[id];
      return keptBy === undefined || placement?.enabled !== true ? [] : [[id, placement.nodes] as const];
    }),
  );
}

/**
 * The layer whose data would be lost, although it is there: the others copy it from one node that has it and goes on with it,
 * and where nodes vote on it more than half of them must. Pure.
 * @param before who has it
 * @param after who is to have it; a layer that is to run no more keeps what it has on its nodes
 * @param had nodes that are there and have run
 * @param keep nodes that go on with what they hold
 */
export function lostLayer(
  before: Holders,
  after: Holders,
  had: readonly string[],
  keep: readonly string[],
): LayerId | undefined {
  return LAYERS.find(({ id, keptBy }) => {
    const [old, next] = [before[id] ?? [], after[id]];
    if (keptBy === undefined || next === undefined) return false;
    const needed = keptBy === 'one' ? 1 : Math.floor(old.length / 2) + 1;
    const there = old.filter((node) => had.includes(node));
    const kept = there.filter((node) => keep.includes(node) && next.includes(node));
    return there.length >= needed && kept.length < needed;
  })?.id;
}
