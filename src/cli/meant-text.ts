import { closestWord } from '../finding/did-you-mean';
import type { Localizer } from '../presentation/words/localizer';

/** 'Did you mean "node1"? ' where a word is close to a known one, else nothing; a sentence may follow. */
export function meantText(word: string, known: readonly string[], l10n: Localizer): string {
  const close = closestWord(word, known);
  return close === undefined ? '' : `${l10n.t('Did you mean "{0}"?', close)} `;
}

/** The close word, or all there are. */
export function otherwiseText(word: string, known: readonly string[], l10n: Localizer): string {
  const close = closestWord(word, known);
  return close === undefined
    ? l10n.t('There are {0}.', known.join(', '))
    : l10n.t('Did you mean {0}?', close);
}
