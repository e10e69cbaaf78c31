import { isIPv4 } from 'node:net';
import type { Duplex } from 'node:stream';
import { collect } from '../collect';
import { describeTarget } from '../docker/dialed-stream';
import { throwIfAborted } from '../docker/exec-errors';
import { whileWanted } from '../while-wanted';
import type {
  DialOptions,
  DialTarget,
  ExecOptions,
  ExecResult,
  NodeTransport,
  RunningCommand,
  ShellOptions,
  ShellSession,
} from '../transport';
import { fields } from './frames';
import { Relay } from './relay';
import { RelayedCommand } from './relayed-command';
import { RelayedStream } from './relayed-stream';
import type { RelayedTarget } from './relayed-stream';

/**
 * Reaches a node by one process there, which all conversations share: whoever asks a node many things starts no process of
 * the engine for each of them. The process is started by the first one and goes when nobody uses it. For many small
 * conversations: what is not read is kept in memory, so that no conversation stops another. What a relay cannot do (a
 * terminal, another user, looking names up), and all where the node has no Perl, goes the other way.
 */
export class RelayedTransport implements NodeTransport {
  private starting: ReturnType<typeof Relay.start> | undefined;
  private held = false;

  /** @param direct how the relay is started, and the way of what it cannot do */
  constructor(private readonly direct: NodeTransport) {}

  get node(): string {
    return this.direct.node;
  }

  /** Whether the process stays although nobody uses it at the moment: more is to be asked soon. */
  hold(held: boolean): void {
    this.held = held;
    // What could not be started is told to who wanted it.
    void this.starting?.then(
      (relay) => {
        if (relay instanceof Relay) relay.hold(this.held);
      },
      () => undefined,
    );
  }

  async exec(command: readonly string[], options: ExecOptions = {}): Promise<ExecResult> {
    const { input, ...rest } = options;
    return collect(await this.spawn(command, rest), input);
  }

  async spawn(command: readonly string[], options: Omit<ExecOptions, 'input'> = {}): Promise<RunningCommand> {
    const { user, signal } = options;
    const relay = user === undefined ? await this.relay(signal) : undefined;
    if (!relay) return this.direct.spawn(command, options);
    return new RelayedCommand(relay, this.node, { command, ...options });
  }

  async dial(target: DialTarget, signal?: AbortSignal, options: DialOptions = {}): Promise<Duplex> {
    const relayed = relayedTarget(target, options);
    const relay = relayed && (await this.relay(signal));
    if (!relay) return this.direct.dial(target, signal, options);
    return RelayedStream.connect(relay, this.node, relayed, signal);
  }

  shell(options: ShellOptions): Promise<ShellSession> {
    return this.direct.shell(options);
  }

  /** The one that runs, or a new one. */
  private async relay(signal: AbortSignal | undefined): Promise<Relay | undefined> {
    throwIfAborted(this.node, signal);
    for (;;) {
      const starting = (this.starting ??= this.start());
      const relay = await whileWanted(this.node, starting, signal);
      if (!relay || (relay !== 'later' && relay.serves)) return relay;
      this.drop(starting);
      if (relay === 'later') return undefined;
    }
  }

  private start(): ReturnType<typeof Relay.start> {
    const starting = Relay.start(this.direct, this.held);
    // Perhaps nobody waits for it any more when it fails.
    starting.catch(() => this.drop(starting));
    return starting;
  }

  private drop(starting: ReturnType<typeof Relay.start>): void {
    if (this.starting === starting) this.starting = undefined;
  }
}

/** Undefined for what only the node's own resolver knows: to ask it keeps everybody waiting. */
function relayedTarget(target: DialTarget, options: DialOptions): RelayedTarget | undefined {
  const { endTogether = false, patienceMs = 0 } = options;
  const where = describeTarget(target);
  const together = endTogether ? '1' : '';
  if ('path' in target) return { type: 'U', data: fields(together, 0, target.path), where };
  if (!isIPv4(target.host)) return undefined;
  return { type: 'T', data: fields(together, patienceMs, target.host, target.port), where };
}
