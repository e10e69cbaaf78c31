import { Readable, Writable } from 'node:stream';
import { aborted } from '../docker/exec-errors';
import type { RunningCommand, TransportError } from '../transport';
import type { ChannelId, Frame } from './frames';
import { fields } from './frames';
import { refusal } from './relay';
import type { Channel, Relay } from './relay';

/** What is ended has ended within this time: the node kills it after half of it. One that says nothing may be frozen. */
const END_MS = 1_000;
/** A node that does not answer must not hold whoever ends a command. */
const END_LIMIT_MS = 5_000;

export interface RelayedCommandOptions {
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A command that a relay runs: two outputs, an input and an exit code. */
export class RelayedCommand implements RunningCommand, Channel {
  readonly stdout = new Readable({ read: () => undefined });
  readonly stderr = new Readable({ read: () => undefined });
  readonly stdin: Writable;
  readonly exit: Promise<number>;
  private readonly id: ChannelId;
  private settled = false;
  private settle: (outcome: number | TransportError) => void = () => undefined;
  private ended = false;
  private readonly endings: (() => void)[] = [];
  private killed: Promise<void> | undefined;

  constructor(
    private readonly relay: Relay,
    private readonly node: string,
    private readonly options: RelayedCommandOptions,
  ) {
    const { command, env = {}, signal } = options;
    const given = Object.entries(env).map(([name, value]) => `${name}=${value}`);
    const kill = (): void => void this.kill();
    this.exit = new Promise((resolve, reject) => {
      this.settle = (outcome) => {
        if (this.settled) return;
        this.settled = true;
        signal?.removeEventListener('abort', kill);
        this.stdout.push(null);
        this.stderr.push(null);
        if (typeof outcome === 'number') resolve(outcome);
        else reject(outcome);
      };
    });
    // Whoever reads only the output must not be struck by an unhandled rejection.
    this.exit.catch(() => undefined);
    this.id = relay.open('S', fields(given.length, ...given, ...command), this);
    this.stdin = this.input();
    signal?.addEventListener('abort', kill, { once: true });
    if (signal?.aborted) kill();
  }

  hear({ type, data }: Frame): void {
    if (type === 'r') this.end(refusal(this.node, this.options.command[0] ?? '', data));
    else if (type === 'q') this.end(Number(data.toString()));
    else if (this.settled) return;
    else if (type === 'd') this.stdout.push(data);
    else if (type === 'e') this.stderr.push(data);
  }

  fail(error: TransportError): void {
    this.end(error);
  }

  /** Whoever waits for the command hears of it at once: the node may not be able to say anything. */
  kill(): Promise<void> {
    this.killed ??= this.killOnce();
    return this.killed;
  }

  private async killOnce(): Promise<void> {
    if (this.ended) return;
    this.relay.send('X', this.id);
    this.settle(aborted(this.node, this.options.signal?.reason));
    const ended = new Promise<void>((resolve) => this.endings.push(resolve));
    await Promise.race([ended, this.untellable(), limit(END_LIMIT_MS)]);
    this.relay.forget(this.id);
  }

  /** Resolves when the node has not ended it in time and nothing can be told to it. */
  private async untellable(): Promise<void> {
    await limit(END_MS);
    const obstacle = this.ended || (await this.relay.obstacle());
    if (!obstacle) await limit(END_LIMIT_MS);
  }

  private end(outcome: number | TransportError): void {
    this.ended = true;
    this.relay.forget(this.id);
    this.settle(outcome);
    for (const resolve of this.endings) resolve();
  }

  /** Writing to a command that has ended is no error, as with the connection to one that the engine started. */
  private input(): Writable {
    return new Writable({
      write: (chunk: Buffer, _encoding, done) => this.relay.send('D', this.id, chunk, () => done()),
      final: (done) => {
        this.relay.send('E', this.id);
        done();
      },
    });
  }
}

/** A pause that keeps no program alive. */
function limit(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
