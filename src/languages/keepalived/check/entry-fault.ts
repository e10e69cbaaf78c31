import type { Word } from '../syntax/word';
import type { ArgumentFault } from './argument';

/** What is wrong with a word of a line without keywords. */
export interface EntryFault extends Omit<ArgumentFault, 'kind'> {
  readonly kind: ArgumentFault['kind'] | 'option';
  readonly word: Word;
}

/** An option at the end of its line that needs a word behind it. */
export function missingValue(option: Word): EntryFault {
  const message = `"${option.value}" needs a value; keepalived leaves the line out.`;
  return { word: option, kind: 'option', message, remedy: 'Write the value, or remove the word.' };
}
