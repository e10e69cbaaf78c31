import type { Localizer } from '../../../src/presentation/words/localizer';
import { translated } from '../../../src/presentation/words/localizer';
import { ENGLISH_WORDS } from './bundles';

const ACCENT = '\u0301';

/** Longer by two fifths, with brackets around and accents as marks of their own: what a translation does to a layout. */
function pseudo(message: string): string {
  const accented = message.replace(/(?<!\{)[aeiouy](?![^{]*\})/gi, `$&${ACCENT}`);
  return `⟦${accented}${'~'.repeat(Math.ceil(message.length * 0.4))}⟧`;
}

/** Every message of the code in that way. */
export const PSEUDO: Localizer = translated(
  Object.fromEntries(Object.keys(ENGLISH_WORDS.code).map((message) => [message, pseudo(message)])),
);

/** The English text again. */
export function withoutPseudo(text: string): string {
  return text.replace(/[⟦⟧~\u0301]/g, '');
}
