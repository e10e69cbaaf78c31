import type { DeployStep, Progress } from '../../lab/lab-service';
import { readinessText } from '../../presentation/progress-text';
import { ENGLISH } from '../../presentation/words/localizer';
import type { Style } from './style';
import { truncate } from './table';
import { duration } from './time';

type Step = Progress['step'];

const TITLES: Readonly<Record<Step, string>> = {
  check: 'Check the workspace and Docker',
  image: 'Node image',
  network: 'Network',
  containers: 'Containers',
  start: 'Start the nodes',
  apply: 'Carry the change over, node by node',
  health: 'Wait until everything is healthy',
  destroy: 'Destroy the lab',
};

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** What a person calls a step. */
export function stepTitle(step: Step): string {
  return TITLES[step];
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
      last.progress.message !== progress.message ||
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
  return `${mark} ${stepTitle(step)}  ${style.dim(duration(milliseconds))}`;
}

/** What the step waits for, at most `shown` entries of it; the step's message where it waits for nothing. */
function activity(progress: Progress, shown: number): string {
  const list = progress.waitingFor ?? [];
  if (list.length === 0) return progress.message;
  const counts = readinessText(progress, ENGLISH);
  if (counts !== undefined) return counts;
  const more = list.length > shown ? ` and ${list.length - shown} more` : '';
  return `waiting for ${list.slice(0, shown).join(', ')}${more}`;
}

/** The line redrawn on a terminal while a step runs. */
export function runningLine(state: ProgressState, now: number, columns: number, style: Style): string {
  if (state.current === undefined) return '';
  const { progress, since } = state.current;
  const frame = FRAMES[Math.floor(now / 100) % FRAMES.length] ?? '';
  const percent = `${Math.round(progress.fraction * 100)} %`;
  const text = `${style.cyan(frame)} ${stepTitle(progress.step)} ${style.dim(
    `[${percent}, ${duration(now - since)}]`,
  )} ${activity(progress, 2)}`;
  return truncate(text, columns - 1);
}

/** The line printed where output is not a terminal. */
export function plainLine(progress: Progress, elapsed: number): string {
  return `[${duration(elapsed)}] ${progress.step}: ${activity(progress, 3)}`;
}

/** `image 0.4 s, network 0.1 s, …` in the order the steps ran. */
export function durationsLine(durations: Readonly<Partial<Record<DeployStep, number>>>): string {
  return Object.entries(durations)
    .map(([step, milliseconds]) => `${step} ${duration(milliseconds)}`)
    .join(', ');
}
