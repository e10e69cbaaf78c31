import { listed, say } from '../../words/message';
import type { Message } from '../../words/message';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NodeTransport } from '../../transport/transport';
import { LabError, saidBy } from '../lab-error';

const POLL_MS = 100;
/** A quiet machine needs less than 1 s; the scripts that apply the settings try for 10 s and more. */
const TIMEOUT_MS = 60_000;

export interface SettingsInForceContext {
  readonly nodes: readonly string[];
  /** Program and arguments that say on a node what does not go by its settings yet. */
  readonly check: readonly string[];
  readonly transport: (node: string) => Promise<NodeTransport>;
  readonly signal: AbortSignal;
  /** Called with what is still missing. */
  readonly onWaiting: (reasons: readonly Message[]) => void;
  /** Milliseconds until it gives up. */
  readonly timeoutMs?: number;
}

/** A program of a node that goes by its new settings from its next start only. */
export interface PendingProgram {
  readonly node: string;
  readonly program: string;
  /** A clause: "max_connections is 400 until its next start, then 300". */
  readonly because: string;
}

const PENDING = /^pending ([a-z][a-z0-9-]*): (.+)$/;

/**
 * Waits until the programs of all nodes go by the settings they were given: those that remember older ones learn of
 * the new a moment after they are well.
 * @returns the programs that only a start brings to their settings; waiting for them would be in vain
 * @throws LabError `not-healthy` with what is missing, `cancelled` when the signal says so
 */
export async function settingsInForce(context: SettingsInForceContext): Promise<readonly PendingProgram[]> {
  const { nodes, signal, onWaiting, timeoutMs = TIMEOUT_MS } = context;
  const limit = AbortSignal.timeout(timeoutMs);
  const either = AbortSignal.any([signal, limit]);
  let missing: readonly Message[] = [];
  for (;;) {
    if (signal.aborted) throw cancelled();
    const said = (await Promise.all(nodes.map((node) => missingOn(context, node, either)))).flat();
    const pending = said.flatMap(pendingOf);
    if (pending.length === said.length) return pending;
    // A question that was broken off says less than the one before.
    if (!limit.aborted || missing.length === 0)
      missing = said.map(({ node, line }) => listed([node, line], ': '));
    onWaiting(missing);
    if (limit.aborted) throw notInForce(timeoutMs, missing);
    await sleep(POLL_MS);
  }
}

interface Said {
  readonly node: string;
  readonly line: Message | string;
}

function pendingOf({ node, line }: Said): readonly PendingProgram[] {
  if (typeof line !== 'string') return [];
  const [, program, because] = PENDING.exec(line) ?? [];
  return program === undefined || because === undefined ? [] : [{ node, program, because }];
}

async function missingOn(
  { transport, signal, check }: SettingsInForceContext,
  node: string,
  limit: AbortSignal,
): Promise<readonly Said[]> {
  try {
    const reach = await transport(node);
    const { exitCode, stdout } = await reach.exec(check, { signal: limit });
    if (exitCode === 0) return [];
    const lines = stdout.split('\n').filter((line) => line !== '');
    return lines.length === 0
      ? [{ node, line: say('its settings cannot be checked') }]
      : lines.map((line) => ({ node, line }));
  } catch (error) {
    if (signal.aborted) throw cancelled();
    if (limit.aborted) return [{ node, line: say('its settings cannot be checked') }];
    return [{ node, line: saidBy(error) }];
  }
}

function cancelled(): LabError {
  return new LabError(
    'cancelled',
    say('Waiting for the settings was cancelled.'),
    say('Start again when you like.'),
  );
}

function notInForce(timeoutMs: number, missing: readonly Message[]): LabError {
  return new LabError(
    'not-healthy',
    say(
      'After {0} s the cluster does not go by its settings: {1}',
      Math.round(timeoutMs / 1000),
      listed(missing, '; '),
    ),
    say('Look at the logs of the services named; deploy again.'),
  );
}
