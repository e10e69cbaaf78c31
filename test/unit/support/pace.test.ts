import { expect, test } from 'vitest';
import { paceOf } from '../../support/pace';

test.each<[string, number[], number]>([
  ['as fast as the machine the bounds are said for', [50, 50, 50], 1],
  ['faster: the bounds stay', [20, 25, 30], 1],
  ['twice as slow', [90, 100, 130], 2],
  ['held up once by chance', [50, 50, 400, 50, 50], 1],
  ['slower than bounds make sense for', [900, 1_000, 1_100], 4],
])('%s', (_title, roundsMs, pace) => expect(paceOf(roundsMs)).toBe(pace));
