import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Begins the start times that `ps` told in English and UTC, whatever this process speaks. */
const NEUTRAL = 'utc:';

/**
 * A text that tells a process from every other one that had or will have its number: when it was started. The same for
 * every asker, whatever its language and time zone. Undefined when no such process runs, or the system does not tell
 * (then the number alone must do).
 */
export async function startTimeOf(
  pid: number,
  platform: NodeJS.Platform = process.platform,
): Promise<string | undefined> {
  if (platform === 'linux') return linuxStartTime(pid);
  if (platform === 'win32') return undefined;
  const told = await askPs(pid, { ...process.env, LC_ALL: 'C', TZ: 'UTC' });
  return told === undefined ? undefined : `${NEUTRAL}${told}`;
}

/** Whether the process of this number runs and is the one that was started then, as `startTimeOf` told it. */
export async function isStartOf(
  pid: number,
  started: string,
  platform: NodeJS.Platform = process.platform,
): Promise<boolean> {
  if ((await startTimeOf(pid, platform)) === started) return true;
  if (platform === 'linux' || platform === 'win32' || started.startsWith(NEUTRAL)) return false;
  // Versions up to 0.1 wrote what `ps` says in the language and time zone of the one who asks.
  return (await askPs(pid, process.env)) === started;
}

async function askPs(pid: number, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)], { env });
    return stdout.trim() || undefined;
  } catch {
    return undefined; // ps exits with 1 when there is no such process.
  }
}

/** True when a process of this number runs, whoever it belongs to. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Field 22 of /proc/<pid>/stat, in clock ticks since boot, with the boot's id: a reboot starts the ticks anew. */
async function linuxStartTime(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The program's name may hold spaces and parentheses; the fields after it do not.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A killed process that its parent has not yet buried holds nothing any more.
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
    return `${fields[19]}@${boot.trim()}`;
  } catch {
    return undefined;
  }
}
