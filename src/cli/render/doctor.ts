import type { Check } from '../doctor/diagnose';
import type { Style } from './style';
import { table } from './table';

function mark(check: Check, style: Style): string {
  switch (check.status) {
    case 'ok':
      return style.green('ok');
    case 'warning':
      return style.yellow('warning');
    case 'failed':
      return style.red('failed');
  }
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
      ? style.red(`A lab cannot run here yet: ${failed} of ${checks.length} checks failed.`)
      : `A lab can run here${warnings > 0 ? `; ${warnings} warning${warnings === 1 ? '' : 's'}` : ''}.`;
  return [...body, '', verdict].join('\n');
}
