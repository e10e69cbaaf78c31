import type { Word } from '../../syntax/word';
import { within, type Scope } from '../scope';

/** Counters a connection can be tracked by when `tune.stick-counters` says nothing. */
const COUNTERS = 3;

/** Actions on arrays of counters: which element, and of which tracked counter. */
const TWO_NUMBERS = new Set(['sc-inc-gpc', 'sc-add-gpc', 'sc-set-gpt']);

/**
 * Checks the numbers of `track-sc0`, `sc-inc-gpc0(1)`, `sc-set-gpt(0,1)` and their like.
 * @returns false after a fault
 */
export function checkCounter(
  scope: Scope,
  word: Word,
  name: string,
  inner: string | undefined,
  open: number,
): boolean {
  if (name.startsWith('track-sc')) return checkTracked(scope, word, name, inner);
  const numbers = inner === undefined ? [] : inner.split(',');
  const wanted = TWO_NUMBERS.has(name) ? 2 : 1;
  const right = numbers.length === wanted && numbers.every((number) => /^\d+$/.test(number));
  if (right || (inner === undefined && wanted === 1)) return true;
  const form = wanted === 2 ? `${name}(<index>,<counter>)` : `${name}(<counter>)`;
  const span = inner === undefined ? word : within(word, open, word.value.length);
  scope.report('expression', span, `"${word.value}" does not name its counter right.`, `Write ${form}.`);
  return false;
}

function checkTracked(scope: Scope, word: Word, name: string, inner: string | undefined): boolean {
  const written = inner ?? name.slice('track-sc'.length);
  const number = /^\d+$/.test(written) ? Number(written) : undefined;
  if (number !== undefined && (number < COUNTERS || scope.moreCounters)) return true;
  const message =
    number === undefined
      ? `"${word.value}" names no counter.`
      : `"${word.value}" counts beyond the ${COUNTERS} counters there are.`;
  scope.report(
    'number',
    word,
    message,
    'Write track-sc0 to track-sc2, or raise "tune.stick-counters" in global.',
  );
  return false;
}
