import type { Range } from '../../../src/finding/finding';
import { rangeBetween, textLines } from '../../../src/finding/text-lines';

/** The range of the nth occurrence of some words in a text. */
export function place(text: string, words: string, occurrence = 1): Range {
  let offset = -1;
  for (let count = 0; count < occurrence; count += 1) offset = text.indexOf(words, offset + 1);
  if (offset < 0) throw new Error(`"${words}" is not there ${occurrence} times`);
  return rangeBetween(textLines(text), offset, offset + words.length);
}
