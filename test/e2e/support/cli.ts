import { execFile, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Session } from './session';

const LIMIT_MS = 280_000;

/** The command line as it ships inside the installed extension. */
function installedCli({ directory }: Session): string {
  const extensions = join(directory, 'extensions');
  const [installed] = readdirSync(extensions).filter((name) => name.startsWith('gitlab-ha-lab.'));
  return join(extensions, installed ?? 'not-installed', 'dist', 'cli.js');
}

/** Runs the shipped `gitlab-ha`. @returns what it prints. Rejects when it ends with an error. */
export async function cli(session: Session, ...args: readonly string[]): Promise<string> {
  const command = [installedCli(session), ...args];
  const { stdout } = await promisify(execFile)(process.execPath, command, { timeout: LIMIT_MS });
  return stdout;
}

/** A `gitlab-ha` that runs until it is told to end. */
interface RunningCli {
  /** What it has told on standard error so far. */
  told(): string;
  /** Ctrl-C. @returns what it prints at its end; rejects when it ends with an error */
  interrupt(): Promise<string>;
}

/** Starts the shipped `gitlab-ha`. */
export function startCli(session: Session, ...args: readonly string[]): RunningCli {
  const child = spawn(process.execPath, [installedCli(session), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LIMIT_MS,
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    told: () => err,
    interrupt: async () => {
      child.kill('SIGINT');
      const code = await ended;
      if (code !== 0) throw new Error(`gitlab-ha ${args.join(' ')} ended with ${code}\n${err}${out}`);
      return out;
    },
  };
}
