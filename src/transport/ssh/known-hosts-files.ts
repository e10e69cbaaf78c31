import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KnownHost } from './known-hosts';
import { parseKnownHosts } from './known-hosts';

/** The files `ssh` reads by default: the user's own first, then the machine's (ssh_config(5)). */
export function knownHostsFiles(
  home: string,
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): readonly string[] {
  const machine = platform === 'win32' ? join(env['ProgramData'] ?? 'C:\\ProgramData', 'ssh') : '/etc/ssh';
  return [
    join(home, '.ssh', 'known_hosts'),
    join(home, '.ssh', 'known_hosts2'),
    join(machine, 'ssh_known_hosts'),
    join(machine, 'ssh_known_hosts2'),
  ];
}

/** Reads these files. One that is absent or unreadable knows nobody. */
export async function readKnownHosts(files: readonly string[]): Promise<readonly KnownHost[]> {
  const read = async (file: string): Promise<readonly KnownHost[]> => {
    const text = await readFile(file, 'utf8').catch(() => '');
    return parseKnownHosts(text, file);
  };
  return (await Promise.all(files.map(read))).flat();
}
