import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lintHaproxy } from '../../../../src/config/haproxy/lint';
import { HAPROXY_VERSIONS } from '../../../../src/config/haproxy/version';
import { rulePages } from '../rules/rule-pages';

const files = rulePages('HAP', 'haproxy').flatMap(({ good, bad }) => [good.text, bad.text]);
const words = [...new Set(files.join(' ').split(/\s+/))];

const version = fc.constantFrom(...HAPROXY_VERSIONS);
const mutated = fc
  .tuple(
    fc.constantFrom(...files),
    fc.nat(),
    fc.nat({ max: 12 }),
    fc.oneof(fc.constantFrom(...words), fc.string()),
  )
  .map(([text, at, cut, put]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + put + text.slice(place + cut);
  });

const lint = (text: string, of: string) => lintHaproxy(text, { version: of, path: 'haproxy.cfg' });

describe('linting', () => {
  it('never throws, and its places lie in the text', () => {
    fc.assert(
      fc.property(mutated, version, (text, of) => {
        const lines = text.split(/\r\n|\r|\n/);
        for (const { range } of lint(text, of)) {
          for (const { line, character } of [range.start, range.end]) {
            expect(line).toBeLessThan(lines.length);
            expect(character).toBeLessThanOrEqual((lines[line] ?? '').length + 1);
          }
        }
      }),
      { numRuns: 4_000 },
    );
  });

  it('is the same each time', () => {
    fc.assert(
      fc.property(mutated, (text) => {
        expect(lint(text, '3.0')).toEqual(lint(text, '3.0'));
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['lines', 'listen a\n bind :80\n server s 10.0.0.1:80 check\n'],
    ['one word', 'a'],
    ['quotes', '"'],
    ['parentheses', '%[req.hdr('],
    ['nested conditions', '.if 1\n'],
    ['defaults', 'defaults d\n timeout client 1s\n'],
    ['templates', 'bind {{ a }} {{\n'],
    ['conditions', 'use_backend b if a b c { path / } || d\n'],
    ['commas', 'bind a,b:1,'],
    ['stores', ' stick-table type ip size 1m store a,b(,'],
  ])('takes time in proportion to the length: %s', (_, piece) => {
    const cost = (length: number): number => {
      const text = `global\nlisten x\n ${piece.repeat(Math.ceil(length / piece.length))}`;
      const start = performance.now();
      lint(text, '3.4');
      return performance.now() - start;
    };
    cost(20_000);
    const small = Math.max(cost(50_000), 5);
    expect(cost(400_000)).toBeLessThan(small * 8 * 12);
  });
});
