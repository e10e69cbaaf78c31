import type { ShellSession } from '../../transport/transport';
import { CliError } from '../cli-error';
import type { CliContext, GlobalOptions } from '../context';
import { EXIT } from '../exit-code';
import { chooseLab, chooseNode } from '../lab-name';

export interface ShellCommandOptions extends GlobalOptions {
  readonly name?: string;
}

function size(context: CliContext): { readonly columns: number; readonly rows: number } {
  return { columns: context.stdout.columns ?? 80, rows: context.stdout.rows ?? 24 };
}

/** Joins our terminal and the session's until the session ends. */
async function join(context: CliContext, session: ShellSession): Promise<number> {
  const { stdin, stdout } = context;
  const resized = context.onResize(() => {
    const { columns, rows } = size(context);
    // A resize that arrives after the end is refused by the engine, and of no use.
    session.resize(columns, rows).catch(() => undefined);
  });
  let closing: Promise<void> | undefined;
  const interrupt = context.onInterrupt(() => {
    // A second signal ends the program at once.
    interrupt.dispose();
    closing = session.close();
  });
  stdin.setRawMode?.(true);
  stdin.pipe(session.stream, { end: false });
  session.stream.pipe(stdout, { end: false });
  try {
    return await session.exit;
  } finally {
    stdin.unpipe(session.stream);
    stdin.setRawMode?.(false);
    stdin.pause();
    resized.dispose();
    interrupt.dispose();
    // The shell must be gone before this program is: nobody else would end it.
    await closing;
  }
}

function execLine(node: string, lab: string | undefined): string {
  return lab === undefined
    ? `gitlab-ha exec ${node} -- COMMAND`
    : `gitlab-ha exec ${node} --name ${lab} -- COMMAND`;
}

/** `gitlab-ha shell NODE`: an interactive login shell; ends with its exit code. */
export async function shell(
  context: CliContext,
  node: string,
  options: ShellCommandOptions,
): Promise<number> {
  if (context.stdin.isTTY !== true || context.stdout.isTTY !== true) {
    throw new CliError(
      EXIT.usage,
      context.l10n.t('A shell needs a terminal.'),
      context.l10n.t('Without one, run a command: {0}', execLine(node, options.name)),
    );
  }
  const labs = await context.labs(options);
  const lab = await chooseLab(context, labs, options.name);
  const transport = await labs.transport(lab.name, chooseNode(context.l10n, lab, node));
  const session = await transport.shell(size(context));
  return join(context, session);
}
