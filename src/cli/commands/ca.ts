import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { toldBy } from '../../lab/clients/told-by';
import { PATHS } from '../../lab/render/paths';
import { CliError } from '../cli-error';
import type { CliContext, GlobalOptions } from '../context';
import { EXIT } from '../exit-code';
import { chooseLab } from '../lab-name';
import { printLine } from '../print';

export interface CaOptions extends GlobalOptions {
  readonly name?: string;
  /** A file to write, by the current folder; standard output when absent. */
  readonly out?: string;
}

/** `gitlab-ha ca`: the certificate of the authority that a lab's servers are signed by, as PEM. */
export async function ca(context: CliContext, options: CaOptions): Promise<number> {
  const { l10n } = context;
  const labs = await context.labs(options);
  const lab = await chooseLab(context, labs, options.name);
  const running = lab.containers.filter(({ role, state }) => role === 'node' && state === 'running');
  for (const { node } of running) {
    const told = await toldBy(labs, lab.name, node, ['cat', PATHS.authority]);
    if (told === undefined) continue;
    if (options.out === undefined) context.stdout.write(told);
    else await keep(context, resolve(context.cwd, options.out), told);
    return EXIT.ok;
  }
  throw new CliError(
    EXIT.notFound,
    l10n.t('No node of lab {0} gives a certificate authority.', lab.name),
    l10n.t('Every node has it. See which of them run: gitlab-ha status {0}', lab.name),
  );
}

async function keep(context: CliContext, path: string, certificate: string): Promise<void> {
  await writeFile(path, certificate);
  printLine(context.stderr, context.l10n.t('Written: {0}', path));
}
