import { expect, test } from 'vitest';
import { TIMING_PROFILES } from '../../../../src/cluster/timing';
import { difference, timingsMarkdown } from '../../../../src/presentation/timings/timings-markdown';
import { english } from '../support/lab';

const page = timingsMarkdown(new Map([['sample', 'fast']]), english);

test('every timing of both profiles has a line', () => {
  const lines = page
    .split('\n')
    .filter((line) => /^\| (Patroni|Consul|Sentinel|Redis|PgBouncer|PostgreSQL) /.test(line));
  expect(lines).toHaveLength(Object.keys(TIMING_PROFILES.fast.timings).length);
});

test('a line says the setting, both values and their difference', () => {
  expect(page.split('\n')).toContain(
    '| Patroni | Pause between turns \\(loop\\_wait\\) | 1 s | 10 s | × 10 |',
  );
});

test('the labs that run are named with what they use', () => {
  expect(page).toContain('Lab **sample** uses: Fast \\(lab\\)');
});

test.each([
  [1, 10, 's', '× 10'],
  [3, 10, 's', '× 3.3'],
  [0, 300, 's', '+ 300 s'],
  [5, 0, '', '− 5'],
  [5, 5, 's', 'the same'],
  [true, false, '', 'different'],
] as const)('%s to %s %s: %s', (fast, production, unit, expected) => {
  expect(difference(fast, production, unit, english)).toBe(expected);
});
