import { say } from '../words/message';
import type { Message } from '../words/message';

/** More are no slip of the fingers, however long the word; and to count them takes time. */
const MOST_EDITS = 6;

/** The known word closest to the one written, when it is close enough to be a slip of the fingers. */
export function closestWord(written: string, known: readonly string[]): string | undefined {
  if (written.length > 64) return undefined;
  let limit = Math.min(Math.max(1, Math.floor(written.length / 3)), MOST_EDITS);
  const from = normal(written);
  const signs = signsOf(from);
  let best: string | undefined;
  for (const word of known) {
    // Each character too many or too few is an edit of its own.
    if (Math.abs(word.length - from.length) > limit) continue;
    const to = normal(word);
    // An edit brings at most one new sign and takes at most one away: most words need no closer look.
    const others = signsOf(to);
    if (countBits(signs & ~others) > limit || countBits(others & ~signs) > limit) continue;
    const distance = editDistance(from, to, limit);
    if (distance > limit) continue;
    best = word;
    // From here on only a closer one counts.
    limit = distance - 1;
    if (distance === 0) break;
  }
  return best;
}

/** A remedy: the close word first, else all of them. */
export function suggestion(written: string, known: readonly string[]): string {
  return meant(written, known).toString();
}

/** The same for people in their language. */
export function meant(written: string, known: readonly string[]): Message {
  const close = closestWord(written, known);
  return close === undefined ? say('Use one of: {0}.', known.join(', ')) : say('Did you mean "{0}"?', close);
}

/** True when one word becomes the other by one character more, less or other, or by swapping two neighbours. */
export function isOneEdit(one: string, other: string): boolean {
  return Math.abs(one.length - other.length) <= 1 && editDistance(one, other, 1) === 1;
}

function normal(word: string): string {
  return word.toLowerCase().replaceAll('-', '_');
}

/** Which signs a word has, as bits; signs that share a bit count as one. */
function signsOf(word: string): number {
  let bits = 0;
  for (let at = 0; at < word.length; at += 1) bits |= 1 << (word.charCodeAt(at) & 31);
  return bits;
}

function countBits(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count += 1;
  return count;
}

/**
 * Edits of one character (insert, delete, replace, swap of neighbours) from one word to the other; some number above
 * the limit when there are more. Only cells no further from the diagonal than the limit can matter.
 */
function editDistance(from: string, to: string, limit: number): number {
  const beyond = limit + 1;
  let beforeLast: number[] = [];
  let last: number[] = [];
  let current: number[] = [];
  for (let column = 0; column <= Math.min(to.length, limit); column += 1) last[column] = column;
  for (let row = 1; row <= from.length; row += 1) {
    const first = Math.max(1, row - limit);
    const end = Math.min(to.length, row + limit);
    let least = row;
    current[first - 1] = first === 1 ? row : beyond;
    for (let column = first; column <= end; column += 1) {
      const cost = from[row - 1] === to[column - 1] ? 0 : 1;
      let best = Math.min(
        (column < row + limit ? (last[column] ?? beyond) : beyond) + 1,
        (current[column - 1] ?? beyond) + 1,
        (last[column - 1] ?? beyond) + cost,
      );
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (row > 1 && column > 1 && swapped) best = Math.min(best, (beforeLast[column - 2] ?? beyond) + 1);
      current[column] = best;
      if (best < least) least = best;
    }
    // A swap looks back two rows, but never lowers what the row between would give.
    if (least > beyond) return beyond;
    [beforeLast, last, current] = [last, current, beforeLast];
  }
  return last[to.length] ?? beyond;
}
