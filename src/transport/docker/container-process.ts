import type { Duplex } from 'node:stream';
import type { ContainerApi, ContainerExec } from './container-api';
import { aborted, lost, startFailure, throwIfAborted } from './exec-errors';
import type { Ending } from './process-killer';
import { endMarked, newMark } from './process-killer';
import { programExists } from './side-command';

export interface ProcessOptions {
  readonly command: readonly string[];
  readonly tty: boolean;
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly user?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

const EXIT_POLL_MS = 10;
const EXIT_POLL_LIMIT_MS = 5_000;
/** An engine that does not answer must not hold whoever ends a process. */
const END_LIMIT_MS = 5_000;

/** What a shell says of a command that does not exist; of one that cannot be started it says 126. */
const NO_SUCH_COMMAND = 127;

/** A process started inside a container and the connection to it. */
export class ContainerProcess {
  private ending: Promise<void> | undefined;

  private constructor(
    readonly node: string,
    /** The hijacked connection: raw with a TTY, framed without. */
    readonly connection: Duplex,
    private readonly container: ContainerApi,
    private readonly exec: ContainerExec,
    private readonly mark: string,
    private readonly user: string,
    private readonly command: readonly string[],
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
      const process = new ContainerProcess(node, connection, container, exec, mark, user, options.command);
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
   * The exit code, once the output has ended. Docker publishes it a moment after the output ends. Docker says 126 of
   * everything that could not be started; what does not exist is told from it here, as a shell does with 127.
   * @throws TransportError `lost` when Docker does not know it
   */
  async exitCode(): Promise<number> {
    const deadline = Date.now() + EXIT_POLL_LIMIT_MS;
    for (;;) {
      const { Running, ExitCode, Pid } = await this.inspect();
      if (!Running && ExitCode !== null) {
        const missing = Pid === 0 && !(await programExists(this.container, this.command[0] ?? ''));
        return missing ? NO_SUCH_COMMAND : ExitCode;
      }
      if (Date.now() > deadline) throw lost(this.node);
      await pause(EXIT_POLL_MS);
    }
  }

  /**
   * Whether the process never started, so that what came as its output are Docker's own words.
   * @throws TransportError `lost` when Docker does not know it
   */
  async neverStarted(): Promise<boolean> {
    const deadline = Date.now() + EXIT_POLL_LIMIT_MS;
    for (;;) {
      // While it is being started, and for a moment after its first words, a process has no number either.
      const { Running, ExitCode, Pid } = await this.inspect();
      if (Pid !== 0) return false;
      if (!Running && ExitCode !== null) return true;
      if (Date.now() > deadline) throw lost(this.node);
      await pause(EXIT_POLL_MS);
    }
  }

  private inspect(): ReturnType<ContainerExec['inspect']> {
    return this.exec.inspect().catch((error: unknown) => {
      throw lost(this.node, error);
    });
  }

  async resize(columns: number, rows: number): Promise<void> {
    await this.exec.resize({ w: columns, h: rows });
  }

  /**
   * Ends the process inside the container and the connection. Resolves once the process is gone, or when the time is
   * up. Safe to call twice.
   */
  end(ending: Ending): Promise<void> {
    this.ending ??= this.endOnce(ending);
    return this.ending;
  }

  private async endOnce(ending: Ending): Promise<void> {
    const killed = endMarked(this.container, this.mark, this.user, ending);
    this.connection.on('error', () => undefined);
    this.connection.destroy();
    await Promise.race([killed, limit(END_LIMIT_MS)]);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** A pause that keeps no program alive. */
function limit(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
