import type { NodeTransport } from '../../transport/transport';
import { CliError } from '../cli-error';
import type { CliContext, GlobalOptions } from '../context';
import { EXIT } from '../exit-code';
import { chooseLab, chooseNode } from '../lab-name';
import { attach } from './exec';

export interface LogsOptions extends GlobalOptions {
  readonly name?: string;
  readonly follow?: boolean;
  /** Lines from the end. */
  readonly lines?: number;
}

/** Where the package keeps the logs of its services. */
const LOG_ROOT = '/var/log/gitlab';

async function loggedServices(transport: NodeTransport): Promise<readonly string[]> {
  const { exitCode, stdout } = await transport.exec(['ls', '-1', LOG_ROOT]);
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
  const lab = await chooseLab(labs, options.name);
  const transport = await labs.transport(lab.name, chooseNode(lab, node));
  const known = await loggedServices(transport);
  if (!known.includes(service)) {
    throw new CliError(
      EXIT.notFound,
      `${node} keeps no log of ${service}.`,
      `It has ${known.join(', ') || 'no logs yet'}.`,
    );
  }
  const follow = options.follow === true ? ['-F'] : [];
  const file = `${LOG_ROOT}/${service}/current`;
  const command = ['tail', '-n', String(options.lines ?? 100), ...follow, file];
  // Ctrl-C is how following ends: no failure.
  return attach(context, (signal) => transport.spawn(command, { signal }), {
    stdin: false,
    interrupted: EXIT.ok,
  });
}
