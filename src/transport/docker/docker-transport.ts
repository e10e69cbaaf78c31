import type { Duplex } from 'node:stream';
import { collect } from '../collect';
import type { ContainerApi } from './container-api';
import { ContainerProcess } from './container-process';
import { DialedStream, dialCommand } from './dialed-stream';
import { aborted } from './exec-errors';
import { runningCommand } from './running-command';
import { TerminalSession } from './terminal-session';
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

const LOGIN_SHELL: readonly string[] = ['bash', '--login'];

/**
 * Reaches a node that is a container, through the Docker Engine API alone: no published port, no Docker program.
 * `dial` needs socat in the container; ending processes early needs sh and grep.
 */
export class DockerTransport implements NodeTransport {
  constructor(
    readonly node: string,
    private readonly container: ContainerApi,
  ) {}

  async exec(command: readonly string[], options: ExecOptions = {}): Promise<ExecResult> {
    const { input, ...rest } = options;
    return collect(await this.spawn(command, rest), input);
  }

  async spawn(command: readonly string[], options: Omit<ExecOptions, 'input'> = {}): Promise<RunningCommand> {
    const { signal, env, user } = options;
    const process = await ContainerProcess.start(this.node, this.container, {
      command,
      tty: false,
      env,
      user,
      signal,
    });
    return runningCommand(process, signal);
  }

  async dial(target: DialTarget, signal?: AbortSignal, options: DialOptions = {}): Promise<Duplex> {
    const process = await ContainerProcess.start(this.node, this.container, {
      command: dialCommand(target, options),
      tty: false,
      env: { LC_ALL: 'C' },
      signal,
    });
    return DialedStream.connect(process, target, signal);
  }

  async shell(options: ShellOptions): Promise<ShellSession> {
    const process = await ContainerProcess.start(this.node, this.container, {
      command: options.command ?? LOGIN_SHELL,
      tty: true,
      env: { TERM: 'xterm-256color', LANG: 'C.UTF-8' },
      signal: options.signal,
    });
    const session = await TerminalSession.open(process, options);
    if (options.signal?.aborted) {
      await session.close();
      throw aborted(this.node, options.signal.reason);
    }
    return session;
  }
}
