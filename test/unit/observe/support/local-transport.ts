import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { TransportError } from '../../../../src/transport/transport';
import type {
  DialTarget,
  ExecResult,
  NodeTransport,
  RunningCommand,
} from '../../../../src/transport/transport';

/** A node that is this machine: programs run here, channels are opened from here. Remembers what it was asked for. */
export class LocalTransport implements NodeTransport {
  readonly commands: (readonly string[])[] = [];
  readonly dialed: DialTarget[] = [];
  private readonly children = new Set<ChildProcess>();

  /** @param path where programs are looked for */
  constructor(
    readonly node: string,
    private readonly path: string,
  ) {}

  exec(command: readonly string[]): Promise<ExecResult> {
    this.commands.push(command);
    const [program = '', ...words] = command;
    return new Promise((resolve) => {
      execFile(program, words, { env: { PATH: this.path } }, (error, stdout, stderr) => {
        const code: unknown = error ? error.code : 0;
        resolve({ exitCode: typeof code === 'number' ? code : 127, stdout, stderr });
      });
    });
  }

  spawn(
    command: readonly string[],
    options: { readonly env?: Readonly<Record<string, string>> } = {},
  ): Promise<RunningCommand> {
    this.commands.push(command);
    const [program = '', ...words] = command;
    // A script may end its whole process group.
    const child = spawn(program, words, { env: { PATH: this.path, ...options.env }, detached: true });
    this.children.add(child);
    child.stdin.on('error', () => undefined);
    const exit = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 1)));
    const kill = async (): Promise<void> => {
      child.kill('SIGKILL');
      await exit;
    };
    return Promise.resolve({ stdout: child.stdout, stderr: child.stderr, stdin: child.stdin, exit, kill });
  }

  async dial(target: DialTarget): Promise<Duplex> {
    this.dialed.push(target);
    const socket = 'path' in target ? connect(target.path) : connect(target.port, target.host);
    try {
      await once(socket, 'connect');
    } catch (error) {
      throw new TransportError('refused', this.node, 'nothing listens', { cause: error });
    }
    return socket;
  }

  shell(): never {
    throw new Error('nobody types in this test');
  }

  /** Programs that still run. */
  get running(): number {
    return [...this.children].filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)
      .length;
  }
}
