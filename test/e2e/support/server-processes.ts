import { readdirSync, readFileSync } from 'node:fs';

/** Ids of the language servers that the VS Code of a session runs. */
export function serverProcesses(directory: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        return command.some((word) => word.startsWith(directory) && word.endsWith('/dist/server.js'));
      } catch {
        // It has ended meanwhile.
        return false;
      }
    });
}
