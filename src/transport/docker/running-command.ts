import { Readable } from 'node:stream';
import type { ContainerProcess } from './container-process';
import { Demultiplexer } from './demultiplexer';
import { aborted, lost } from './exec-errors';
import { FirstWords } from './first-words';
import type { RunningCommand } from '../transport';

interface Outputs {
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** True between two frames: only there may the connection end without loss. */
  complete(): boolean;
  /** Docker's words about a process that never started. */
  readonly complaint: () => string | undefined;
  /** Ends both once everything that came has been handed on. */
  end(): Promise<void>;
}

/**
 * Presents a process without a terminal as two outputs, an input and an exit code. The connection is read only
 * as fast as both outputs are, as with the pipes of a local process.
 */
export function runningCommand(process: ContainerProcess, signal: AbortSignal | undefined): RunningCommand {
  const connection = process.connection;
  const outputs = readOutputs(process);
  let killed = false;
  const kill = (): Promise<void> => {
    killed = true;
    return process.end('end');
  };
  const abort = (): void => void kill();
  const exit = new Promise<number>((resolve, reject) => {
    let finished = false;
    const finish = (complete: boolean, cause?: unknown): void => {
      if (finished) return;
      finished = true;
      void outputs.end();
      if (complete) process.exitCode().then(resolve, reject);
      else reject(killed ? aborted(process.node, signal?.reason) : lost(process.node, cause));
    };
    connection.once('end', () => finish(outputs.complete() && !killed));
    // Stays attached: writing to a command that has ended is an error of the connection, not of the caller.
    connection.on('error', (cause: unknown) => finish(false, cause));
    connection.once('close', () => finish(false));
  });
  const forget = (): void => signal?.removeEventListener('abort', abort);
  // Whoever reads only the output must not be struck by an unhandled rejection.
  exit.then(forget, forget);
  signal?.addEventListener('abort', abort, { once: true });
  const { stdout, stderr, complaint } = outputs;
  return { stdout, stderr, stdin: connection, complaint, exit, kill };
}

function readOutputs(process: ContainerProcess): Outputs {
  const connection = process.connection;
  let complaint: string | undefined;
  const resume = (): void => {
    if (words.flows) connection.resume();
  };
  const stdout = new Readable({ read: resume });
  const stderr = new Readable({ read: resume });
  const demultiplexer = new Demultiplexer((output, piece) => words.take(output, piece));
  const words = new FirstWords({
    sink: (output, piece) => {
      if (!(output === 'stdout' ? stdout : stderr).push(piece)) connection.pause();
    },
    atFrameBoundary: () => demultiplexer.atFrameBoundary,
    neverStarted: () => process.neverStarted(),
    complained: (words) => (complaint = words),
    hold: () => void connection.pause(),
    release: () => void connection.resume(),
  });
  connection.on('data', (chunk: Buffer) => demultiplexer.push(chunk));
  const end = async (): Promise<void> => {
    await words.finish();
    stdout.push(null);
    stderr.push(null);
  };
  const complete = (): boolean => demultiplexer.atFrameBoundary;
  return { stdout, stderr, complete, complaint: () => complaint, end };
}
