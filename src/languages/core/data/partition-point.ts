/**
 * How many items at the beginning of a list a condition holds for, found by halves.
 * @param holds true for some items at the beginning, and for none behind them
 */
export function partitionPoint<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && holds(item)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The last item a condition holds for; undefined when it holds for none. */
export function lastHolding<Item>(items: readonly Item[], holds: (item: Item) => boolean): Item | undefined {
  return items[partitionPoint(items, holds) - 1];
}
