import { basename, relative } from 'node:path';
import type { CliContext } from './context';

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

/** How this program is called where it runs, for commands that are to be copied. */
export function ownName({ env }: Pick<CliContext, 'env'>): string {
  return env['GITLAB_HA_COMMAND'] ?? 'gitlab-ha';
}

/** A sentence that names commands of this program, with the name it is called by. */
export function asCalled(context: Pick<CliContext, 'env'>, sentence: string): string {
  return sentence.replace(/(?<![\w/-])gitlab-ha(?= [a-z])/g, () => ownName(context));
}
