import { describe, expect, test } from 'vitest';
import { closestWord, suggestion } from '../../../src/finding/did-you-mean';

const WORDS = ['coordination', 'database', 'cache', 'git'];

describe('the word that was meant', () => {
  test.each([
    ['databse', 'database'],
    ['Database', 'database'],
    ['dtaabase', 'database'],
    ['cahce', 'cache'],
    ['got', 'git'],
    ['storage', undefined],
    ['x'.repeat(10_000), undefined],
  ])('%s: %s', (written, meant) => {
    expect(closestWord(written, WORDS)).toBe(meant);
  });

  test('a remedy names the close word, or all', () => {
    expect(suggestion('databse', WORDS)).toBe('Did you mean "database"?');
    expect(suggestion('storage', WORDS)).toBe('Use one of: coordination, database, cache, git.');
  });
});
