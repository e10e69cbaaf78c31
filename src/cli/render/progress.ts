import { translate } from '../../words/message';
import type { DeployStep, Progress } from '../../lab/lab-service';
import { readinessText } from '../../presentation/progress-text';
import type { Style } from './style';
import { truncate } from './table';
import { secondsText } from '../../presentation/words/time-text';
import type { Localizer } from '../../presentation/words/localizer';

type Step = Progress['step'];

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** What a person calls a step. */
export function stepTitle(step: Step, l10n: Localizer): string {
  switch (step) {
    case 'check':
      return l10n.t('Check the workspace and Docker');
    case 'image':
      return l10n.t('Node image');
    case 'network':
      return l10n.t('Network');
    case 'containers':
      return l10n.t('Containers');
    case 'start':
      return l10n.t('Start the nodes');
    case 'apply':
      return l10n.t('Carry the change over, node by node');
    case 'health':
      return l10n.t('Wait until everything is healthy');
    case 'destroy':
      return l10n.t('Destroy the lab');
  }
}

/** What is known about a running operation. */
export interface ProgressState {
  readonly startedAt: number;
  /** The step that runs now, and since when. */
  readonly current: { readonly progress: Progress; readonly since: number } | undefined;
}

/** Text for each change of a running operation: `done` is printed for good, `next` is the state from now on. */
export interface ProgressStep {
  readonly next: ProgressState;
  readonly finished: { readonly step: Step; readonly milliseconds: number } | undefined;
  /** True when the message differs from the last one, so a plain log prints it. */
  readonly news: boolean;
}

/** Takes one report in. */
export function advance(state: ProgressState, progress: Progress, now: number): ProgressStep {
  const last = state.current;
  if (last !== undefined && last.progress.step === progress.step) {
    const news =
      String(last.progress.message) !== String(progress.message) ||
      (last.progress.waitingFor ?? []).join() !== (progress.waitingFor ?? []).join();
    return { next: { ...state, current: { progress, since: last.since } }, finished: undefined, news };
  }
  const finished =
    last === undefined ? undefined : { step: last.progress.step, milliseconds: now - last.since };
  return { next: { ...state, current: { progress, since: now } }, finished, news: true };
}

/** The line that stays when a step is over: `✓ Network  0.2 s`. */
export function finishedLine(step: Step, milliseconds: number, ok: boolean, style: Style): string {
  const mark = ok ? style.green('✓') : style.red('✗');
  return `${mark} ${stepTitle(step, style.l10n)}  ${style.dim(secondsText(milliseconds))}`;
}

/** What the step waits for, at most `shown` entries of it; the step's message where it waits for nothing. */
function activity(progress: Progress, shown: number, l10n: Localizer): string {
  const list = progress.waitingFor ?? [];
  if (list.length === 0) return translate(progress.message, l10n);
  const counts = readinessText(progress, l10n);
  if (counts !== undefined) return counts;
  const first = list
    .slice(0, shown)
    .map((one) => translate(one, l10n))
    .join(', ');
  return list.length > shown
    ? l10n.t('waiting for {0} and {1} more', first, list.length - shown)
    : l10n.t('waiting for {0}', first);
}

/** The line redrawn on a terminal while a step runs. */
export function runningLine(state: ProgressState, now: number, columns: number, style: Style): string {
  if (state.current === undefined) return '';
  const { progress, since } = state.current;
  const frame = FRAMES[Math.floor(now / 100) % FRAMES.length] ?? '';
  const percent = `${Math.round(progress.fraction * 100)} %`;
  const text = `${style.cyan(frame)} ${stepTitle(progress.step, style.l10n)} ${style.dim(
    `[${percent}, ${secondsText(now - since)}]`,
  )} ${activity(progress, 2, style.l10n)}`;
  return truncate(text, columns - 1);
}

/** The line printed where output is not a terminal. */
export function plainLine(progress: Progress, elapsed: number, l10n: Localizer): string {
  return `[${secondsText(elapsed)}] ${progress.step}: ${activity(progress, 3, l10n)}`;
}

/** `image 0.4 s, network 0.1 s, …` in the order the steps ran. */
export function durationsLine(durations: Readonly<Partial<Record<DeployStep, number>>>): string {
  return Object.entries(durations)
    .map(([step, milliseconds]) => `${step} ${secondsText(milliseconds)}`)
    .join(', ');
}
