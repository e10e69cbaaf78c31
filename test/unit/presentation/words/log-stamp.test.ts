import { expect, test } from 'vitest';
import { readStamp } from '../../../../src/presentation/words/log-stamp';

const AT = Date.UTC(2026, 10, 28, 16, 10, 22, 123);

test.each([
  ['2026-11-28_16:10:22.12345 ready', { at: AT, text: 'ready' }],
  ['2026-11-28_16:10:22.123 ready', { at: AT, text: 'ready' }],
  ['2026-11-28_16:10:22.12345 half a line\rand more\r', { at: AT, text: 'half a line\rand more\r' }],
  ['2026-11-28_16:10:22.12345 ', { at: AT, text: '' }],
  ['2026-11-28_16:10:22.12345', undefined],
  ['2026-13-40_99:10:22.12345 no such day', undefined],
  ['10:22.12345 the end of a line', undefined],
  ['', undefined],
])('%j is %o', (line, expected) => {
  expect(readStamp(line)).toEqual(expected);
});
