import { translate } from '../words/message';
import type { Progress } from '../lab/lab-service';
import type { Localizer } from './words/localizer';

/** What happens at this moment in one line: what is waited for, else what is being done. */
export function progressText(progress: Progress, l10n: Localizer): string {
  const counts = readinessText(progress, l10n);
  if (counts !== undefined) return counts;
  const [first, ...others] = progress.waitingFor ?? [];
  if (first === undefined) return translate(progress.message, l10n);
  if (others.length === 0) return l10n.t('Waiting for {0}', translate(first, l10n));
  return l10n.t('Waiting for {0}, and {1} more', translate(first, l10n), others.length);
}

/**
 * "Consul 3/3, PostgreSQL 0/3, usually 8 s"; undefined when no service is waited for. What is not complete stands first:
 * the end of the line may be cut off.
 */
export function readinessText(progress: Progress, l10n: Localizer): string | undefined {
  const { readiness = [], usualMs, waitingFor = [] } = progress;
  if (waitingFor.length === 0 || readiness.every(({ well, of }) => well >= of)) return undefined;
  const begun = readiness.filter(({ well, of }) => well > 0 && well < of);
  const none = readiness.filter(({ well }) => well === 0);
  const complete = readiness.filter(({ well, of }) => well >= of);
  const counts = [...begun, ...none, ...complete].map(({ title, well, of }) => `${title} ${well}/${of}`);
  if (usualMs === undefined) return counts.join(', ');
  return l10n.t('{0}; usually {1} s', counts.join(', '), Math.round(usualMs / 1000));
}

/** What the bar must advance by (0 to 100), never backwards. */
export function progressIncrement(before: number, progress: Progress): number {
  return Math.max(0, Math.min(1, progress.fraction) - before) * 100;
}

/** Seconds with one digit. */
export function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1);
}
