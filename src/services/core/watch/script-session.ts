import type { RunningCommand } from '../../../transport/transport';
import type { WatchContext } from './context';
import { LineBuffer } from './lines';

/** A script that ends by itself when its input is closed gets this long to do so before it is killed. */
const LEAVE_MS = 700;

/** The script travels in the environment, so that a process list in the node stays readable. */
const RUN_SCRIPT: readonly string[] = ['bash', '-c', 'eval "$OBSERVE"'];

export interface ScriptOptions {
  readonly node: string;
  /** What process lists in the node show. */
  readonly name: string;
  /** A constant Bash script. It must end when its standard input is closed. */
  readonly script: string;
  /** Its positional parameters. */
  readonly parameters: readonly string[];
  readonly onLine: (line: string) => void;
  /** Called once with what to write lines to. */
  readonly onStarted?: (write: (line: string) => void) => void;
  /** Without a line for this long on a node that runs, the connection counts as lost. Milliseconds. */
  readonly silenceMs: number;
}

/** Runs a script in a node and hands over its lines; resolves when it ended, rejects when it fell silent. */
export async function runScript(
  context: WatchContext,
  options: ScriptOptions,
  signal: AbortSignal,
): Promise<void> {
  const command = await start(context, options, signal);
  if (!command) return;
  if (signal.aborted) {
    await leave(command);
    return;
  }
  let heardAt = context.now();
  const buffer = new LineBuffer();
  command.stdout.on('data', (chunk: Buffer) => {
    heardAt = context.now();
    if (!signal.aborted) for (const line of buffer.push(chunk)) options.onLine(line);
  });
  command.stderr.resume();
  options.onStarted?.((line) => void command.stdin.write(`${line}\n`));
  const silence = watchSilence(context, options, () => heardAt);
  const stopped = aborted(signal);
  try {
    await Promise.race([command.exit, silence.broken, stopped.promise]);
  } finally {
    silence.stop();
    stopped.stop();
    await leave(command);
  }
}

/** The signal gives up the start only: a script that runs is asked to leave. @returns undefined when it was given up */
async function start(
  context: WatchContext,
  { node, name, script, parameters }: ScriptOptions,
  signal: AbortSignal,
): Promise<RunningCommand | undefined> {
  const transport = await context.transport(node);
  const starting = new AbortController();
  const giveUp = (): void => starting.abort(signal.reason);
  signal.addEventListener('abort', giveUp, { once: true });
  if (signal.aborted) giveUp();
  try {
    return await transport.spawn([...RUN_SCRIPT, name, ...parameters], {
      env: { OBSERVE: script },
      signal: starting.signal,
    });
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

function watchSilence(
  context: WatchContext,
  { node, silenceMs }: ScriptOptions,
  heardAt: () => number,
): { readonly broken: Promise<never>; stop(): void } {
  let stop = (): void => undefined;
  let runsSince = context.now();
  const broken = new Promise<never>((_, reject) => {
    const timer = setInterval(() => {
      const now = context.now();
      // A paused node is silent and does not lose its connection by that.
      if (!context.hints.runs(node)) runsSince = now;
      else if (now - Math.max(heardAt(), runsSince) > silenceMs) reject(new Error('no answer any more'));
    }, 1_000);
    stop = (): void => clearInterval(timer);
  });
  return { broken, stop: () => stop() };
}

function aborted(signal: AbortSignal): { readonly promise: Promise<void>; stop(): void } {
  let stop = (): void => undefined;
  const promise = new Promise<void>((resolve) => {
    const done = (): void => resolve();
    if (signal.aborted) done();
    signal.addEventListener('abort', done, { once: true });
    stop = (): void => signal.removeEventListener('abort', done);
  });
  return { promise, stop: () => stop() };
}

/** Closing the input is enough for a script that listens; what does not leave in time is killed. */
async function leave(command: RunningCommand): Promise<void> {
  command.stdin.end();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), LEAVE_MS);
  });
  const outcome = await Promise.race([command.exit.catch(() => 'lost' as const), late]);
  clearTimeout(timer);
  if (outcome === 'late') await command.kill();
}
