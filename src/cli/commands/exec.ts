import { posix } from 'node:path';
import { Transform } from 'node:stream';
import { closestWord } from '../../finding/did-you-mean';
import type { LabInfo } from '../../lab/lab-service';
import type { Localizer } from '../../presentation/words/localizer';
import { nodesRunning, runsOn, servicesOn } from '../../services/placement';
import { deployedServices } from '../../services/registry';
import type { RunningCommand } from '../../transport/transport';
import { CliError } from '../cli-error';
import type { CliContext, GlobalOptions } from '../context';
import { EXIT } from '../exit-code';
import { chooseLab, chooseNode } from '../lab-name';
import { printError } from '../print';

export interface ExecCommandOptions extends GlobalOptions {
  readonly name?: string;
  /** False with --no-stdin. */
  readonly stdin?: boolean;
  readonly user?: string;
}

/**
 * Copies both outputs without ending ours, and waits until all was written.
 * @param told true where what is said of a command that could not be started is told in other words
 */
async function copyOutput(context: CliContext, running: RunningCommand, told: boolean): Promise<void> {
  const copy = (from: NodeJS.ReadableStream, to: NodeJS.WritableStream): Promise<void> =>
    new Promise((resolve, reject) => {
      from.once('end', resolve);
      from.once('close', resolve);
      from.once('error', reject);
      from.pipe(to, { end: false });
    });
  const withoutComplaint = new Transform({
    transform: (piece, _encoding, done) =>
      done(null, running.complaint?.() === undefined ? piece : undefined),
  });
  running.stderr.once('error', (error) => withoutComplaint.destroy(error as Error));
  const errors = told ? running.stderr.pipe(withoutComplaint) : running.stderr;
  await Promise.all([copy(running.stdout, context.stdout), copy(errors, context.stderr)]);
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

export interface AttachOptions {
  readonly stdin: boolean;
  /** Exit code when the command was ended from outside. */
  readonly interrupted: number;
  /** Tells what is said of a command that could not be started; without it those words are passed on. */
  readonly refused?: (exitCode: number, complaint: string) => void;
}

/**
 * Runs a command connected to our streams until it ends. Ctrl-C, a termination signal and a reader of our output that
 * goes away end the command, which gives `interrupted`; we end only after it has, because nobody else would end it.
 */
export async function attach(context: CliContext, start: Start, options: AttachOptions): Promise<number> {
  const abort = new AbortController();
  const interrupt = context.onInterrupt(() => {
    // A second signal ends the program at once.
    interrupt.dispose();
    abort.abort();
  });
  try {
    const running = await start(abort.signal);
    try {
      const code = await connect(context, running, options);
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

async function connect(
  context: CliContext,
  running: RunningCommand,
  { stdin, refused }: AttachOptions,
): Promise<number> {
  const takeBack = stdin ? feed(context, running) : undefined;
  if (!stdin) running.stdin.end();
  try {
    const [code] = await Promise.all([running.exit, copyOutput(context, running, refused !== undefined)]);
    const complaint = running.complaint?.();
    if (complaint !== undefined) refused?.(code, complaint);
    return code;
  } finally {
    takeBack?.();
  }
}

/** What a shell says of a program that does not exist, and so does the transport. */
const NO_SUCH_PROGRAM = 127;
/** The reason in what runc says, by way of Docker, of a program that it cannot start. */
const OF_RUNC = /^OCI runtime exec failed: (?:.*: )?exec: ".*": (.*?)(?:: unknown)?$/s;

/** What Docker says of an account that the node does not have. */
const NO_SUCH_USER = /^unable to find user ([^:]+): no matching entries/;

/** Of a command that could not be run though it may be there: why, and what to look at. */
function notRun(
  { l10n }: CliContext,
  node: string,
  program: string,
  complaint: string,
): readonly [said: string, remedy: string] {
  const [, user] = NO_SUCH_USER.exec(complaint) ?? [];
  if (user !== undefined) {
    return [
      l10n.t('There is no user {0} on {1}.', user, node),
      l10n.t(
        'See with gitlab-ha exec {0} -- getent passwd who is there, and name one of them behind -u.',
        node,
      ),
    ];
  }
  const [, reason] = OF_RUNC.exec(complaint) ?? [];
  return reason === undefined
    ? [
        l10n.t('{0} cannot be run on {1}: {2}.', program, node, complaint),
        l10n.t('See with gitlab-ha shell {0} what is there.', node),
      ]
    : [
        l10n.t('{0} cannot be run on {1}: {2}.', program, node, reason),
        l10n.t('Look at it with gitlab-ha exec {0} -- ls -ld {1}.', node, program),
      ];
}

/** Of a command that could not be started: what failed and what to do. @param complaint in the engine's words */
function notStarted(
  context: CliContext,
  { cluster }: LabInfo,
  node: string,
  program: string,
  [exitCode, complaint]: readonly [exitCode: number, complaint: string],
): readonly [said: string, remedy: string] {
  const { l10n } = context;
  if (exitCode !== NO_SUCH_PROGRAM) return notRun(context, node, program, complaint.trim());
  const said = l10n.t('There is no program {0} on {1}.', program, node);
  if (/\s/.test(program)) {
    return [
      said,
      l10n.t(
        'Write its words apart, or give the whole line to a shell: gitlab-ha exec {0} -- bash -c "…".',
        node,
      ),
    ];
  }
  const own = servicesOn(cluster, node).flatMap(({ commands = [] }) => commands);
  const here = cluster.nodes.some(({ name }) => name === node) ? ['gitlab-ctl', ...own] : own;
  const meant = closestWord(posix.basename(program), here);
  return [
    said,
    meant === undefined
      ? l10n.t('See with gitlab-ha shell {0} what is there.', node)
      : l10n.t('Did you mean {0}?', meant),
  ];
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
  return attach(context, start, {
    stdin: options.stdin !== false,
    interrupted: EXIT.cancelled,
    refused: (...said) => printError(context, ...notStarted(context, lab, chosen, command[0] ?? '', said)),
  });
}
