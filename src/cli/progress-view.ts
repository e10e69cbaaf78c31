import type { OperationControl, Progress } from '../lab/lab-service';
import type { CliContext } from './context';
import { printLine, stderrStyle } from './print';
import { advance, finishedLine, plainLine, runningLine } from './render/progress';
import type { ProgressState } from './render/progress';

/** Where output is not a terminal, what a step waits for is told this often: it changes several times a second. */
const WAITING_EVERY_MS = 5_000;
/** How many lines of the log a failure shows. */
const LOG_TAIL = 15;

export interface ProgressView {
  readonly control: Required<Pick<OperationControl, 'onProgress' | 'log'>>;
  /** Prints a line above the running one. */
  note(text: string): void;
  /** Ends the view; a failure marks the running step and, unless told otherwise, shows the end of the log. */
  end(ok: boolean, options?: { readonly log: boolean }): void;
}

/** Says which reports a plain log prints: all but those that only change what is waited for, too soon. */
function createThrottle(context: CliContext): (progress: Progress) => boolean {
  let printed: { readonly step: Progress['step']; readonly at: number } | undefined;
  return (progress) => {
    const waits = (progress.waitingFor ?? []).length > 0 && progress.step === printed?.step;
    if (waits && context.now() - (printed?.at ?? 0) < WAITING_EVERY_MS) return false;
    printed = { step: progress.step, at: context.now() };
    return true;
  };
}

function printTail(context: CliContext, tail: readonly string[]): void {
  if (tail.length === 0) return;
  printLine(
    context.stderr,
    stderrStyle(context).dim([context.l10n.t('Last lines of the log:'), ...tail].join('\n  ')),
  );
}

/** Shows an operation on standard error: a spinner line on a terminal, a line per change elsewhere. */
export function createProgressView(
  context: CliContext,
  options: { readonly verbose: boolean },
): ProgressView {
  const style = stderrStyle(context);
  const live = context.stderr.isTTY === true && context.env['TERM'] !== 'dumb';
  const tail: string[] = [];
  let state: ProgressState = { startedAt: context.now(), current: undefined };
  const isDue = createThrottle(context);

  const erase = (): void => {
    if (live) context.stderr.write('\r\u001b[2K');
  };
  const draw = (): void => {
    if (!live) return;
    erase();
    context.stderr.write(runningLine(state, context.now(), context.stderr.columns ?? 80, style));
  };
  const note = (text: string): void => {
    erase();
    printLine(context.stderr, text);
    draw();
  };
  const onProgress = (progress: Progress): void => {
    const { next, finished, news } = advance(state, progress, context.now());
    state = next;
    if (finished !== undefined && live) note(finishedLine(finished.step, finished.milliseconds, true, style));
    if (live) draw();
    else if (news && isDue(progress))
      printLine(context.stderr, plainLine(progress, context.now() - state.startedAt, context.l10n));
  };
  const log = (line: string): void => {
    tail.push(line);
    if (tail.length > LOG_TAIL) tail.shift();
    if (options.verbose) note(style.dim(line));
  };
  const timer = live ? context.every(100, draw) : undefined;
  return {
    control: { onProgress, log },
    note,
    end(ok, { log: shown } = { log: true }) {
      timer?.dispose();
      erase();
      if (state.current !== undefined && live) {
        const { progress, since } = state.current;
        printLine(context.stderr, finishedLine(progress.step, context.now() - since, ok, style));
      }
      if (!ok && shown && !options.verbose) printTail(context, tail);
    },
  };
}
