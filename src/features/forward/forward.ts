import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Disposable } from '../common/disposables';

/** Opens one connection to the service; rejects when it cannot be reached. */
export type Dial = (signal: AbortSignal) => Promise<Duplex>;

/** A port on 127.0.0.1 that leads to a service inside the lab; nothing of the lab is published for it. */
export class Forward implements Disposable {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private readonly abort = new AbortController();

  private constructor(
    private readonly dial: Dial,
    private readonly onError: (error: unknown) => void,
  ) {
    this.server = createServer((socket) => void this.connect(socket));
  }

  /** Listens on a free port of the loopback interface. @param onError called with failures of single connections */
  static async open(dial: Dial, onError: (error: unknown) => void): Promise<Forward> {
    const forward = new Forward(dial, onError);
    await new Promise<void>((resolve, reject) => {
      forward.server.once('error', reject);
      forward.server.listen(0, '127.0.0.1', () => {
        forward.server.off('error', reject);
        forward.server.on('error', onError);
        resolve();
      });
    });
    return forward;
  }

  get port(): number {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('the forward is closed');
    return address.port;
  }

  /** Closes the port and every connection through it. */
  dispose(): void {
    this.abort.abort();
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private async connect(socket: Socket): Promise<void> {
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    try {
      const stream = await this.dial(this.abort.signal);
      if (socket.destroyed) {
        stream.destroy();
        return;
      }
      stream.on('error', () => socket.destroy());
      stream.once('close', () => socket.destroy());
      socket.once('close', () => stream.destroy());
      socket.pipe(stream);
      stream.pipe(socket);
    } catch (error) {
      socket.destroy();
      if (!this.abort.signal.aborted) this.onError(error);
    }
  }
}
