import type { Progress } from '../../lab/lab-service';
import type { Localizer } from '../common/localizer';

/** A notification has room for one line; the log has the rest. */
const SHOWN_WAITS = 2;

/** The step, and what it waits for, in one line. */
export function progressText(progress: Progress, l10n: Localizer): string {
  const waits = progress.waitingFor ?? [];
  if (waits.length === 0) return progress.message;
  const more = waits.length - SHOWN_WAITS;
  const shown = waits.slice(0, SHOWN_WAITS).join(', ');
  const list = more > 0 ? l10n.t('{0} and {1} more', shown, more) : shown;
  return l10n.t('{0}, waiting for {1}', progress.message, list);
}

/** What the bar must advance by (0 to 100), never backwards. */
export function progressIncrement(before: number, progress: Progress): number {
  return Math.max(0, Math.min(1, progress.fraction) - before) * 100;
}

/** Seconds with one digit. */
export function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1);
}
