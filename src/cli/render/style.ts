import type { Health } from '../../observe/state';
import { ENGLISH } from '../../presentation/words/localizer';
import type { Localizer } from '../../presentation/words/localizer';

export type Paint = (text: string) => string;

/** How text is written for who reads it: terminal colors, or the text unchanged where they are off, and the language. */
export interface Style {
  readonly l10n: Localizer;
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
  readonly cyan: Paint;
}

const sgr =
  (on: number, off: number): Paint =>
  (text) =>
    `\u001b[${on}m${text}\u001b[${off}m`;

const plain: Paint = (text) => text;

/** No colors, in English. */
export const PLAIN: Style = {
  l10n: ENGLISH,
  bold: plain,
  dim: plain,
  red: plain,
  green: plain,
  yellow: plain,
  cyan: plain,
};

/** Colors, in English. */
export const COLORED: Style = {
  l10n: ENGLISH,
  bold: sgr(1, 22),
  dim: sgr(2, 22),
  red: sgr(31, 39),
  green: sgr(32, 39),
  yellow: sgr(33, 39),
  cyan: sgr(36, 39),
};

/**
 * Colors go to terminals only, and NO_COLOR (any value but the empty one) or TERM=dumb turns them off
 * (https://no-color.org). In English.
 */
export function styleFor(
  output: { readonly isTTY?: boolean | undefined },
  env: Readonly<Record<string, string | undefined>>,
): Style {
  const off = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  return output.isTTY === true && !off ? COLORED : PLAIN;
}

/** The color of a health: unknown is never green. */
export function healthPaint(style: Style, health: Health): Paint {
  switch (health) {
    case 'ok':
      return style.green;
    case 'degraded':
      return style.yellow;
    case 'failed':
      return style.red;
    case 'starting':
      return style.cyan;
    case 'unknown':
      return style.dim;
  }
}
