import type { Duplex } from 'node:stream';
import type { ContainerApi, ContainerExec } from './container-api';
import { aborted, lost, startFailure, throwIfAborted } from './exec-errors';
import type { Ending } from './process-killer';
import { endMarked, newMark } from './process-killer';

export interface ProcessOptions {
  readonly command: readonly string[];
  readonly tty: boolean;
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly user?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

const EXIT_POLL_MS = 10;
const EXIT_POLL_LIMIT_MS = 5_000;

/** A process started inside a container and the connection to it. */
export class ContainerProcess {
  private ended = false;

  private constructor(
    readonly node: string,
    /** The hijacked connection: raw with a TTY, framed without. */
    readonly connection: Duplex,
    private readonly container: ContainerApi,
    private readonly exec: ContainerExec,
    private readonly mark: string,
    private readonly user: string,
  ) {}

  /**
   * Starts a process.
   * @throws TransportError `not-running`, `unreachable` or `aborted`
   */
  static async start(
    node: string,
    container: ContainerApi,
    options: ProcessOptions,
  ): Promise<ContainerProcess> {
    throwIfAborted(node, options.signal);
    const { mark, env } = newMark();
    const user = options.user ?? 'root';
    const given = Object.entries(options.env ?? {}).map(([name, value]) => `${name}=${value}`);
    try {
      const exec = await container.exec({
        Cmd: [...options.command],
        AttachStdin: true,
        AttachStdout: true,
        AttachStderr: true,
        Tty: options.tty,
        Env: [...given, env],
        User: user,
      });
      throwIfAborted(node, options.signal);
      const connection = await exec.start({ hijack: true, stdin: true, Tty: options.tty });
      const process = new ContainerProcess(node, connection, container, exec, mark, user);
      if (options.signal?.aborted) {
        await process.end('end');
        throw aborted(node, options.signal.reason);
      }
      return process;
    } catch (error) {
      throw startFailure(node, error);
    }
  }

  /**
   * The exit code, once the output has ended. Docker publishes it a moment after the output ends.
   * @throws TransportError `lost` when Docker does not know it
   */
  async exitCode(): Promise<number> {
    const deadline = Date.now() + EXIT_POLL_LIMIT_MS;
    for (;;) {
      const state = await this.exec.inspect().catch((error: unknown) => {
        throw lost(this.node, error);
      });
      if (!state.Running && state.ExitCode !== null) return state.ExitCode;
      if (Date.now() > deadline) throw lost(this.node);
      await new Promise((resolve) => setTimeout(resolve, EXIT_POLL_MS));
    }
  }

  async resize(columns: number, rows: number): Promise<void> {
    await this.exec.resize({ w: columns, h: rows });
  }

  /** Ends the process inside the container and the connection. Safe to call twice. */
  async end(ending: Ending): Promise<void> {
    if (this.ended) return;
    this.ended = true;
    const killed = endMarked(this.container, this.mark, this.user, ending);
    this.connection.on('error', () => undefined);
    this.connection.destroy();
    await killed;
  }
}
