import type { Progress } from '../lab/lab-service';
import type { Localizer } from './words/localizer';

/** What happens at this moment in one line: the first thing that is waited for, else what is being done. */
export function progressText(progress: Progress, l10n: Localizer): string {
  const [first, ...others] = progress.waitingFor ?? [];
  if (first === undefined) return progress.message;
  if (others.length === 0) return l10n.t('Waiting for {0}', first);
  return l10n.t('Waiting for {0}, and {1} more', first, others.length);
}

/** What the bar must advance by (0 to 100), never backwards. */
export function progressIncrement(before: number, progress: Progress): number {
  return Math.max(0, Math.min(1, progress.fraction) - before) * 100;
}

/** Seconds with one digit. */
export function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1);
}
