import { LabError } from '../../lab/lab-error';
import { cancellable } from '../cancellable';
import type { CliContext, GlobalOptions } from '../context';
import { EXIT } from '../exit-code';
import { chooseLab } from '../lab-name';
import { printLine } from '../print';

export interface DownOptions extends GlobalOptions {
  readonly name?: string;
  readonly verbose?: boolean;
}

/** `gitlab-ha down [name]`: removes a lab and all that belongs to it. A lab that is gone already is no failure. */
export async function down(
  context: CliContext,
  name: string | undefined,
  options: DownOptions,
): Promise<number> {
  const labs = await context.labs(options);
  const wanted = name ?? options.name;
  // A named lab is destroyed without asking for its description: leftovers of a crash may have none.
  const lab = wanted ?? (await chooseLab(labs, undefined)).name;
  const view = { verbose: options.verbose === true, cancelling: 'Cancelling: the lab stays partly removed' };
  try {
    await cancellable(context, view, (control) => labs.destroy(lab, control));
  } catch (error) {
    if (!(error instanceof LabError) || error.code !== 'no-lab') throw error;
    printLine(context.stderr, `There is no lab ${lab}; nothing to remove.`);
    return EXIT.ok;
  }
  printLine(context.stderr, `Lab ${lab} is destroyed.`);
  return EXIT.ok;
}
