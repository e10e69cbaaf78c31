import { PATHS } from '../../lab/render/paths';
import { CliError } from '../cli-error';
import type { CliContext, GlobalOptions } from '../context';
import { EXIT } from '../exit-code';
import { chooseLab } from '../lab-name';

export interface CaOptions extends GlobalOptions {
  readonly name?: string;
}

/** `gitlab-ha ca`: the certificate of the authority that a lab's servers are signed by, as PEM. */
export async function ca(context: CliContext, options: CaOptions): Promise<number> {
  const { l10n } = context;
  const labs = await context.labs(options);
  const lab = await chooseLab(context, labs, options.name);
  const running = lab.containers.filter(({ role, state }) => role === 'node' && state === 'running');
  for (const { node } of running) {
    const { exitCode, stdout } = await (await labs.transport(lab.name, node)).exec(['cat', PATHS.authority]);
    if (exitCode !== 0) continue;
    context.stdout.write(stdout);
    return EXIT.ok;
  }
  throw new CliError(
    EXIT.notFound,
    l10n.t('No node of lab {0} gives a certificate authority.', lab.name),
    l10n.t('A lab has one where a layer runs that is reached over HTTPS (objects); its nodes must run.'),
  );
}
