import { aborted, throwIfAborted } from './docker/exec-errors';

/**
 * Waits for what goes on although nobody may wait for it any more.
 * @throws TransportError `aborted` as soon as the signal says so, and what the work rejects with
 */
export async function whileWanted<T>(
  node: string,
  work: Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  if (!signal) return work;
  let giveUp = (): void => undefined;
  const given = new Promise<never>((_, reject) => {
    giveUp = () => reject(aborted(node, signal.reason));
  });
  signal.addEventListener('abort', giveUp, { once: true });
  if (signal.aborted) giveUp();
  try {
    const outcome = await Promise.race([work, given]);
    throwIfAborted(node, signal);
    return outcome;
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
