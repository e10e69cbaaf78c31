/** A fault's place in the order of a soak. */
export interface Turn<F> {
  /** From 1. */
  readonly number: number;
  readonly fault: F;
}

/** Each fault as often as it is due, in an order that a seed decides. */
export function scheduleOf<F extends { readonly runs: number }>(
  faults: readonly F[],
  seed: number,
): readonly Turn<F>[] {
  const all = faults.flatMap((one) => Array.from({ length: one.runs }, () => one));
  const random = randomOf(seed);
  for (let at = all.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    const [here, there] = [all[at], all[other]];
    if (here && there) [all[at], all[other]] = [there, here];
  }
  return all.map((fault, at) => ({ number: at + 1, fault }));
}

/** mulberry32: the same numbers from 0 to 1 for the same seed on every machine. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
