import { posix } from 'node:path';
import type { LabInfo } from '../../lab/lab-service';
import type { Localizer } from '../../presentation/words/localizer';
import { nodesRunning, runsOn } from '../../services/placement';
import { deployedServices } from '../../services/registry';
import type { RunningCommand } from '../../transport/transport';
import { CliError } from '../cli-error';
import type { CliContext, GlobalOptions } from '../context';
import { EXIT } from '../exit-code';
import { chooseLab, chooseNode } from '../lab-name';

export interface ExecCommandOptions extends GlobalOptions {
  readonly name?: string;
  /** False with --no-stdin. */
  readonly stdin?: boolean;
  readonly user?: string;
}

/** Copies both outputs without ending ours, and waits until all was written. */
async function copyOutput(context: CliContext, running: RunningCommand): Promise<void> {
  const copy = (from: NodeJS.ReadableStream, to: NodeJS.WritableStream): Promise<void> =>
    new Promise((resolve, reject) => {
      from.once('end', resolve);
      from.once('close', resolve);
      from.once('error', reject);
      from.pipe(to, { end: false });
    });
  await Promise.all([copy(running.stdout, context.stdout), copy(running.stderr, context.stderr)]);
}

/** Gives our standard input to a command; the returned function takes it back. */
function feed(context: CliContext, running: RunningCommand): () => void {
  const ignore = (): void => undefined;
  // The command may end before it has read everything: writing to it then is no failure of ours.
  running.stdin.on('error', ignore);
  context.stdin.pipe(running.stdin);
  return () => {
    context.stdin.unpipe(running.stdin);
    context.stdin.pause();
  };
}

/** Starts a command; ends it when the signal says so. */
export type Start = (signal: AbortSignal) => Promise<RunningCommand>;

/**
 * Runs a command connected to our streams until it ends. Ctrl-C, a termination signal and a reader of our output that
 * goes away end the command, which gives `interrupted`; we end only after it has, because nobody else would end it.
 */
export async function attach(
  context: CliContext,
  start: Start,
  options: { readonly stdin: boolean; readonly interrupted: number },
): Promise<number> {
  const abort = new AbortController();
  const interrupt = context.onInterrupt(() => {
    // A second signal ends the program at once.
    interrupt.dispose();
    abort.abort();
  });
  try {
    const running = await start(abort.signal);
    try {
      const code = await connect(context, running, options.stdin);
      return abort.signal.aborted ? options.interrupted : code;
    } finally {
      if (abort.signal.aborted) await running.kill();
    }
  } catch (error) {
    if (abort.signal.aborted) return options.interrupted;
    throw error;
  } finally {
    interrupt.dispose();
  }
}

async function connect(context: CliContext, running: RunningCommand, stdin: boolean): Promise<number> {
  const takeBack = stdin ? feed(context, running) : undefined;
  if (!stdin) running.stdin.end();
  try {
    const [code] = await Promise.all([running.exit, copyOutput(context, running)]);
    return code;
  } finally {
    takeBack?.();
  }
}

/** What belongs to a service that the node does not run would only complain of files that are not there. */
function expectProgram(l10n: Localizer, { cluster, name }: LabInfo, node: string, program: string): void {
  const owners = deployedServices().filter(({ commands = [] }) => commands.includes(posix.basename(program)));
  const [owner] = owners;
  if (owner === undefined || owners.some((service) => runsOn(cluster, service, node))) return;
  const having = nodesRunning(cluster, owner).map((one) => one.name);
  throw new CliError(
    EXIT.notFound,
    l10n.t('{0} belongs to {1}, which {2} does not run.', program, owner.shortTitle ?? owner.title, node),
    having.length === 0
      ? l10n.t('Lab {0} does not run it anywhere: its layer is {1}.', name, owner.layer)
      : l10n.t('It is on {0}.', having.join(', ')),
  );
}

/** `gitlab-ha exec NODE -- CMD…`: ends with the command's own exit code. */
export async function exec(
  context: CliContext,
  node: string,
  command: readonly string[],
  options: ExecCommandOptions,
): Promise<number> {
  const labs = await context.labs(options);
  const lab = await chooseLab(context, labs, options.name);
  const chosen = chooseNode(context.l10n, lab, node);
  expectProgram(context.l10n, lab, chosen, command[0] ?? '');
  const transport = await labs.transport(lab.name, chosen);
  const user = options.user === undefined ? {} : { user: options.user };
  const start: Start = (signal) => transport.spawn(command, { ...user, signal });
  return attach(context, start, { stdin: options.stdin !== false, interrupted: EXIT.cancelled });
}
