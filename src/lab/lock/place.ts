import { createHash } from 'node:crypto';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';

/** Where a process runs, as far as the system tells: a process number means something only among its own. */
export interface Place {
  /** Name of the machine; a container, WSL and Windows may all have the same. */
  readonly host: string;
  readonly platform: string;
  /** The kernel's own id since it was started. */
  readonly boot?: string | undefined;
  /** The kernel's table of processes: every container and every distribution of WSL has its own. */
  readonly pids?: string | undefined;
  /** Stays over restarts; a hash, because the id itself is confidential. */
  readonly machine?: string | undefined;
}

/** Here: its number can be looked up. Restarted: this machine, before it was started anew. */
export type Whereabouts = 'here' | 'elsewhere' | 'restarted';

/** Where this process runs. */
export async function thisPlace(): Promise<Place> {
  const [boot, pids, machine] = await Promise.all([
    told(readFile('/proc/sys/kernel/random/boot_id', 'utf8')),
    told(readlink('/proc/self/ns/pid')),
    told(readFile('/etc/machine-id', 'utf8')),
  ]);
  return { host: hostname(), platform: process.platform, boot, pids, machine: machine && hashed(machine) };
}

/** Where a place is, seen from here. What a place does not tell (versions up to 0.1 told the host at most) agrees. */
export function whereIs(place: Partial<Place>, here: Place): Whereabouts {
  const same = (key: keyof Place): boolean => place[key] !== undefined && place[key] === here[key];
  const differs = (key: keyof Place): boolean =>
    place[key] !== undefined && here[key] !== undefined && place[key] !== here[key];
  if (differs('platform')) return 'elsewhere';
  // Whatever the machine is called by now.
  if (same('boot') && same('pids')) return 'here';
  if (differs('host') || differs('pids')) return 'elsewhere';
  if (!differs('boot')) return 'here';
  return same('machine') && same('pids') ? 'restarted' : 'elsewhere';
}

async function told(answer: Promise<string>): Promise<string | undefined> {
  try {
    return (await answer).trim() || undefined;
  } catch {
    return undefined; // Not Linux, or out of reach.
  }
}

function hashed(id: string): string {
  return createHash('sha256').update(`gitlab-ha-lab ${id}`).digest('hex').slice(0, 16);
}
