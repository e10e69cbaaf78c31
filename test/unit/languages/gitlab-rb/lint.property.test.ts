import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rulePages } from '../core/rules/rule-pages';
import { lintText } from './linted';

const SAMPLE = new URL('../../../../lab/sample/nodes/', import.meta.url);
const sample = readdirSync(SAMPLE).map((node) => readFileSync(new URL(`${node}/gitlab.rb`, SAMPLE), 'utf8'));
const pages = rulePages('GLR', 'ruby').flatMap(({ good, bad }) => [good.text, bad.text]);
const words = [...new Set([...pages, ...sample].join(' ').split(/\s+/))];
/** More runs: FUZZ_RUNS=200000. */
const runs = Number(process.env['FUZZ_RUNS'] ?? 400);

const pieces = fc.oneof(
  fc.constantFrom(...words),
  fc.constantFrom(
    '\0',
    '\r\n',
    '\r',
    '\ufeff',
    '\ud800',
    '"',
    "'",
    '%w[',
    '#{',
    '=begin\n',
    '__END__\n',
    '<<~X\n',
    '{',
    '[',
    '(',
    ' do |a| ',
  ),
  fc.string(),
);
const mutated = fc
  .tuple(fc.constantFrom(...pages, ...sample), fc.nat(), fc.nat({ max: 40 }), pieces)
  .map(([text, at, cut, put]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + put + text.slice(place + cut);
  });
const version = fc.constantFrom('13.0', '15.10', '16.0', '18.0', '18.11', '19.2', '19.3', '20.0');

function holds(text: string, of: string): void {
  const lines = text.split(/\r\n|\r|\n/);
  for (const { range, message, remedy } of lintText(text, of)) {
    expect(message).not.toBe('');
    expect(remedy).not.toBe('');
    for (const { line, character } of [range.start, range.end]) {
      expect(line).toBeLessThan(lines.length);
      expect(character).toBeLessThanOrEqual((lines[line] ?? '').length + 1);
    }
  }
}

describe('linting', () => {
  it('never throws, and its places lie in the text', () => {
    fc.assert(fc.property(mutated, version, holds), { numRuns: runs });
  });

  it('takes every beginning of a file', () => {
    const [first = ''] = sample;
    fc.assert(
      fc.property(fc.nat({ max: first.length }), (length) => {
        holds(first.slice(0, length), '19.3');
      }),
      { numRuns: Math.min(runs, first.length) },
    );
  });

  it('is the same each time', () => {
    fc.assert(
      fc.property(mutated, (text) => {
        expect(lintText(text)).toEqual(lintText(text));
      }),
      { numRuns: Math.ceil(runs / 10) },
    );
  });

  it.each([
    ['lists', '[', ']'],
    ['hashes', '{ a: ', '}'],
    ['parentheses', '(', ')'],
    ['keys', "redis['a']", ''],
    ['conditions', 'if redis[1]\n', 'end\n'],
    ['methods', 'a.b(', ')'],
  ])('takes deep nesting: %s', (_, open, close) => {
    for (const depth of [100, 1_000, 20_000]) {
      holds(`redis['x'] = ${open.repeat(depth)}${close.repeat(depth)}\n`, '19.3');
    }
  });
});

describe('the sample workspace', () => {
  it.each(readdirSync(SAMPLE))('%s has no finding', (node) => {
    expect(lintText(readFileSync(new URL(`${node}/gitlab.rb`, SAMPLE), 'utf8'))).toEqual([]);
  });

  it('has none with Windows line ends and a byte order mark', () => {
    for (const text of sample) expect(lintText(`\ufeff${text.replaceAll('\n', '\r\n')}`)).toEqual([]);
  });
});
