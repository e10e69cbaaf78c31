import { basename, relative } from 'node:path';

/**
 * What a person types to run this program again, for hints: its name where it is installed under it, else Node with the
 * file.
 * @param script absolute path of what Node was started with
 */
export function calledAs(script: string, cwd: string): string {
  const name = basename(script);
  if (name !== 'cli.js') return name;
  const near = relative(cwd, script);
  return ['node', near.startsWith('..') ? script : near].join(' ');
}
