import type { Duplex } from 'node:stream';
import { encodeCommand, RespError, RespParser, RespPush } from './resp';
import type { RespValue } from './resp';

interface Pending {
  readonly resolve: (value: RespValue) => void;
  readonly reject: (error: Error) => void;
}

/** Commands and their answers in order over one connection; pushes (protocol version 3) go to their listener. */
export class RespClient {
  private readonly pending: Pending[] = [];
  private readonly parser = new RespParser();
  private failure: Error | undefined;
  /** Called with each push message. */
  onPush: (message: readonly RespValue[]) => void = () => undefined;
  /** Rejects when the connection ends; never resolves. */
  readonly ended: Promise<never>;

  constructor(private readonly stream: Duplex) {
    this.ended = new Promise((_, reject) => {
      const fail = (error: Error): void => {
        this.failure ??= error;
        for (const waiting of this.pending.splice(0)) waiting.reject(this.failure);
        reject(this.failure);
      };
      stream.on('error', fail);
      stream.once('end', () => fail(new RespError('the server closed the connection')));
      stream.once('close', () => fail(new RespError('the connection was closed')));
      stream.on('data', (chunk: Buffer) => {
        try {
          for (const value of this.parser.push(chunk)) this.take(value);
        } catch (error) {
          fail(error instanceof Error ? error : new RespError(String(error)));
          stream.destroy();
        }
      });
    });
    // Whoever only sends commands learns of the end through them.
    this.ended.catch(() => undefined);
  }

  /**
   * Sends a command and gives its answer.
   * @param timeoutMs milliseconds after which the connection counts as broken
   * @throws RespError for an error answer, no answer in time, or a connection that ended
   */
  async command(words: readonly string[], timeoutMs = 1_500): Promise<RespValue> {
    if (this.failure) throw this.failure;
    let timer: NodeJS.Timeout | undefined;
    try {
      const value = await new Promise<RespValue>((resolve, reject) => {
        timer = setTimeout(() => {
          reject(new RespError(`no answer to ${words[0] ?? 'a command'} within ${timeoutMs} ms`));
          this.stream.destroy();
        }, timeoutMs);
        this.pending.push({ resolve, reject });
        this.stream.write(encodeCommand(words));
      });
      if (value instanceof RespError) throw value;
      return value;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Sends a command that is answered by pushes, as subscriptions are in protocol version 3. */
  send(words: readonly string[]): void {
    this.stream.write(encodeCommand(words));
  }

  close(): void {
    this.stream.destroy();
  }

  private take(value: RespValue): void {
    if (value instanceof RespPush) this.onPush(value.items);
    else this.pending.shift()?.resolve(value);
  }
}
