import { Duplex } from 'node:stream';
import type { ClientChannel } from 'ssh2';

/** What a program on the far side may say in its own defence; bytes. */
const LONGEST_COMPLAINT = 4 * 1024;

export interface ChannelEvents {
  /** Whether somebody waits for this stream: an idle one does not keep the connection, nor the process. */
  readonly onHeld: (held: boolean) => void;
  readonly onClose: () => void;
  /** The error of a stream whose channel is gone. @param complaint what a program that failed said, or empty */
  readonly failure: (complaint: string) => Error;
}

/**
 * An SSH channel as a socket: a write on a closed channel fails instead of waiting for ever, `destroy` destroys, and
 * `ref` and `unref` are those of the connection.
 */
export class ChannelStream extends Duplex {
  private held = false;
  private over = false;
  private received = false;
  private complaint = '';
  private exitCode: number | null = 0;
  private writing: ((error?: Error | null) => void) | undefined;

  constructor(
    private readonly channel: ClientChannel,
    private readonly events: ChannelEvents,
  ) {
    super({ allowHalfOpen: false });
    channel.on('data', (chunk: Buffer) => {
      this.received = true;
      if (!this.push(chunk)) channel.pause();
    });
    channel.stderr.on('data', (chunk: Buffer) => {
      if (this.complaint.length < LONGEST_COMPLAINT) this.complaint += chunk.toString('utf8');
    });
    channel.on('exit', (code: number | null) => (this.exitCode = code));
    channel.on('error', (error: Error) => this.destroy(error));
    channel.once('close', () => this.channelClosed());
    // A program's exit code comes after the end of its output, and tells whether that end is a failure.
    if (channel.type !== 'session') channel.once('end', () => this.push(null));
    this.ref();
  }

  /** The connection is gone, and this stream with it. */
  lose(): void {
    this.destroy(this.events.failure(''));
  }

  ref(): this {
    return this.hold(!this.destroyed);
  }

  unref(): this {
    return this.hold(false);
  }

  override _read(): void {
    this.channel.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (this.over) return done(this.events.failure(''));
    this.writing = done;
    this.channel.write(chunk, () => this.written());
  }

  override _final(done: (error?: Error | null) => void): void {
    if (!this.over) this.channel.end();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.hold(false);
    this.over = true;
    this.channel.destroy();
    this.events.onClose();
    done(error);
  }

  private written(error?: Error): void {
    const done = this.writing;
    this.writing = undefined;
    done?.(error);
  }

  private channelClosed(): void {
    this.over = true;
    if (this.exitCode !== 0 && !this.received) this.destroy(this.events.failure(this.complaint.trim()));
    this.written(this.writing && this.events.failure(''));
    if (!this.destroyed) this.push(null);
  }

  private hold(held: boolean): this {
    if (held === this.held) return this;
    this.held = held;
    this.events.onHeld(held);
    return this;
  }
}
