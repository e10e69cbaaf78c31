import { cancellable } from '../cancellable';
import type { CliContext, GlobalOptions } from '../context';
import { EXIT } from '../exit-code';
import { chooseLab } from '../lab-name';
import { printLine } from '../print';

export interface DownOptions extends GlobalOptions {
  readonly name?: string;
  readonly verbose?: boolean;
}

/**
 * `gitlab-ha down [lab]`: removes a lab and all that belongs to it, also what a crash has left of it.
 * @throws LabError `no-lab` when there is nothing of it
 */
export async function down(context: CliContext, options: DownOptions): Promise<number> {
  const labs = await context.labs(options);
  // A named lab is destroyed without asking for its description: leftovers of a crash may have none.
  const lab = options.name ?? (await chooseLab(context, labs, undefined)).name;
  const view = {
    verbose: options.verbose === true,
    cancelling: context.l10n.t('Cancelling: the lab stays partly removed'),
  };
  await cancellable(context, view, async (control) => {
    const removed = await labs.destroy(lab, control);
    // Says which labs there are.
    if (!removed) await labs.get(lab);
  });
  printLine(context.stderr, context.l10n.t('Nothing of lab {0} is left.', lab));
  return EXIT.ok;
}
