import type { CliContext, GlobalOptions } from '../context';
import { EXIT } from '../exit-code';
import { printLine } from '../print';

export interface PruneOptions extends GlobalOptions {
  readonly dryRun?: boolean;
}

const GIB = 1024 ** 3;

/** `gitlab-ha prune`: removes the images of older versions that no lab uses; prints their references. */
export async function prune(context: CliContext, options: PruneOptions): Promise<number> {
  const { l10n, stdout, stderr } = context;
  const service = await context.labs(options);
  const { removed, freedBytes } = await service.prune(options.dryRun === true);
  for (const reference of removed) printLine(stdout, reference);
  printLine(stderr, summary());
  return EXIT.ok;

  function summary(): string {
    if (removed.length === 0) return l10n.t('There is no image that no lab uses.');
    if (freedBytes === undefined) return l10n.t('{0} images would be removed.', removed.length);
    return l10n.t('{0} images removed, {1} GiB freed.', removed.length, (freedBytes / GIB).toFixed(1));
  }
}
