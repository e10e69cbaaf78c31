import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';

/** Characters of what a failed program said last. */
const KEPT_COMPLAINTS = 2000;

export interface RunningGroup {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  /** The exit code, or null when a signal ended it; rejects when the program cannot be started. */
  readonly ended: Promise<number | null>;
  /** Asks the whole group to end; nothing happens when it has ended. */
  readonly stop: () => void;
}

/**
 * Runs a program as the head of a group of processes of its own. When the signal is aborted, the whole group is asked to
 * end: a program that waits for its child would else end, and clean up, only when the child has.
 */
export function startGroup(
  program: string,
  parameters: readonly string[],
  signal: AbortSignal,
): RunningGroup {
  const child = spawn(program, [...parameters], { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const stop = (): void => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    try {
      process.kill(-child.pid, 'SIGTERM');
    } catch {
      return; // It ended in between.
    }
  };
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => signal.removeEventListener('abort', stop));
  // Whoever waits is told; nobody has to.
  ended.catch(() => undefined);
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  return { child, ended, stop };
}

/**
 * Runs a program and has its output consumed. Returns or rejects only when the program has ended: a consumer that fails
 * ends the whole group, which would else wait for ever for somebody to read on.
 * @throws what the consumer or the start of the program rejects with; an Error with the end of what the program
 * complained of when it exits with another code than 0
 */
export async function consumeOutput(
  program: string,
  parameters: readonly string[],
  signal: AbortSignal,
  consume: (output: Readable) => Promise<void>,
): Promise<void> {
  const { child, ended, stop } = startGroup(program, parameters, signal);
  const complaints: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk.toString('utf8')));
  try {
    await consume(child.stdout);
  } catch (error) {
    stop();
    child.stdout.destroy();
    await ended.catch(() => undefined);
    throw error;
  }
  if ((await ended) !== 0) throw new Error(complaints.join('').slice(-KEPT_COMPLAINTS));
}
