import type { Check } from '../doctor/diagnose';
import type { Style } from './style';
import { table } from './table';

function mark(check: Check, style: Style): string {
  switch (check.status) {
    case 'ok':
      return style.green(style.l10n.t('ok'));
    case 'warning':
      return style.yellow(style.l10n.t('warning'));
    case 'failed':
      return style.red(style.l10n.t('failed'));
  }
}

function ready(warnings: number, { l10n }: Style): string {
  if (warnings === 0) return l10n.t('A lab can run here.');
  return warnings === 1
    ? l10n.t('A lab can run here; 1 warning.')
    : l10n.t('A lab can run here; {0} warnings.', warnings);
}

/** One line per check, its remedy below it, and a last line that sums up. */
export function renderDoctor(checks: readonly Check[], style: Style): string {
  const lines = table(checks.map((check) => [mark(check, style), check.title, check.detail])).split('\n');
  const body = checks.flatMap((check, index) => [
    lines[index] ?? '',
    ...(check.remedy === '' ? [] : [`         ${style.dim('→')} ${check.remedy}`]),
  ]);
  const failed = checks.filter((check) => check.status === 'failed').length;
  const warnings = checks.filter((check) => check.status === 'warning').length;
  const verdict =
    failed > 0
      ? style.red(style.l10n.t('A lab cannot run here yet: {0} of {1} checks failed.', failed, checks.length))
      : ready(warnings, style);
  return [...body, '', verdict].join('\n');
}
