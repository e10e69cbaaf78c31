import type { CliContext, GlobalOptions } from '../context';
import { EXIT } from '../exit-code';
import { chooseLab } from '../lab-name';
import { isKnown } from '../../lab/health/live-state';
import { lookAt } from '../observation';
import { outputWidth, printLine, stdoutStyle } from '../print';
import { renderStatus, statusJson } from '../render/status';
import { missingFromWhole } from '../../lab/health/missing-from-whole';
import { wholeness } from '../../observe/wholeness';

export interface StatusOptions extends GlobalOptions {
  readonly name?: string;
  readonly json?: boolean;
  /** Seconds to wait until the cluster is whole. */
  readonly wait?: number;
}

/** How long one look may take until every source has answered; a second on a machine with nothing else to do. */
const LOOK_MS = 15_000;

/**
 * `gitlab-ha status`: 0 when everything is ok, 5 otherwise. When all services are well it writes as a client does, which
 * leaves one row and one key in the lab.
 */
export async function status(context: CliContext, options: StatusOptions): Promise<number> {
  const labs = await context.labs(options);
  const lab = await labs.dated(await chooseLab(context, labs, options.name));
  const { wait } = options;
  const state =
    wait === undefined
      ? await lookAt(context, labs, lab, isKnown, LOOK_MS)
      : await lookAt(
          context,
          labs,
          lab,
          (seen) => seen.health === 'ok' && wholeness(seen, lab.cluster).length === 0,
          wait * 1000,
        );
  const notWhole = await interruptible(context, (signal) =>
    missingFromWhole({ lab, labs, observer: { state } }, signal),
  );
  const view = { lab, state, notWhole, now: context.now() };
  const text =
    options.json === true ? statusJson(view) : renderStatus(view, stdoutStyle(context), outputWidth(context));
  printLine(context.stdout, text);
  // A service that is about to rejoin is no fault; a cluster that serves nobody is.
  const servesNobody = notWhole.length > 0 && wholeness(state, lab.cluster).length === 0;
  return state.health === 'ok' && !servesNobody ? EXIT.ok : EXIT.notHealthy;
}

/** Work that Ctrl-C ends. A second Ctrl-C ends the program at once. */
async function interruptible<T>(context: CliContext, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  const interrupt = context.onInterrupt(() => {
    interrupt.dispose();
    abort.abort();
  });
  try {
    return await work(abort.signal);
  } finally {
    interrupt.dispose();
  }
}
