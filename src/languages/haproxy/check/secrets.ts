import type { Word } from '../syntax/word';

/** Keywords that give a variable its value, which may be anything. */
const VARIABLES = new Set(['setenv', 'presetenv']);
const PASSWORDS = new Set(['password', 'insecure-password']);

/**
 * True for a line with a password in it, or maybe one: findings are read in places where none may stand, and do not
 * repeat its words.
 */
export function holdsSecret(words: readonly Word[]): boolean {
  const [keyword = '', what] = words.map(({ value }) => value);
  if (VARIABLES.has(keyword) || (keyword === 'stats' && what === 'auth')) return true;
  return keyword === 'user' && words.some(({ value }) => PASSWORDS.has(value));
}
