import { execFile } from 'node:child_process';
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
