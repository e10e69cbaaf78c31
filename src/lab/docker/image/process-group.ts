import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';

export interface RunningGroup {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  /** The exit code, or null when a signal ended it; rejects when the program cannot be started. */
  readonly ended: Promise<number | null>;
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
  return { child, ended };
}
