import type { NodeTransport } from '../../../transport/transport';
import { TransportError } from '../../../transport/transport';

/** A container answers in tenths of a second; of one that does not the engine is asked. */
const PATIENCE_MS = 5_000;

/** JSON holds neither of the two: the one ends a file, the other one says before it that it could not be read. */
const END = '\0';
const NONE = '\x01';
const SCRIPT = `for file; do cat "$file" 2>/dev/null || printf '\\1'; printf '\\0'; done`;

/**
 * Reads files that hold JSON in a running container, all by one process: the engine starts one of its own for each.
 * @returns a text per file, in their order, undefined for one that is not there; undefined when the container does not say it
 */
export async function readTexts(
  transport: Pick<NodeTransport, 'exec'>,
  paths: readonly string[],
): Promise<readonly (string | undefined)[] | undefined> {
  try {
    const { exitCode, stdout } = await transport.exec(['sh', '-c', SCRIPT, 'read-kept', ...paths], {
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const texts = stdout.split(END).slice(0, -1);
    if (exitCode !== 0 || texts.length !== paths.length) return undefined;
    return texts.map((text) => (text.endsWith(NONE) ? undefined : text));
  } catch (error) {
    if (error instanceof TransportError) return undefined; // It has stopped, or is about to.
    throw error;
  }
}
