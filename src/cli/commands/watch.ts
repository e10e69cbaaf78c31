import type { Event } from '../../observe/event';
import type { Observer } from '../../observe/observer';
import { isKnown } from '../../lab/health/live-state';
import type { LabInfo, LabService } from '../../lab/lab-service';
import type { CliContext, Disposable, GlobalOptions } from '../context';
import { EXIT } from '../exit-code';
import { chooseLab } from '../lab-name';
import { printLine, stderrStyle, stdoutStyle } from '../print';
import { addEvent, NO_EVENTS } from '../../presentation/events/event-log';
import { eventJson, groupedLine, snapshotJson, watchScreen } from '../render/watch';
import { wholeness } from '../../observe/wholeness';

export interface WatchOptions extends GlobalOptions {
  readonly name?: string;
  readonly json?: boolean;
}

/** Redraws are gathered for this long; events follow each other within milliseconds during a failover. */
const REDRAW_MS = 50;
/** The ages and clocks on the screen move even when nothing happens. */
const TICK_MS = 1000;
const EVENTS_KEPT = 200;

const ENTER = '\u001b[?1049h\u001b[?25l';
const LEAVE = '\u001b[?25h\u001b[?1049l';
const HOME = '\u001b[H';
const CLEAR_LINE = '\u001b[K';
const CLEAR_BELOW = '\u001b[J';

function watchLines(
  context: CliContext,
  observer: Observer,
  lab: LabInfo,
  json: boolean,
): readonly Disposable[] {
  if (json) return watchJson(context, observer, lab);
  const style = stdoutStyle(context);
  printLine(context.stderr, context.l10n.t('Watching lab {0}; one line per event, Ctrl-C ends.', lab.name));
  let log = NO_EVENTS;
  return [
    observer.onEvent((event) => {
      log = addEvent(log, lab.name, event);
      printLine(context.stdout, groupedLine(event, log, style));
    }),
    // A subscription to the state keeps the watchers running for their ground truth.
    observer.onState(() => undefined),
  ];
}

/** Every source has answered after this time, or does not at all. */
const SNAPSHOT_MS = 15_000;

/** First what there is, then each event: those that come before the picture is complete follow it. */
function watchJson(context: CliContext, observer: Observer, lab: LabInfo): readonly Disposable[] {
  let held: Event[] | undefined = [];
  const begin = (): void => {
    if (held === undefined) return;
    const early = held;
    held = undefined;
    const { state } = observer;
    const view = { lab, state, notWhole: wholeness(state, lab.cluster), now: context.now() };
    printLine(context.stdout, snapshotJson(view));
    for (const event of early) printLine(context.stdout, eventJson(event));
  };
  return [
    observer.onEvent((event) => {
      if (held === undefined) printLine(context.stdout, eventJson(event));
      else held.push(event);
    }),
    observer.onState((state) => {
      if (isKnown(state)) begin();
    }),
    context.after(SNAPSHOT_MS, begin),
  ];
}

function watchFullScreen(context: CliContext, observer: Observer, lab: LabInfo): readonly Disposable[] {
  const style = stdoutStyle(context);
  const events: Event[] = [];
  let pending: Disposable | undefined;
  const draw = (): void => {
    pending = undefined;
    const { state } = observer;
    const view = { lab, state, notWhole: wholeness(state, lab.cluster), now: context.now() };
    const size = { columns: context.stdout.columns ?? 80, rows: context.stdout.rows ?? 24 };
    const lines = watchScreen(view, events, size, style).map((line) => line + CLEAR_LINE);
    context.stdout.write(HOME + lines.join('\n') + CLEAR_BELOW);
  };
  const soon = (): void => {
    pending ??= context.after(REDRAW_MS, draw);
  };
  context.stdout.write(ENTER);
  return [
    observer.onState(soon),
    observer.onEvent((event) => {
      events.push(event);
      if (events.length > EVENTS_KEPT) events.shift();
      soon();
    }),
    context.every(TICK_MS, soon),
    context.onResize(soon),
    { dispose: () => pending?.dispose() },
    { dispose: () => context.stdout.write(LEAVE) },
  ];
}

type Ending = 'asked' | 'gone';

/** Tells when nothing of the lab is left. An engine that cannot be asked says nothing of it: it is asked at its next event. */
function onGone(labs: LabService, { name }: LabInfo, gone: () => void): Disposable {
  const look = async (): Promise<void> => {
    const there = await labs.list();
    if (!there.some((lab) => lab.name === name)) gone();
  };
  const looked = (): void => void look().catch(() => undefined);
  const listening = labs.onDidChange(looked);
  // It may have gone before anybody listened.
  looked();
  return listening;
}

/**
 * Resolves when the user asks to stop (q, Ctrl-C, also as a raw key, or a termination signal), or the lab is gone.
 * @param whenGone begins to listen for that
 */
function untilEnd(
  context: CliContext,
  screen: boolean,
  whenGone: (gone: () => void) => Disposable,
): Promise<Ending> {
  return new Promise((resolve) => {
    const { stdin } = context;
    const keys = screen && stdin.isTTY === true;
    const onData = (data: Buffer | string): void => {
      if (/[q\u0003]/.test(data.toString())) finish('asked');
    };
    const interrupt = context.onInterrupt(() => finish('asked'));
    const going = whenGone(() => finish('gone'));
    const finish = (ending: Ending): void => {
      interrupt.dispose();
      going.dispose();
      if (keys) {
        stdin.off('data', onData);
        stdin.setRawMode?.(false);
        stdin.pause();
      }
      resolve(ending);
    };
    if (!keys) return;
    stdin.setRawMode?.(true);
    stdin.on('data', onData);
    stdin.resume();
  });
}

/** @returns the exit code */
function tellEnd(context: CliContext, lab: string, ending: Ending, screen: boolean): number {
  const { l10n } = context;
  if (ending === 'gone') {
    printLine(context.stderr, l10n.t('Lab {0} is gone: there is nothing to watch any more.', lab));
    return EXIT.notFound;
  }
  if (screen) {
    const text = l10n.t('Stopped watching; lab {0} goes on.', lab);
    printLine(context.stderr, stderrStyle(context).dim(text));
  }
  return EXIT.ok;
}

/** `gitlab-ha watch`: a live screen on a terminal, event lines (or NDJSON) elsewhere. */
export async function watch(context: CliContext, options: WatchOptions): Promise<number> {
  const labs = await context.labs(options);
  const lab = await labs.dated(await chooseLab(context, labs, options.name));
  const json = options.json === true;
  const screen = context.stdout.isTTY === true && !json && context.env['TERM'] !== 'dumb';
  const observer = await labs.observe(lab);
  const listeners = screen
    ? watchFullScreen(context, observer, lab)
    : watchLines(context, observer, lab, json);
  let ending: Ending;
  try {
    ending = await untilEnd(context, screen, (gone) => onGone(labs, lab, gone));
  } finally {
    for (const listener of listeners) listener.dispose();
    await observer.dispose();
  }
  return tellEnd(context, lab.name, ending, screen);
}
