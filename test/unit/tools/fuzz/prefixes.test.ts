import { describe, expect, test } from 'vitest';
import { prefixLengths } from '../../../../tools/fuzz/prefixes';

describe('the prefixes of a file that are read', () => {
  test('are all of them', () => {
    expect(prefixLengths('abc', 1)).toEqual([0, 1, 2, 3]);
    expect(prefixLengths('a'.repeat(40 * 1024), 1)).toHaveLength(40 * 1024 + 1);
  });

  test('of a long file are those at line ends, near both ends, and some of each seed', () => {
    const text = `${'a'.repeat(99)}\n`.repeat(1_000);
    const lengths = prefixLengths(text, 1);
    expect(lengths).toEqual([...new Set(lengths)].sort((a, b) => a - b));
    for (const wanted of [0, 1, 1_024, 5_099, 5_100, 98_976, 99_999, 100_000])
      expect(lengths).toContain(wanted);
    expect(lengths.length).toBeGreaterThan(2 * 1_024 + 2 * 970);
    expect(lengths.length).toBeLessThan(2 * 1_025 + 2 * 1_000 + 300);
    expect(prefixLengths(text, 1)).toEqual(lengths);
    expect(prefixLengths(text, 2)).not.toEqual(lengths);
  });
});
