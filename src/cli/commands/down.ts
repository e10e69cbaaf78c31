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
  await cancellable(context, view, (control) => labs.destroy(lab, control));
  printLine(context.stderr, `Nothing of lab ${lab} is left.`);
  return EXIT.ok;
}
