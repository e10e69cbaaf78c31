import { TransportError } from '../../transport/transport';
import type { LabService } from '../lab-service';

/** A node answers in tenths of a second; one that does not may be frozen, and the next one tells the same. */
const PATIENCE_MS = 5_000;

/** What a command prints on a node; undefined where it fails, or the node cannot be reached or does not answer in time. */
export async function toldBy(
  labs: Pick<LabService, 'transport'>,
  lab: string,
  node: string,
  command: readonly string[],
): Promise<string | undefined> {
  try {
    const transport = await labs.transport(lab, node);
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const { exitCode, stdout } = await transport.exec(command, { signal });
    return exitCode === 0 ? stdout : undefined;
  } catch (error) {
    if (error instanceof TransportError) return undefined;
    throw error;
  }
}
