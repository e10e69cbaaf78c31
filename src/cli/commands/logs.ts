import { profileOf } from '../../lab/profiles/profiles';
import { logFile } from '../../services/core/live/layout';
import type { Layout } from '../../services/core/live/layout';
import type { NodeTransport } from '../../transport/transport';
import { CliError } from '../cli-error';
import type { CliContext, GlobalOptions } from '../context';
import { EXIT } from '../exit-code';
import { meantText } from '../meant-text';
import { chooseLab, chooseNode } from '../lab-name';
import { attach } from './exec';

export interface LogsOptions extends GlobalOptions {
  readonly name?: string;
  readonly follow?: boolean;
  /** Lines from the end. */
  readonly lines?: number;
}

async function loggedServices(transport: NodeTransport, layout: Layout): Promise<readonly string[]> {
  const { exitCode, stdout } = await transport.exec(['ls', '-1', layout.logs]);
  return exitCode === 0 ? stdout.split('\n').filter((name) => name !== '') : [];
}

/** `gitlab-ha logs NODE SERVICE [-f]`: the end of a service's log, and with -f what is added to it. */
export async function logs(
  context: CliContext,
  node: string,
  service: string,
  options: LogsOptions,
): Promise<number> {
  const labs = await context.labs(options);
  const lab = await chooseLab(context, labs, options.name);
  const transport = await labs.transport(lab.name, chooseNode(context.l10n, lab, node));
  const { layout } = profileOf(lab.cluster);
  const known = await loggedServices(transport, layout);
  if (!known.includes(service)) {
    throw new CliError(
      EXIT.notFound,
      context.l10n.t('{0} keeps no log of {1}.', node, service),
      known.length === 0
        ? context.l10n.t('It has no logs yet.')
        : `${meantText(service, known, context.l10n)}${context.l10n.t('It has {0}.', known.join(', '))}`,
    );
  }
  const follow = options.follow === true ? ['-F'] : [];
  const command = ['tail', '-n', String(options.lines ?? 100), ...follow, logFile(layout, service)];
  // Ctrl-C is how following ends: no failure.
  return attach(context, (signal) => transport.spawn(command, { signal }), {
    stdin: false,
    interrupted: EXIT.ok,
  });
}
