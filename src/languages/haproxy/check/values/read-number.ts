import type { Word } from '../../syntax/word';
import type { Scope } from '../scope';
import { leadingInteger } from './values';

/** Read with C's atol: text that begins with no number is taken for 0 without a word. */
export function readAsNumber(scope: Scope, word: Word): void {
  if (word.dynamic || checkCut(scope, word) || leadingInteger(word.value) !== undefined) return;
  const message = `"${word.value}" is not a number; HAProxy reads it as 0.`;
  scope.report('number', word, message, 'Write a whole number.', { severity: 'warning' });
}

/**
 * HAProxy takes the digits at the front and drops the rest without a word: `maxconn 50k` is 50, which its statistics show.
 * @returns true when it reported that
 */
export function checkCut(scope: Scope, word: Word): boolean {
  const value = leadingInteger(word.value);
  if (value === undefined || /^\s*[+-]?\d+$/.test(word.value)) return false;
  const message = `HAProxy reads "${word.value}" as ${value}: what follows the digits is dropped.`;
  scope.report('number', word, message, 'Write the whole number in digits alone.');
  return true;
}
