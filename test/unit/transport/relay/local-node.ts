import { spawn } from 'node:child_process';
import type { Duplex } from 'node:stream';
import type { NodeTransport, RunningCommand } from '../../../../src/transport/transport';
import { TransportError } from '../../../../src/transport/transport';

/** This machine as a node that can only start commands, as an engine does; it remembers which. */
export interface LocalNode extends NodeTransport {
  readonly started: string[];
  /** Ends what was started first, as a node that is killed does. */
  kill(): void;
  /** Closes the input of what was started first, as an engine does whose client is gone. */
  hangUp(): void;
  /** Stops what was started: nothing else can be started until it goes on. */
  freeze(): void;
  thaw(): void;
}

/** @param without programs that this node does not have */
export function localNode(without: readonly string[] = []): LocalNode {
  const started: string[] = [];
  const processes: ReturnType<typeof spawn>[] = [];
  let frozen = false;
  const tellAll = (signal: 'SIGSTOP' | 'SIGCONT'): void => {
    frozen = signal === 'SIGSTOP';
    for (const process of processes) process.kill(signal);
  };
  const beyond = async (): Promise<never> => {
    throw new TransportError('unreachable', 'node1', 'this node only starts commands');
  };
  return {
    node: 'node1',
    started,
    kill: () => void processes[0]?.kill('SIGKILL'),
    hangUp: () => void processes[0]?.stdin?.end(),
    freeze: () => tellAll('SIGSTOP'),
    thaw: () => tellAll('SIGCONT'),
    exec: beyond,
    shell: beyond,
    dial: async (): Promise<Duplex> => beyond(),
    spawn: async ([program = '', ...parameters], { env } = {}): Promise<RunningCommand> => {
      started.push(program);
      if (frozen) throw new TransportError('not-running', 'node1', 'this node is frozen');
      const name = without.includes(program) ? '/nowhere' : program;
      const process = spawn('sh', ['-c', 'exec "$0" "$@"', name, ...parameters], {
        env: { ...globalThis.process.env, ...env },
      });
      processes.push(process);
      process.stdin.on('error', () => undefined);
      const exit = new Promise<number>((resolve, reject) => {
        process.once('close', (code) =>
          code === null ? reject(new TransportError('lost', 'node1', 'lost')) : resolve(code),
        );
      });
      exit.catch(() => undefined);
      const kill = async (): Promise<void> => void process.kill();
      return { stdout: process.stdout, stderr: process.stderr, stdin: process.stdin, exit, kill };
    },
  };
}
