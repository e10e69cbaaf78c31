import { homedir } from 'node:os';
import { join } from 'node:path';

/** Folder for what outlives a process: locks, logs and recordings, one folder per lab in it. */
export function defaultStateDir(env: Readonly<Record<string, string | undefined>>): string {
  if (env['XDG_STATE_HOME']) return join(env['XDG_STATE_HOME'], 'gitlab-ha-lab');
  if (process.platform === 'win32' && env['LOCALAPPDATA']) return join(env['LOCALAPPDATA'], 'gitlab-ha-lab');
  return join(env['HOME'] ?? homedir(), '.local', 'state', 'gitlab-ha-lab');
}

/** The folder of one lab. */
export function labStateDir(stateDir: string, lab: string): string {
  return join(stateDir, lab);
}

/** The folder of one lab's recordings. */
export function recordingsDir(stateDir: string, lab: string): string {
  return join(labStateDir(stateDir, lab), 'recordings');
}
