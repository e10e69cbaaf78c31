import type { ContainerProcess } from './container-process';
import { statusCodeOf } from './exec-errors';
import { aborted, lost } from './exec-errors';
import type { ShellOptions, ShellSession } from '../transport';

const RESIZE_ATTEMPTS = 20;
const RESIZE_PAUSE_MS = 25;

/** Status codes of a resize that came before the process runs or after it has ended. */
const NOT_RUNNING = [404, 409, 500];

/** Presents a process with a terminal: one stream both ways, size and exit code. */
export class TerminalSession implements ShellSession {
  readonly exit: Promise<number>;
  private closed = false;
  private over = false;

  private constructor(
    private readonly process: ContainerProcess,
    signal: AbortSignal | undefined,
  ) {
    const close = (): void => void this.close();
    signal?.addEventListener('abort', close, { once: true });
    this.exit = new Promise<number>((resolve, reject) => {
      const finish = (complete: boolean, cause?: unknown): void => {
        if (this.over) return;
        this.over = true;
        signal?.removeEventListener('abort', close);
        if (complete) process.exitCode().then(resolve, reject);
        else reject(this.closed ? aborted(process.node) : lost(process.node, cause));
      };
      process.connection.once('end', () => finish(!this.closed));
      process.connection.on('error', (cause: unknown) => finish(false, cause));
      process.connection.once('close', () => finish(false));
    });
    this.exit.catch(() => undefined);
  }

  get stream(): ContainerProcess['connection'] {
    return this.process.connection;
  }

  /** Wraps a started process and gives its terminal the asked size before anybody types. */
  static async open(process: ContainerProcess, options: ShellOptions): Promise<TerminalSession> {
    const session = new TerminalSession(process, options.signal);
    await session.setFirstSize(options.columns, options.rows);
    return session;
  }

  /** Does nothing once the program has ended. */
  async resize(columns: number, rows: number): Promise<void> {
    await this.tryResize(columns, rows);
  }

  /** Hangs up: the program and what it started in the foreground end. */
  async close(): Promise<void> {
    this.closed = true;
    if (this.over) this.process.connection.destroy();
    else await this.process.end('hangup');
  }

  /** Docker answers a start before the process runs, and refuses to resize until then. */
  private async setFirstSize(columns: number, rows: number): Promise<void> {
    for (let attempt = 0; attempt < RESIZE_ATTEMPTS && !this.over; attempt++) {
      if (await this.tryResize(columns, rows)) return;
      await new Promise((resolve) => setTimeout(resolve, RESIZE_PAUSE_MS));
    }
  }

  private async tryResize(columns: number, rows: number): Promise<boolean> {
    if (this.over || this.closed) return false;
    try {
      await this.process.resize(columns, rows);
      return true;
    } catch (error) {
      if (NOT_RUNNING.includes(statusCodeOf(error) ?? 0)) return false;
      throw lost(this.process.node, error);
    }
  }
}
