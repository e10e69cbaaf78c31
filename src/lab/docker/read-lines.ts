import type { Readable } from 'node:stream';

/**
 * The lines of a stream, without their ends. The stream is closed when the iteration ends, however it ends.
 *
 * Not `readline`: its iteration never ends when the stream is destroyed without an error, so whoever waits for the
 * next line waits for ever. Here a stream that closes early is an error, as in any `for await` over a stream.
 * @param signal aborting it ends the wait for the next line at once
 * @throws the signal's reason once it is aborted; else what broke the stream
 */
export async function* readLines(stream: Readable, signal: AbortSignal): AsyncGenerator<string> {
  // With an error, so that the wait below ends; an AbortSignal's reason may be anything.
  const stop = (): void => void stream.destroy(new Error('reading was cancelled', { cause: signal.reason }));
  signal.addEventListener('abort', stop, { once: true });
  const decoder = new TextDecoder();
  let begun = '';
  try {
    signal.throwIfAborted();
    for await (const piece of stream) {
      const lines = (begun + decoder.decode(piece as Uint8Array, { stream: true })).split(/\r?\n/);
      begun = lines.pop() ?? '';
      yield* lines;
      signal.throwIfAborted();
    }
    begun += decoder.decode();
    if (begun !== '') yield begun;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    // Whoever stops listening early must not meet the error of a connection that is cut now.
    stream.on('error', () => undefined);
    stream.destroy();
  }
}
