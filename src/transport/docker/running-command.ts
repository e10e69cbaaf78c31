import { Readable } from 'node:stream';
import type { ContainerProcess } from './container-process';
import { Demultiplexer } from './demultiplexer';
import { aborted, lost } from './exec-errors';
import type { RunningCommand } from '../transport';

/**
 * Presents a process without a terminal as two outputs, an input and an exit code. The connection is read only
 * as fast as both outputs are, as with the pipes of a local process.
 */
export function runningCommand(process: ContainerProcess, signal: AbortSignal | undefined): RunningCommand {
  const connection = process.connection;
  const resume = (): void => void connection.resume();
  const stdout = new Readable({ read: resume });
  const stderr = new Readable({ read: resume });
  const demultiplexer = new Demultiplexer((output, piece) => {
    const accepted = (output === 'stdout' ? stdout : stderr).push(piece);
    if (!accepted) connection.pause();
  });
  connection.on('data', (chunk: Buffer) => demultiplexer.push(chunk));

  let killed = false;
  const kill = (): void => {
    killed = true;
    void process.end('end');
  };
  const exit = new Promise<number>((resolve, reject) => {
    let finished = false;
    const finish = (complete: boolean, cause?: unknown): void => {
      if (finished) return;
      finished = true;
      stdout.push(null);
      stderr.push(null);
      if (complete) process.exitCode().then(resolve, reject);
      else reject(killed ? aborted(process.node, signal?.reason) : lost(process.node, cause));
    };
    connection.once('end', () => finish(demultiplexer.atFrameBoundary && !killed));
    // Stays attached: writing to a command that has ended is an error of the connection, not of the caller.
    connection.on('error', (cause: unknown) => finish(false, cause));
    connection.once('close', () => finish(false));
  });
  const forget = (): void => signal?.removeEventListener('abort', kill);
  // Whoever reads only the output must not be struck by an unhandled rejection.
  exit.then(forget, forget);
  signal?.addEventListener('abort', kill, { once: true });
  return { stdout, stderr, stdin: connection, exit, kill };
}
