import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Position, Range } from '../../../../../src/finding/finding';
import { offsetAt, positionAt, textLines } from '../../../../../src/finding/text-lines';
import { HAPROXY_VERSIONS } from '../../../../../src/languages/haproxy/schema/version';
import { HAPROXY_LANGUAGE } from '../../../../../src/languages/haproxy/language';
import { exampleFiles } from '../../../../../tools/fuzz/valid-files';
import { features, read } from './editor';

const files = exampleFiles(HAPROXY_LANGUAGE);
const words = [
  ...new Set(files.join(' ').split(/\s+/)),
  '{',
  '%[',
  '"',
  "'",
  '(',
  ',',
  '\n',
  '\r',
  '\\',
  '${',
  '\0',
];

const mutated = fc
  .tuple(
    fc.constantFrom(...files),
    fc.nat(),
    fc.nat({ max: 12 }),
    fc.oneof(fc.constantFrom(...words), fc.string()),
    fc.boolean(),
  )
  .map(([text, at, cut, put, end]) => {
    const place = at % (text.length + 1);
    // Half of the texts end where one types.
    const changed = text.slice(0, place) + put + (end ? '' : text.slice(place + cut));
    return { text: changed, at: place + put.length };
  });

/** Asks everything; returns all ranges that came back. */
function ask(text: string, position: Position, version: string): Range[] {
  const subject = read(text, version);
  const all = { start: { line: 0, character: 0 }, end: { line: 1e6, character: 0 } };
  features.signatureHelp?.(subject, position);
  features.inlayHints?.(subject, all);
  const hover = features.hover(subject, position)?.range;
  const items = features.completion(subject, position).flatMap(({ textEdit }) => {
    return textEdit !== undefined && 'range' in textEdit ? [textEdit.range] : [];
  });
  const uses = features.symbolUses(subject);
  for (const use of uses.slice(0, 3)) features.refuseRename?.(subject, use, 'new name');
  return [
    ...(hover === undefined ? [] : [hover]),
    ...items.slice(0, 5),
    ...uses.map(({ range }) => range),
    ...features.documentSymbols(subject).flatMap(({ range, selectionRange }) => [range, selectionRange]),
    ...(features.semanticTokens?.(subject) ?? []).map(({ range }) => range),
    ...(features.documentLinks?.(subject) ?? []).map(({ range }) => range),
    ...(features.format?.(subject) ?? []).map(({ range }) => range),
    features.selectionRange(subject, position).range,
  ];
}

function expectInside(ranges: readonly Range[], text: string): void {
  const lines = textLines(text);
  for (const { start, end } of ranges) {
    for (const place of [start, end]) expect(positionAt(lines, offsetAt(lines, place))).toEqual(place);
    expect(offsetAt(lines, end)).toBeGreaterThanOrEqual(offsetAt(lines, start));
  }
}

describe('whatever is typed', () => {
  it('nothing throws, and every range lies in the text', () => {
    fc.assert(
      fc.property(mutated, fc.constantFrom(...HAPROXY_VERSIONS), ({ text, at }, version) => {
        expectInside(ask(text, positionAt(textLines(text), at), version), text);
      }),
      { numRuns: 1_000 },
    );
  });

  it('every prefix of a file can be asked about', () => {
    const text = files.slice(0, 200).find((file) => file.length > 600) ?? '';
    for (let length = 0; length <= text.length; length += 7) {
      const prefix = text.slice(0, length);
      expectInside(ask(prefix, positionAt(textLines(prefix), length), '3.0'), prefix);
    }
  });

  it('positions outside the text are no harm', () => {
    for (const position of [
      { line: -1, character: 0 },
      { line: 0, character: -5 },
      { line: 99, character: 99 },
    ]) {
      expect(() => ask('listen a\n bind :80\n', position, '3.0')).not.toThrow();
    }
  });

  it.each([
    ['parentheses', `listen a\n http-request set-header X %[${'nbsrv('.repeat(10_000)}`],
    ['quotes', `listen a\n log-format "${'%['.repeat(10_000)}`],
    ['escapes', `listen a\n log-format ${'\\ '.repeat(10_000)}%[src]`],
    ['braces', `listen a\n http-request deny if ${'{ '.repeat(10_000)}`],
    ['sections', 'backend a\n'.repeat(10_000)],
    ['servers', `backend a\n${' server s :80 check track a/s\n'.repeat(10_000)}`],
    ['blocks', '.if 1\n'.repeat(10_000)],
    ['commas', `listen a\n http-request deny if { src,${'lower,'.repeat(10_000)} }`],
  ])('much of one thing takes no endless time: %s', (_, text) => {
    const start = performance.now();
    ask(text, positionAt(textLines(text), text.length), '3.4');
    expect(performance.now() - start).toBeLessThan(8_000);
  });
});
