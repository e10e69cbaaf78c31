import { readFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { NodeTransport, RunningCommand } from '../../../src/transport/transport';
import { parseAttempt } from './journeys';
import type { Attempt } from './journeys';

/** What the client must know of the cluster it uses. */
export interface ClientTask {
  /** Begin of all that is written, unique. */
  readonly run: string;
  readonly url: string;
  /** Of SSH. */
  readonly host: string;
  readonly token: string;
  /** Certificates of the lab's authority, PEM. */
  readonly ca: string;
  readonly project: number;
  /** Of the project, e.g. `root/demo`. */
  readonly path: string;
  readonly store: {
    /** Name and port. */
    readonly host: string;
    readonly bucket: string;
    readonly key: string;
    readonly secret: string;
  };
}

/** What is to be read back. */
export interface ReadBack {
  /** Numbers of objects. */
  readonly objects: readonly number[];
  readonly artifacts: readonly { readonly job: number; readonly sha256: string }[];
}

const STOP_LIMIT_MS = 20_000;

async function program(): Promise<readonly string[]> {
  return ['python3', '-u', '-c', await readFile(new URL('./client.py', import.meta.url), 'utf8')];
}

/** A client in the gateway that makes all journeys at once until it is stopped. */
export class TravellingClient {
  private readonly seen: Attempt[] = [];
  private complaint = '';

  private constructor(
    readonly task: ClientTask,
    private readonly command: RunningCommand,
  ) {
    createInterface({ input: command.stdout }).on('line', (line) => {
      const attempt = parseAttempt(line);
      if (attempt) this.seen.push(attempt);
    });
    command.stderr.on('data', (piece: Buffer) => {
      this.complaint = (this.complaint + piece.toString()).slice(-2000);
    });
    command.exit.catch(() => undefined);
  }

  static async start(gateway: NodeTransport, task: ClientTask): Promise<TravellingClient> {
    const command = await gateway.spawn(await program());
    command.stdin.write(`${JSON.stringify(task)}\n`);
    return new TravellingClient(task, command);
  }

  get attempts(): readonly Attempt[] {
    return this.seen;
  }

  /** What the client itself complained about: it should be nothing. */
  get complained(): string {
    return this.complaint;
  }

  /** Lets no more pushes begin: a replica that is behind cannot catch up with somebody who never stops. */
  rest(): void {
    this.command.stdin.write('rest\n');
  }

  /** Lets pushes begin again. */
  go(): void {
    this.command.stdin.write('go\n');
  }

  /** Ends it once its last attempts are known. Safe to repeat. */
  async stop(): Promise<void> {
    this.command.stdin.end();
    const limit = new Promise((resolve) => setTimeout(resolve, STOP_LIMIT_MS).unref());
    await Promise.race([this.command.exit.catch(() => undefined), limit]);
    await this.command.kill();
  }
}

/** Reads objects and artifacts back. @returns those that are not as they should be @throws Error when it cannot be told */
export async function readBack(
  gateway: NodeTransport,
  task: ClientTask,
  asked: ReadBack,
): Promise<{ readonly objects: readonly number[]; readonly artifacts: readonly number[] }> {
  const command = await gateway.spawn(await program());
  const pieces: Buffer[] = [];
  command.stdout.on('data', (piece: Buffer) => pieces.push(piece));
  command.stderr.on('data', (piece: Buffer) => pieces.push(piece));
  const ended = once(command.stdout, 'end');
  command.stdin.write(`${JSON.stringify({ ...task, verify: asked })}\n`);
  await Promise.all([command.exit, ended]);
  const said = Buffer.concat(pieces).toString();
  try {
    return JSON.parse(said) as { objects: number[]; artifacts: number[] };
  } catch {
    throw new Error(`what was stored could not be read back: ${said.slice(-500)}`);
  }
}
