import { describe, expect, it } from 'vitest';
import { Opening } from '../../../../src/features/topology-tree/opening';

/** Activations of rows, each at its millisecond; `key` is the key before it. */
type Step = readonly [at: number, row: 'a' | 'b' | 'key'];

describe('a row is opened', () => {
  it.each<[string, readonly Step[], readonly boolean[]]>([
    ['not by a click', [[0, 'a']], [false]],
    [
      'by a double click',
      [
        [0, 'a'],
        [300, 'a'],
      ],
      [false, true],
    ],
    [
      'not by two slow clicks',
      [
        [0, 'a'],
        [600, 'a'],
      ],
      [false, false],
    ],
    [
      'not by clicks on two rows',
      [
        [0, 'a'],
        [100, 'b'],
      ],
      [false, false],
    ],
    [
      'once by three quick clicks',
      [
        [0, 'a'],
        [100, 'a'],
        [200, 'a'],
      ],
      [false, true, false],
    ],
    [
      'by a key',
      [
        [0, 'key'],
        [50, 'a'],
      ],
      [true],
    ],
    [
      'by each key',
      [
        [0, 'key'],
        [50, 'a'],
        [100, 'key'],
        [150, 'a'],
      ],
      [true, true],
    ],
    [
      'not by a key long ago that opened nothing',
      [
        [0, 'key'],
        [2_500, 'a'],
      ],
      [false],
    ],
  ])('%s', (_case, steps, expected) => {
    let now = 0;
    const opening = new Opening(() => now);
    const opened = steps.flatMap(([at, row]) => {
      now = at;
      if (row !== 'key') return [opening.asked(row)];
      opening.byKey();
      return [];
    });
    expect(opened).toEqual(expected);
  });
});
