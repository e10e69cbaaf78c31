import { relative } from 'node:path';
import { ownName } from './called-as';
import type { CliContext } from './context';

/**
 * What is done next with a workspace whose files were written: the commands, ready to be copied.
 * @param root the workspace's folder, absolute. @param verbs commands that take a workspace
 */
export function nextSteps(context: CliContext, root: string, verbs: readonly string[]): string {
  const command = ownName(context);
  const where = relative(context.cwd, root) || '.';
  return ['', context.l10n.t('Next:'), ...verbs.map((verb) => `  ${command} ${verb} ${where}`)].join('\n');
}

/** After a change of files that a lab may run already. */
export const AFTER_CHANGE: readonly string[] = ['lint', 'plan', 'up'];
