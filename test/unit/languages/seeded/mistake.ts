import type { LanguageId } from '../../../../src/languages/registry/languages';

/** Chooses a number from 0 up to, not including, the bound. */
export type Pick = (bound: number) => number;

/** A file with one mistake in it. */
export interface Seeded {
  readonly text: string;
  /** Zero-based line on which it must be found. */
  readonly line: number;
}

/** One kind of mistake people make. */
export interface Mistake {
  readonly kind: string;
  readonly language: LanguageId;
  /**
   * Rules that may speak as well, of other lines, because of this mistake: a backend that nothing names any more. Anything
   * else elsewhere counts as a false alarm.
   */
  readonly alsoSays?: readonly string[];
  /** Undefined when the file has no place for it. */
  seed(text: string, pick: Pick): Seeded | undefined;
}

/** One place of a file: a line and what matched there. */
export interface Place {
  readonly line: number;
  readonly match: RegExpExecArray;
}

const isComment = (line: string): boolean => /^\s*[#!]/.test(line);

/** All lines that match, comments left out. */
export function places(text: string, pattern: RegExp): Place[] {
  return text.split('\n').flatMap((content, line) => {
    const match = isComment(content) ? null : pattern.exec(content);
    return match === null ? [] : [{ line, match }];
  });
}

/**
 * A mistake made on one line that matches.
 * @param change gives the new line; undefined when this line does not suit after all
 */
export function onLine(
  pattern: RegExp,
  change: (line: string, match: RegExpExecArray, pick: Pick) => string | undefined,
): Mistake['seed'] {
  return (text, pick) => {
    const found = places(text, pattern);
    const place = found[pick(Math.max(found.length, 1))];
    if (place === undefined) return undefined;
    const lines = text.split('\n');
    const before = lines[place.line] ?? '';
    const after = change(before, place.match, pick);
    if (after === undefined || after === before) return undefined;
    lines[place.line] = after;
    return { text: lines.join('\n'), line: place.line };
  };
}

/** A line put in after one that matches. */
export function lineAfter(
  pattern: RegExp,
  make: (match: RegExpExecArray, pick: Pick) => string,
): Mistake['seed'] {
  return (text, pick) => {
    const found = places(text, pattern);
    const place = found[pick(Math.max(found.length, 1))];
    if (place === undefined) return undefined;
    const lines = text.split('\n');
    lines.splice(place.line + 1, 0, make(place.match, pick));
    return { text: lines.join('\n'), line: place.line + 1 };
  };
}

/** A word with one slip of the fingers inside: two letters swapped, one doubled, one lost. */
export function misspell(word: string, pick: Pick): string {
  const at = 1 + pick(Math.max(word.length - 2, 1));
  const before = word.slice(0, at);
  const letter = word[at] ?? '';
  switch (pick(3)) {
    case 0:
      return before + (word[at + 1] ?? '') + letter + word.slice(at + 2);
    case 1:
      return before + letter + letter + word.slice(at + 1);
    default:
      return before + word.slice(at + 1);
  }
}

/** Replaces one word of a line by a misspelt one that is none of the known words. */
export function withMisspelt(
  line: string,
  word: string,
  pick: Pick,
  known: (word: string) => boolean,
): string | undefined {
  const wrong = misspell(word, pick);
  return wrong === word || known(wrong) ? undefined : line.replace(word, wrong);
}
