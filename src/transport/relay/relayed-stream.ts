import { Duplex } from 'node:stream';
import { aborted, lost } from '../docker/exec-errors';
import type { TransportError } from '../transport';
import type { ChannelId, Frame } from './frames';
import { refusal } from './relay';
import type { Channel, Relay } from './relay';

/** What is dialled, as a relay is asked for it. */
export interface RelayedTarget {
  readonly type: 'T' | 'U';
  readonly data: string;
  /** The target as people write it. */
  readonly where: string;
}

/** A byte stream through a relay. Ending it ends only our direction; what the far side still sends arrives. */
export class RelayedStream extends Duplex implements Channel {
  private readonly id: ChannelId;
  private over = false;
  private settle: ((error?: TransportError) => void) | undefined;

  private constructor(
    private readonly relay: Relay,
    private readonly node: string,
    private readonly target: RelayedTarget,
  ) {
    super({ allowHalfOpen: true });
    this.id = relay.open(target.type, target.data, this);
  }

  /**
   * Resolves once the target has accepted the connection.
   * @throws TransportError `refused`, `unreachable`, `lost` or `aborted`
   */
  static async connect(
    relay: Relay,
    node: string,
    target: RelayedTarget,
    signal: AbortSignal | undefined,
  ): Promise<RelayedStream> {
    const stream = new RelayedStream(relay, node, target);
    const giveUp = (): void => stream.fail(aborted(node, signal?.reason));
    signal?.addEventListener('abort', giveUp, { once: true });
    try {
      await new Promise<void>((resolve, reject) => {
        stream.settle = (error) => (error ? reject(error) : resolve());
        if (signal?.aborted) giveUp();
      });
      return stream;
    } catch (error) {
      // Nobody else holds the stream yet, so its own error event has no reader.
      stream.on('error', () => undefined);
      stream.destroy();
      throw error;
    } finally {
      stream.settle = undefined;
      signal?.removeEventListener('abort', giveUp);
    }
  }

  hear({ type, data }: Frame): void {
    if (type === 'o') this.settle?.();
    else if (type === 'd') this.push(data);
    else if (type === 'z') this.push(null);
    else if (type === 'r') this.conclude(refusal(this.node, this.target.where, data));
    else if (type === 'q') this.conclude();
  }

  fail(error: TransportError): void {
    if (this.settle) this.settle(error);
    else if (!this.readableEnded) this.destroy(error);
  }

  override _read(): void {
    // What comes is handed on at once: a conversation that is not read must not stop the others.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    // Node's HTTP client ends a request with an empty piece, and takes it as sent before it is told so: were it told
    // after the answer came, it would give the connection back twice and lose the next answer.
    if (chunk.length === 0) done();
    else if (this.over || !this.relay.serves) done(lost(this.node));
    else this.relay.send('D', this.id, chunk, done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.relay.send('E', this.id);
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (!this.over) this.relay.send('X', this.id);
    this.relay.forget(this.id);
    done(error);
  }

  /** The relay has ended the conversation. */
  private conclude(error?: TransportError): void {
    this.over = true;
    this.relay.forget(this.id);
    if (error) this.fail(error);
    else if (!this.readableEnded) this.push(null);
  }
}
