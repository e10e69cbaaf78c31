import { listed, say } from '../../words/message';
import type { Message } from '../../words/message';
import type { Lack } from '../../observe/wholeness';
import type { NodeTransport } from '../../transport/transport';
import { TransportError } from '../../transport/transport';
import { LabError, saidBy } from '../lab-error';
import { CORE_PROFILE } from '../profiles/core/profile';
import { clientWayTitle } from '../../services/client-ways';

/** The client that writes through the virtual address; its interface is described at the top of lab/image's `probe`. */
const PROBE = CORE_PROFILE.probe;

/** One row, the same for ever. */
const RUN = 'whole';
const GATEWAY = 'gateway';
/** What the gateway needs besides waiting for an answer. */
const OVERHEAD_MS = 5_000;

export interface ClientWritesOptions {
  /** Milliseconds after which a write that is not acknowledged counts as missing; it is tried again until then. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/**
 * Writes once as a client of the cluster does: from the gateway, through the virtual address, on each way that the
 * workspace's files offer.
 * @returns what is missing, one short phrase each; empty when every write was acknowledged or there is no way
 * @throws LabError `cancelled` when the signal says so
 */
export async function missingWrites(
  transport: (node: string) => Promise<NodeTransport>,
  options: ClientWritesOptions,
): Promise<readonly Message[]> {
  return (await refusedWrites(transport, options)).map(({ text }) => text);
}

/**
 * The same, each with its place: the way into the cluster, or the gateway.
 * @throws LabError `cancelled` when the signal says so
 */
export async function refusedWrites(
  transport: (node: string) => Promise<NodeTransport>,
  options: ClientWritesOptions,
): Promise<readonly Lack[]> {
  const { timeoutMs, signal } = options;
  const command = [PROBE, 'check', '--run', RUN, '--timeout', String(timeoutMs)];
  const limit = AbortSignal.timeout(timeoutMs + OVERHEAD_MS);
  const either = signal ? AbortSignal.any([signal, limit]) : limit;
  try {
    const gateway = await transport(GATEWAY);
    const { exitCode, stdout, stderr } = await gateway.exec(command, { signal: either });
    const missing = stdout.split('\n').flatMap(refusedOn);
    if (exitCode === 0 || missing.length > 0) return missing;
    return [
      ofGateway(say('the gateway cannot write: {0}', lastLine(stderr) ?? say('exit code {0}', exitCode))),
    ];
  } catch (error) {
    if (signal?.aborted) throw cancelled();
    if (limit.aborted) return [ofGateway(say('the gateway does not answer'))];
    if (error instanceof TransportError || error instanceof LabError)
      return [ofGateway(listed([GATEWAY, saidBy(error)], ': '))];
    throw error;
  }
}

/** One line of `probe check`: a way, and whether its write was acknowledged. */
function refusedOn(line: string): readonly Lack[] {
  const outcome = parse(line);
  if (outcome === undefined || outcome['ok'] !== false) return [];
  const { path, host, port, error } = outcome;
  const title = clientWayTitle(String(path));
  const text = say(
    'no client can write to {0} at {1}:{2}: {3}',
    title,
    String(host),
    String(port),
    String(error),
  );
  return [{ service: `write to ${String(path)}`, text }];
}

function ofGateway(text: Message): Lack {
  return { node: GATEWAY, text };
}

function parse(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined; // The end of the output, or a line that was cut off.
  }
}

function lastLine(text: string): string | undefined {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .at(-1);
}

function cancelled(): LabError {
  return new LabError(
    'cancelled',
    say('Waiting for a write was cancelled.'),
    say('Start again when you like.'),
  );
}
