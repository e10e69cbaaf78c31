import type { OperationControl, Progress } from '../lab/lab-service';
import type { CliContext } from './context';
import { printLine, stderrStyle } from './print';
import { advance, finishedLine, plainLine, runningLine } from './render/progress';
import type { ProgressState } from './render/progress';

/** How many lines of the log a failure shows. */
const LOG_TAIL = 15;

export interface ProgressView {
  readonly control: Required<Pick<OperationControl, 'onProgress' | 'log'>>;
  /** Prints a line above the running one. */
  note(text: string): void;
  /** Ends the view; a failure marks the running step and shows the end of the log. */
  end(ok: boolean): void;
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
    else if (news) printLine(context.stderr, plainLine(progress, context.now() - state.startedAt));
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
    end(ok) {
      timer?.dispose();
      erase();
      if (state.current !== undefined && live) {
        const { progress, since } = state.current;
        printLine(context.stderr, finishedLine(progress.step, context.now() - since, ok, style));
      }
      if (!ok && !options.verbose && tail.length > 0) {
        printLine(context.stderr, style.dim(['Last lines of the log:', ...tail].join('\n  ')));
      }
    },
  };
}
