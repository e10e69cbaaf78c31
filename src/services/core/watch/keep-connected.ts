import { TransportError } from '../../../transport/transport';
import type { Source } from '../live/fact';
import { BackOff } from './back-off';
import type { WatchContext } from './context';
import { pause, until } from './hints';

/** A connection that lived this long counts as good: the next loss is tried again at once. */
const GOOD_AFTER_MS = 5_000;

/**
 * Runs a session on a node again and again until the context's signal is aborted: not while the node is known
 * to be down, with back-off after failures, telling the reducer when the source is lost.
 *
 * @param session runs while the connection lasts; ends or rejects when it is lost
 */
export async function keepConnected(
  context: WatchContext,
  source: Source,
  node: string,
  session: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const { signal, hints } = context;
  const backOff = new BackOff();
  while (!signal.aborted) {
    await until(() => hints.runs(node), signal, hints);
    if (signal.aborted) return;
    const startedAt = context.now();
    const reason = await attempt(session, signal);
    if (signal.aborted) return;
    if (context.now() - startedAt > GOOD_AFTER_MS) backOff.reset();
    context.emit({ kind: 'source', at: context.now(), source: source.id, node, connected: false, reason });
    context.log(`${source.id} of ${node}: ${reason}`);
    await pause(backOff.next(), signal, hints.runs(node) ? undefined : hints);
  }
}

/** Runs one session; its own signal is aborted when it is over, so that nothing of it stays open. */
async function attempt(session: (signal: AbortSignal) => Promise<void>, outer: AbortSignal): Promise<string> {
  const own = new AbortController();
  const stop = (): void => own.abort();
  outer.addEventListener('abort', stop, { once: true });
  try {
    await session(own.signal);
    return 'the connection ended';
  } catch (error) {
    return reasonOf(error);
  } finally {
    outer.removeEventListener('abort', stop);
    own.abort();
  }
}

/** Why a source was lost, for people. */
export function reasonOf(error: unknown): string {
  if (error instanceof TransportError) return error.message;
  return error instanceof Error ? error.message : String(error);
}
