import type { WatchContext } from './context';
import { pause } from './hints';

export interface Pace {
  /** Milliseconds between two questions while nothing happens. */
  readonly quietMs: number;
  /** Milliseconds between two questions for some seconds after a change. */
  readonly hurriedMs: number;
  /** True while the next question should come as after a change, e.g. because the last answer was that it is on its way. */
  readonly hurries?: () => boolean;
}

/** Asks at once, at every hint and at the given pace until the signal is aborted; not while the node is down. */
export async function poll(
  context: WatchContext,
  node: string,
  pace: Pace,
  signal: AbortSignal,
  ask: () => Promise<void>,
): Promise<void> {
  while (!signal.aborted) {
    const askedAt = context.now();
    if (context.hints.runs(node)) await ask();
    const hurries = context.hints.hurried() || pace.hurries?.() === true;
    await pause(hurries ? pace.hurriedMs : pace.quietMs, signal, context.hints);
    // Several hints in a row must not become as many questions.
    const rest = MIN_GAP_MS - (context.now() - askedAt);
    if (rest > 0) await pause(rest, signal);
  }
}

const MIN_GAP_MS = 100;
