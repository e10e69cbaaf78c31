import { say } from '../../words/message';
import type { Message } from '../../words/message';
import { createInterface } from 'node:readline';
import { TransportError } from '../../transport/transport';
import type { NodeTransport, RunningCommand } from '../../transport/transport';
import { LabError } from '../../lab/lab-error';
import { CORE_PROFILE } from '../../lab/profiles/core/profile';
import { clientWay, paceOf } from '../../services/client-ways';
import type { Loss } from './loss';
import { lossOf } from './loss';
import type { Presence } from './probe-output';
import { numbersIn, parseAttempt, parsePresence } from './probe-output';
import type { ProbePath, WriteAttempt } from './write-attempt';

/** The gateway is made of the lab's own image. */
const PROBE = CORE_PROFILE.probe;

const VERIFY_TIMEOUT_MS = 30_000;
const FORGET_TIMEOUT_MS = 5_000;
/** For starting the program and its answer. */
const FORGET_OVERHEAD_MS = 3_000;

export interface ProbeOptions {
  readonly path: ProbePath;
  /** Name of the measurement, unique: rows are told apart by it. */
  readonly run: string;
  /** Milliseconds between the starts of two attempts. */
  readonly intervalMs?: number;
  /** Milliseconds after which an attempt counts as failed. */
  readonly timeoutMs?: number;
}

/** A client that writes through the virtual address, one attempt after the other, until it is stopped. */
export class ProbeSession {
  private readonly seen: WriteAttempt[] = [];
  private readonly listeners = new Set<(attempt: WriteAttempt) => void>();
  private ended: number | undefined;

  private constructor(
    readonly options: ProbeOptions,
    private readonly command: RunningCommand,
  ) {
    createInterface({ input: command.stdout }).on('line', (line) => this.note(line));
    // What it complains about is in its attempts; unread, the output would block it.
    command.stderr.resume();
    // A probe that ends by itself shows as attempts that stay away.
    command.exit.catch(() => undefined);
  }

  /** Starts the probe in the gateway. @throws TransportError when the gateway cannot be reached. */
  static async start(gateway: NodeTransport, options: ProbeOptions): Promise<ProbeSession> {
    const pace = paceOf(options.path);
    const interval = String(options.intervalMs ?? pace.intervalMs);
    const timeout = String(options.timeoutMs ?? pace.timeoutMs);
    const { run } = options;
    const flags = ['--run', run, '--interval', interval, '--timeout', timeout];
    return new ProbeSession(options, await gateway.spawn([PROBE, clientWay(options.path).command, ...flags]));
  }

  /** All attempts so far, in the order of their ends. */
  get attempts(): readonly WriteAttempt[] {
    return this.seen;
  }

  /** When it was stopped, milliseconds since the epoch; undefined while it runs. */
  get endedAt(): number | undefined {
    return this.ended;
  }

  /** Resolves when the probe ends by itself, e.g. with its gateway; never rejects. */
  get over(): Promise<void> {
    return this.command.exit.then(
      () => undefined,
      () => undefined,
    );
  }

  /** Calls back for each attempt from now on. */
  onAttempt(listener: (attempt: WriteAttempt) => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  /** Ends the probe and waits until its last attempt is known. Safe to call twice. */
  async stop(): Promise<void> {
    if (this.ended !== undefined) return;
    this.ended = Date.now();
    await this.command.kill();
  }

  private note(line: string): void {
    const attempt = parseAttempt(line);
    if (!attempt) return;
    this.seen.push(attempt);
    for (const listener of [...this.listeners]) listener(attempt);
  }
}

/** Where a server of the cluster answers. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
}

/**
 * Compares what the session's client was promised with what `server` has; that must be the one that leads according
 * to the coordination service. Where nothing is kept nothing is lost.
 * @param server undefined where the way itself is asked
 * @throws LabError `not-healthy` when it does not answer or is no primary
 */
export async function verifyWrites(
  gateway: NodeTransport,
  session: ProbeSession,
  server: ServerAddress | undefined,
): Promise<Loss> {
  const { path, run } = session.options;
  if (clientWay(path).keeps === false)
    return lossOf(
      session.attempts,
      session.attempts.map(({ sequence }) => sequence),
    );
  const presence = await askPresence(gateway, path, run, server);
  if (!presence.primary) throw unverified(path, server, say('it is no primary'));
  return lossOf(session.attempts, numbersIn(presence.present));
}

/**
 * Removes what a session wrote, through the virtual address, so that measuring leaves nothing behind. A cluster that does
 * not take it within five seconds keeps it, which harms nobody; never rejects for that.
 */
export async function forgetWrites(gateway: NodeTransport, session: ProbeSession): Promise<void> {
  const { path, run } = session.options;
  if (session.attempts.length === 0 || clientWay(path).keeps === false) return;
  const flags = ['--path', path, '--run', run, '--timeout', String(FORGET_TIMEOUT_MS)];
  const signal = AbortSignal.timeout(FORGET_TIMEOUT_MS + FORGET_OVERHEAD_MS);
  try {
    await gateway.exec([PROBE, 'forget', ...flags], { signal });
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
  }
}

async function askPresence(
  gateway: NodeTransport,
  path: ProbePath,
  run: string,
  server: ServerAddress | undefined,
): Promise<Presence> {
  const place = server ? ['--host', server.host, '--port', String(server.port)] : [];
  const flags = ['--path', path, '--run', run, '--timeout', String(VERIFY_TIMEOUT_MS)];
  const { exitCode, stdout, stderr } = await gateway.exec([PROBE, 'verify', ...flags, ...place]);
  const presence = parsePresence(stdout);
  if (exitCode !== 0 || !presence) throw unverified(path, server, (stdout + stderr).trim());
  return presence;
}

function unverified(path: ProbePath, server: ServerAddress | undefined, why: Message | string): LabError {
  if (!server)
    return new LabError(
      'not-healthy',
      say('What {0} keeps could not be read: {1}', clientWay(path).title, why),
      say('Wait until the cluster is whole and measure again.'),
    );
  const { host, port } = server;
  return new LabError(
    'not-healthy',
    say('What {0} has at {1}:{2} could not be read: {3}', path, host, port, why),
    say('Wait until the cluster is whole and measure again.'),
  );
}
