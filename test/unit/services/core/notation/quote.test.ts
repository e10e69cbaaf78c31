import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  redisWord,
  shellWord,
  sqlIdentifier,
  sqlLiteral,
} from '../../../../../src/services/core/notation/quote';

describe('quoting', () => {
  it('survives a shell', () => {
    const words = fc.sample(fc.string({ maxLength: 30 }), { numRuns: 200, seed: 1 });
    const hard = ["'", "''", '$(id)', '`id`', '\\', '\n', '"', "a'b", '', '!!', '*', ...words];
    const script = `printf '%s\\0' ${hard.map(shellWord).join(' ')}`;
    const output = execFileSync('sh', ['-c', script], { encoding: 'utf8' });
    expect(output.split('\0').slice(0, -1)).toEqual(hard);
  });

  it.each([
    [sqlLiteral, `it's`, `'it''s'`],
    [sqlIdentifier, `a"b`, `"a""b"`],
    [redisWord, `a"b\\c`, `"a\\"b\\\\c"`],
  ])('doubles or escapes what would end the value', (quote, value, expected) => {
    expect(quote(value)).toBe(expected);
  });
});
