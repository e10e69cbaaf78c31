import { say } from '../../words/message';
import { lost, startFailure } from '../docker/exec-errors';
import { meanwhileShared } from '../meanwhile-shared';
import type { NodeTransport, RunningCommand } from '../transport';
import { TransportError } from '../transport';
import { Doubt } from './doubt';
import type { ChannelId, Frame, Request } from './frames';
import { encodeFrame, FrameReader } from './frames';
import { RELAY_SCRIPT } from './relay-script';

/** The script travels in the environment, so that a process list in the node stays readable. */
const RUN_RELAY: readonly string[] = ['perl', '-e', 'eval $ENV{RELAY}; die $@ if $@', 'relay'];
/** What could not be run, and what died: an engine says both of a container that is about to stop, too. */
const NOT_NOW: ReadonlySet<number> = new Set([126, 255]);
/** From here on exit codes stand for signals. */
const BY_SIGNAL = 128;
/** Perl needs a tenth of a second until it stands, and a machine that is busy some of them. */
const START_LIMIT_MS = 15_000;
/** A relay that nobody uses goes after this time. */
const REST_MS = 100;
/** One that does not go, because its node is frozen, is cut off. It gives what it ends 1.2 s. */
const LEAVE_LIMIT_MS = 5_000;

/** One side of a conversation. */
export interface Channel {
  /** The relay says something of it. */
  hear(frame: Frame): void;
  /** The relay is gone; nothing more comes. */
  fail(error: TransportError): void;
}

/** One process in a node that many conversations share. */
export class Relay {
  private readonly channels = new Map<ChannelId, Channel>();
  private readonly reader = new FrameReader();
  private unsent: { readonly frame: Buffer; readonly done: (() => void) | undefined }[] = [];
  private last: ChannelId = 0;
  private gone = false;
  private resting: NodeJS.Timeout | undefined;
  private ready: (() => void) | undefined;
  private readonly doubt = new Doubt(
    { ping: () => this.send('P', 0), obstacle: () => this.obstacle() },
    (waiting, error) => {
      for (const id of waiting) this.giveUp(id, error);
    },
  );

  private constructor(
    private readonly transport: Pick<NodeTransport, 'node' | 'spawn'>,
    private readonly command: RunningCommand,
    private held: boolean,
  ) {}

  /**
   * @param held as `hold` says
   * @returns undefined where the node has no Perl that can do it; `later` where another attempt may do better
   * @throws TransportError as `spawn` does, `lost` when it ended or has not said a word in time
   */
  static async start(
    transport: Pick<NodeTransport, 'node' | 'spawn'>,
    held: boolean,
  ): Promise<Relay | 'later' | undefined> {
    const command = await transport.spawn(RUN_RELAY, { env: { RELAY: RELAY_SCRIPT } });
    const relay = new Relay(transport, command, held);
    const ended = relay.follow();
    const stands = new Promise<'stands'>((resolve) => {
      relay.ready = () => resolve('stands');
    });
    let late: NodeJS.Timeout | undefined;
    const silent = new Promise<'silent'>((resolve) => {
      late = setTimeout(() => resolve('silent'), START_LIMIT_MS);
    });
    const outcome = await Promise.race([stands, ended, silent]);
    clearTimeout(late);
    if (outcome === 'stands') {
      relay.rest();
      return relay;
    }
    if (outcome === 'silent') void command.kill();
    else if (outcome !== undefined && NOT_NOW.has(outcome)) return 'later';
    else if (outcome !== undefined && outcome < BY_SIGNAL) return undefined;
    throw relay.lost();
  }

  /** False once it ended, or is about to: another one must be started. */
  get serves(): boolean {
    return !this.gone;
  }

  /** Whether it stays although nobody uses it at the moment. */
  hold(held: boolean): void {
    this.held = held;
    this.rest();
  }

  /** Begins a conversation, which fails where the relay has just gone. @returns its number, for what is sent next */
  open(type: Request, data: string, channel: Channel): ChannelId {
    const id = ++this.last;
    if (this.gone) {
      queueMicrotask(() => channel.fail(this.lost()));
      return id;
    }
    clearTimeout(this.resting);
    this.channels.set(id, channel);
    this.doubt.wait(id);
    this.send(type, id, data);
    return id;
  }

  /** @param done called when more may be sent */
  send(type: Request, id: ChannelId, data: string | Uint8Array = '', done?: () => void): void {
    if (this.gone) {
      done?.();
      return;
    }
    // What is asked in one go travels in one piece: each wakes the engine and the node.
    if (this.unsent.length === 0) setImmediate(() => this.flush());
    this.unsent.push({ frame: encodeFrame(type, id, data), done });
  }

  private flush(): void {
    const sent = this.unsent;
    this.unsent = [];
    this.command.stdin.write(Buffer.concat(sent.map(({ frame }) => frame)), () => {
      for (const { done } of sent) done?.();
    });
  }

  /** Nobody listens to this conversation any more. */
  forget(id: ChannelId): void {
    this.channels.delete(id);
    this.doubt.forget(id);
    this.rest();
  }

  /** Asks the engine. @returns why nothing can be started in the node; undefined where something can */
  readonly obstacle = meanwhileShared(() => this.askEngine());

  private async askEngine(): Promise<TransportError | undefined> {
    try {
      const { stdout, stderr, stdin } = await this.transport.spawn(['true']);
      stdin.end();
      stdout.resume();
      stderr.resume();
      return undefined;
    } catch (error) {
      return startFailure(this.transport.node, error);
    }
  }

  /** What a node that does not run has not begun is not to be begun later either. */
  private giveUp(id: ChannelId, error: TransportError): void {
    const channel = this.channels.get(id);
    this.send('X', id);
    this.forget(id);
    channel?.fail(error);
  }

  private rest(): void {
    if (this.held || this.channels.size > 0 || this.gone) return;
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.leave(), REST_MS);
  }

  lost(): TransportError {
    return lost(this.transport.node);
  }

  private leave(): void {
    this.gone = true;
    const { stdin, exit } = this.command;
    stdin.end();
    const late = setTimeout(() => void this.command.kill(), LEAVE_LIMIT_MS);
    late.unref();
    const ended = (): void => clearTimeout(late);
    exit.then(ended, ended);
  }

  /** Reads until it ends. @returns its exit code; undefined when the connection was lost */
  private async follow(): Promise<number | undefined> {
    const { stdout, stderr, exit } = this.command;
    stdout.on('data', (piece: Buffer) => {
      for (const frame of this.reader.push(piece)) this.take(frame);
    });
    stderr.resume();
    // The engine may tell of the end seconds later.
    stdout.once('end', () => this.end());
    const code = await exit.catch(() => undefined);
    this.end();
    return code;
  }

  private end(): void {
    this.gone = true;
    clearTimeout(this.resting);
    this.doubt.stop();
    const channels = [...this.channels.values()];
    this.channels.clear();
    for (const channel of channels) channel.fail(this.lost());
  }

  private take(frame: Frame): void {
    this.doubt.hear(frame.channel);
    if (frame.channel === 0) this.ready?.();
    else this.channels.get(frame.channel)?.hear(frame);
  }
}

/** Why a relay could not begin a conversation: `refused` or `unreachable`, and the system's words. */
export function refusal(node: string, where: string, data: Buffer): TransportError {
  const [reason = '', words = ''] = data.toString('utf8').split('\0');
  const refused = reason === 'refused';
  const said = refused
    ? say('nothing listens at {0} on {1}', where, node)
    : say('{0} on {1} did not answer', where, node);
  return new TransportError(refused ? 'refused' : 'unreachable', node, said, { cause: new Error(words) });
}
