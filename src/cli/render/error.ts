import type { Style } from './style';

/** What failed and what to do about it, in two lines. */
export function renderError(message: string, remedy: string, style: Style): string {
  const first = `${style.red(style.l10n.t('error:'))} ${message}`;
  return remedy === '' ? first : `${first}\n  ${style.dim('→')} ${remedy}`;
}
