import type { CliContext } from '../context';
import { dryRun, readFiles, workspaceFolder } from './up';
import type { UpOptions } from './up';

export type PlanOptions = Omit<UpOptions, 'dryRun' | 'recreate'>;

/**
 * `gitlab-ha plan [workspace]`: what a deployment would do to each node, file and program, why, and for how long clients
 * would wait. Changes nothing.
 */
export async function plan(
  context: CliContext,
  folder: string | undefined,
  options: PlanOptions,
): Promise<number> {
  const root = await workspaceFolder(context, folder);
  const files = await readFiles(context, root, options);
  return dryRun(context, await context.labs(options), files, options);
}
