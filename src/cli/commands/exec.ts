import type { RunningCommand } from '../../transport/transport';
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

/** Connects a running command to our streams until it ends. Ctrl-C ends the command and gives 130. */
export async function attach(
  context: CliContext,
  running: RunningCommand,
  options: { readonly stdin: boolean; readonly interrupted: number },
): Promise<number> {
  let interrupted = false;
  const interrupt = context.onInterrupt(() => {
    interrupted = true;
    running.kill();
  });
  const takeBack = options.stdin ? feed(context, running) : undefined;
  if (!options.stdin) running.stdin.end();
  try {
    const [code] = await Promise.all([running.exit, copyOutput(context, running)]);
    return interrupted ? options.interrupted : code;
  } catch (error) {
    if (interrupted) return options.interrupted;
    throw error;
  } finally {
    takeBack?.();
    interrupt.dispose();
  }
}

/** `gitlab-ha exec NODE -- CMD…`: ends with the command's own exit code. */
export async function exec(
  context: CliContext,
  node: string,
  command: readonly string[],
  options: ExecCommandOptions,
): Promise<number> {
  const labs = await context.labs(options);
  const lab = await chooseLab(labs, options.name);
  const transport = await labs.transport(lab.name, chooseNode(lab, node));
  const user = options.user === undefined ? {} : { user: options.user };
  const running = await transport.spawn(command, user);
  return attach(context, running, { stdin: options.stdin !== false, interrupted: EXIT.cancelled });
}
