import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lintHaproxy } from '../../../../src/languages/haproxy/lint';
import { readHaproxy } from '../../../../src/languages/haproxy/subject';
import { HAPROXY_VERSIONS } from '../../../../src/languages/haproxy/schema/version';
import { HAPROXY_LANGUAGE } from '../../../../src/languages/haproxy/language';
import { exampleFiles } from '../../../../tools/fuzz/valid-files';
import { bestOf, timed } from '../../../../tools/fuzz/timing';

const files = exampleFiles(HAPROXY_LANGUAGE);
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

/** More runs than a developer waits for: FUZZ_RUNS=200000 npx vitest run --project unit test/unit/languages/haproxy/lint.property.test.ts */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 2_000);
/** A busy machine may be ten times slower than an idle one. */
const PATIENCE_MS = 60_000 + RUNS * 40;

const lint = (text: string, of: string) => lintHaproxy(readHaproxy(text, of), 'haproxy.cfg');

describe('linting', () => {
  it('never throws, its places lie in the text, and no document takes long', { timeout: PATIENCE_MS }, () => {
    let worst = 0;
    fc.assert(
      fc.property(mutated, version, (text, of) => {
        const lines = text.split(/\r\n|\r|\n/);
        const start = performance.now();
        const findings = lint(text, of);
        worst = Math.max(worst, performance.now() - start);
        for (const { range } of findings) {
          for (const { line, character } of [range.start, range.end]) {
            expect(line).toBeLessThan(lines.length);
            expect(character).toBeLessThanOrEqual((lines[line] ?? '').length + 1);
          }
        }
      }),
      { numRuns: RUNS },
    );
    if (process.env['FUZZ_RUNS'] !== undefined)
      console.log(`${RUNS} documents, worst ${worst.toFixed(1)} ms`);
    expect(worst).toBeLessThan(5_000);
  });

  it('never throws on any beginning of a file', { timeout: PATIENCE_MS }, () => {
    const sample = readFileSync('lab/sample/haproxy/haproxy.cfg', 'utf8');
    for (let length = 0; length <= sample.length; length += 1) lint(sample.slice(0, length), '3.0');
    for (const file of files) {
      for (let length = 0; length <= file.length; length += 37) lint(file.slice(0, length), '3.4');
    }
  });

  it('reads ten megabytes', { timeout: PATIENCE_MS }, () => {
    const piece = 'backend b\r\n    server s 10.0.0.1:80 check\n    option httpchk GET "/\0" # \n';
    const text = piece.repeat(Math.ceil(10_000_000 / piece.length));
    expect(lint(text, '3.4').length).toBeGreaterThan(0);
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
    const cost = (length: number) => {
      const text = `global\nlisten x\n ${piece.repeat(Math.ceil(length / piece.length))}`;
      return timed(() => lint(text, '3.4'));
    };
    cost(20_000);
    const most = Math.max(cost(50_000).cpu, 5) * 8 * 12;
    expect(bestOf(cost(400_000).cpu, most, () => cost(400_000))).toBeLessThan(most);
  });
});
