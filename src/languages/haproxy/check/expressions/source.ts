import type { Word } from '../../syntax/word';
import { within, type Scope } from '../scope';

/** Where a sample expression stands, so that a fault can be shown at its place. */
export interface Source {
  readonly word: Word;
  readonly text: string;
  /** Where `text` begins in the word's value. */
  readonly offset: number;
}

/** HAProxy's identifier characters; plus belongs to names such as `base32+src`. */
const IDENTIFIER = /[A-Za-z0-9._+-]*/y;

export function wordSource(word: Word): Source {
  return { word, text: word.value, offset: 0 };
}

export function identifier(text: string, at: number): string {
  IDENTIFIER.lastIndex = at;
  return IDENTIFIER.exec(text)?.[0] ?? '';
}

/** Reports what stands from one offset of the text to another. */
export function fail(
  scope: Scope,
  source: Source,
  from: number,
  to: number,
  message: string,
  remedy: string,
): void {
  scope.report('expression', within(source.word, source.offset + from, source.offset + to), message, remedy);
}
