import { say } from '../../words/message';
import { Duplex } from 'node:stream';
import type { ContainerProcess } from './container-process';
import { Demultiplexer } from './demultiplexer';
import { aborted, lost } from './exec-errors';
import type { DialOptions, DialTarget, TransportFailure } from '../transport';
import { TransportError } from '../transport';

const CONNECT_TIMEOUT_S = 10;
/**
 * How long the far side may stay silent after we have ended our direction; socat's own default, half a second,
 * would cut slow answers.
 */
const HALF_CLOSED_S = 60;
/** The same for streams that end as a whole: just enough for what is already on its way. */
const END_TOGETHER_S = 0.1;
/** Between two attempts of who waits for somebody to listen. */
const RETRY_MS = 250;
const TRANSFER_STARTS = 'starting data transfer loop';
const REFUSALS = ['Connection refused', 'No such file or directory'];

/** The program and arguments that connect standard input and output to the target. */
export function dialCommand(target: DialTarget, options: DialOptions = {}): readonly string[] {
  const address =
    'path' in target
      ? `UNIX-CONNECT:${escapeAddress(target.path)}`
      : `TCP:${escapeAddress(target.host)}:${target.port},connect-timeout=${CONNECT_TIMEOUT_S},nodelay${retries(options)}`;
  // Twice -d makes socat tell when the connection stands, which a dialler must know.
  const patience = options.endTogether === true ? END_TOGETHER_S : HALF_CLOSED_S;
  return ['socat', '-d', '-d', '-t', String(patience), 'STDIO', address];
}

function retries({ patienceMs = 0 }: DialOptions): string {
  return patienceMs > 0 ? `,retry=${Math.ceil(patienceMs / RETRY_MS)},interval=${RETRY_MS / 1_000}` : '';
}

/** The target as people write it. */
export function describeTarget(target: DialTarget): string {
  return 'path' in target ? target.path : `${target.host}:${target.port}`;
}

/** Characters with a meaning in socat's addresses get a backslash (socat(1), "address specifications"). */
function escapeAddress(text: string): string {
  return text.replace(/[\\,:!"'([{]/g, (character) => `\\${character}`);
}

/**
 * A byte stream over the standard input and output of socat in the container. Ending it ends only our
 * direction; what the far side still sends arrives. Reading slowly slows the sender.
 */
export class DialedStream extends Duplex {
  private complaints = '';
  private connected = false;
  private connectionClosed = false;
  private readonly demultiplexer: Demultiplexer;
  private settle: ((error?: TransportError) => void) | undefined;

  private constructor(
    private readonly process: ContainerProcess,
    private readonly target: DialTarget,
  ) {
    super({ allowHalfOpen: true });
    this.demultiplexer = new Demultiplexer((output, piece) => {
      if (output === 'stderr') this.takeComplaint(piece);
      else if (!this.push(piece)) this.process.connection.pause();
    });
    const connection = process.connection;
    connection.on('data', (chunk: Buffer) => this.demultiplexer.push(chunk));
    connection.once('end', () => this.farSideEnded());
    connection.on('error', (cause: Error) => this.fail(lost(process.node, cause)));
    connection.once('close', () => {
      this.connectionClosed = true;
      this.farSideEnded();
    });
  }

  /**
   * Resolves once the target has accepted the connection.
   * @throws TransportError `refused`, `unreachable`, `lost` or `aborted`
   */
  static async connect(
    process: ContainerProcess,
    target: DialTarget,
    signal: AbortSignal | undefined,
  ): Promise<DialedStream> {
    const stream = new DialedStream(process, target);
    const giveUp = (): void => stream.fail(aborted(process.node, signal?.reason));
    signal?.addEventListener('abort', giveUp, { once: true });
    try {
      await new Promise<void>((resolve, reject) => {
        stream.settle = (error) => (error ? reject(error) : resolve());
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

  override _read(): void {
    this.process.connection.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const { connection, node } = this.process;
    if (this.connectionClosed || connection.destroyed) return done(lost(node));
    if (connection.write(chunk)) return done();
    // A connection that closes meanwhile never drains.
    const settle = (error?: TransportError): void => {
      connection.off('drain', drained).off('close', closed);
      done(error);
    };
    const drained = (): void => settle();
    const closed = (): void => settle(lost(node));
    connection.once('drain', drained).once('close', closed);
  }

  override _final(done: (error?: Error | null) => void): void {
    const { connection } = this.process;
    if (this.connectionClosed || connection.destroyed) done();
    else connection.end(() => done());
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (!this.connected) void this.process.end('end');
    else this.process.connection.destroy();
    done(error);
  }

  private takeComplaint(piece: Buffer): void {
    if (this.connected) return;
    this.complaints += piece.toString('utf8');
    if (!this.complaints.includes(TRANSFER_STARTS)) return;
    this.connected = true;
    this.settle?.();
  }

  private farSideEnded(): void {
    if (!this.connected) this.fail(this.refusal());
    else if (!this.readableEnded) this.push(null);
  }

  private fail(error: TransportError): void {
    if (this.settle) this.settle(error);
    else if (!this.readableEnded) this.destroy(error);
  }

  private refusal(): TransportError {
    const { node } = this.process;
    const where = describeTarget(this.target);
    const refused = REFUSALS.some((reason) => this.complaints.includes(reason));
    const reason: TransportFailure = refused ? 'refused' : 'unreachable';
    const said = refused
      ? say('nothing listens at {0} on {1}', where, node)
      : say('{0} on {1} did not answer', where, node);
    return new TransportError(reason, node, said, { cause: new Error(this.complaints.trim()) });
  }
}
