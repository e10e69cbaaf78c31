import { leaderAddress } from '../../drills/probe/leader-address';
import type { Loss } from '../../drills/probe/loss';
import { forgetWrites, verifyWrites } from '../../drills/probe/probe-session';
import type { ProbeSession } from '../../drills/probe/probe-session';
import { requireWay } from '../../drills/probe/require-way';
import { runProbe } from '../../drills/probe/run-probe';
import type { ProbePath, WriteAttempt } from '../../drills/probe/write-attempt';
import { LabError } from '../../lab/lab-error';
import type { LabInfo, LabService } from '../../lab/lab-service';
import { clientWay, paceOf } from '../../services/client-ways';
import type { CliContext, GlobalOptions } from '../context';
import { EXIT } from '../exit-code';
import { chooseLab } from '../lab-name';
import { lookAt } from '../observation';
import { tellLabError, printLine, stderrStyle, stdoutStyle } from '../print';
import { probeNews, renderProbe } from '../render/measurement';
import { declared } from '../../presentation/words/localizer';
import type { Localizer } from '../../presentation/words/localizer';

export interface ProbeCommandOptions extends GlobalOptions {
  readonly name?: string;
  readonly path: ProbePath;
  /** Seconds; until Ctrl-C when absent. */
  readonly duration?: number;
  /** Milliseconds between the starts of two writes; as it suits the path when absent. */
  readonly interval?: number;
  readonly json?: boolean;
}

/** Time to learn who leads. */
const LOOK_MS = 15_000;

/**
 * `gitlab-ha probe`: a client in the gateway writes through the virtual address until the time is up or Ctrl-C, then
 * what it was promised is looked for where the leader is. 5 when nothing was acknowledged, an acknowledged write is
 * lost, or what is stored cannot be read.
 * @throws LabError `no-way` when the lab does not run what the path leads to
 */
export async function probe(context: CliContext, options: ProbeCommandOptions): Promise<number> {
  const labs = await context.labs(options);
  const lab = await chooseLab(context, labs, options.name);
  requireWay(lab, options.path);
  const abort = new AbortController();
  const interrupt = context.onInterrupt(() => {
    interrupt.dispose();
    abort.abort();
  });
  const intervalMs = options.interval ?? paceOf(options.path).intervalMs;
  try {
    const ends =
      options.duration === undefined
        ? context.l10n.t('Ctrl-C ends')
        : context.l10n.t('for {0} s', options.duration);
    printLine(
      context.stderr,
      beginning(context.l10n, { path: options.path, vip: lab.cluster.vip, intervalMs, ends }),
    );
    const { report, session } = await runProbe(labs, lab, `probe-${context.now()}`, {
      path: options.path,
      intervalMs,
      ...(options.duration === undefined ? {} : { durationMs: options.duration * 1000 }),
      signal: abort.signal,
      onAttempt: newsTeller(context),
    });
    const loss = await lossOfSession(context, labs, lab, session);
    const text =
      options.json === true
        ? JSON.stringify({ ...report, loss: loss ?? null }, undefined, 2)
        : renderProbe(report, loss, stdoutStyle(context));
    printLine(context.stdout, text);
    return loss !== undefined && loss.lost.length === 0 && report.acknowledged > 0
      ? EXIT.ok
      : EXIT.notHealthy;
  } finally {
    interrupt.dispose();
  }
}

interface Beginning {
  readonly path: ProbePath;
  readonly vip: string;
  readonly intervalMs: number;
  readonly ends: string;
}

/** Not everything a client does again and again is a write. */
function beginning(l10n: Localizer, { path, vip, intervalMs, ends }: Beginning): string {
  const { attempts } = clientWay(path);
  if (attempts === undefined) return l10n.t('Writing through {0} every {1} ms; {2}.', vip, intervalMs, ends);
  return l10n.t('{0} through {1} every {2} ms; {3}.', declared(attempts, l10n), vip, intervalMs, ends);
}

/** Says when the client is no longer served, and when it is again. */
function newsTeller(context: CliContext): (attempt: WriteAttempt) => void {
  const style = stderrStyle(context);
  let served: boolean | undefined;
  return ({ acknowledged, endedAt, error }) => {
    if (acknowledged === served) return;
    served = acknowledged;
    printLine(
      context.stderr,
      probeNews(endedAt, acknowledged ? undefined : (error ?? context.l10n.t('no reason given')), style),
    );
  };
}

/** What became of the writes; undefined, and said, when nobody leads or the leader does not answer. */
async function lossOfSession(
  context: CliContext,
  labs: LabService,
  lab: LabInfo,
  session: ProbeSession,
): Promise<Loss | undefined> {
  const { path } = session.options;
  const way = clientWay(path);
  // Where the way itself is asked for what it keeps nobody needs to lead.
  const leader = way.keptAt && way.leader;
  try {
    const state = await lookAt(
      context,
      labs,
      lab,
      (seen) => leader === undefined || leader(seen) !== undefined,
      LOOK_MS,
    );
    const gateway = await labs.transport(lab.name, 'gateway');
    const loss = await verifyWrites(gateway, session, leaderAddress(lab, state, path));
    // What is lost is worth a look into the database.
    if (loss.lost.length === 0) await forgetWrites(gateway, session);
    return loss;
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    tellLabError(context, error);
    return undefined;
  }
}
