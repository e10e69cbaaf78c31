import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Position, Range } from '../../../../src/finding/finding';
import { textLines } from '../../../../src/finding/text-lines';
import { KEEPALIVED_LANGUAGE } from '../../../../src/languages/keepalived/language';
import { lintKeepalived } from '../../../../src/languages/keepalived/lint';
import { readKeepalived } from '../../../../src/languages/keepalived/subject';
import { parseKeepalived } from '../../../../src/languages/keepalived/syntax/document';
import { bestOf, timed } from '../../../../tools/fuzz/timing';
import { rulePages } from '../core/rules/rule-pages';

/** `FUZZ_RUNS=200000` runs these long; without it they take seconds. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 400);

const SAMPLES = new URL('../../../../lab/sample/nodes/', import.meta.url);
const samples = readdirSync(SAMPLES).map((node) =>
  readFileSync(new URL(`${node}/keepalived.conf`, SAMPLES), 'utf8'),
);
const files = [
  ...samples,
  ...rulePages('KAD', 'keepalived').flatMap(({ good, bad }) => [good.text, bad.text]),
];
const words = [...new Set(files.join(' ').split(/\s+/))].filter((word) => word.length < 60);
const signs = [
  '{',
  '}',
  '"',
  '#',
  '!',
  '$',
  '\\',
  '@',
  '~SEQ(a, 1, 3) ',
  '\0',
  '\r\n',
  '\n',
  '\r',
  '\ufeff',
  '${',
  '{{',
  '}}',
  '💥',
  '@x ',
  'include x\n',
  '$A=\\\n',
  '$A=1\n',
];

const piece = fc.oneof(
  fc.constantFrom(...words),
  fc.constantFrom(...signs),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const mutated = fc
  .tuple(
    fc.constantFrom(...files),
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 20 }), piece), { minLength: 1, maxLength: 4 }),
  )
  .map(([text, changes]) =>
    changes.reduce((current, [at, cut, put]) => {
      const place = at % (current.length + 1);
      return current.slice(0, place) + put + current.slice(place + cut);
    }, text),
  );

const lint = (text: string) => lintKeepalived(readKeepalived(text), 'keepalived.conf');

/** Fails for places outside of the text. */
function checkRanges(text: string, ranges: readonly Range[]): void {
  const { starts } = textLines(text);
  const inside = ({ line, character }: Position): boolean =>
    line < starts.length && (starts[line] ?? 0) + character <= text.length;
  for (const { start, end } of ranges) {
    expect(inside(start)).toBe(true);
    expect(inside(end)).toBe(true);
    expect(start.line < end.line || (start.line === end.line && start.character <= end.character)).toBe(true);
  }
}

describe('reading', () => {
  it('finds each word, brace and comment where the text has it', () => {
    fc.assert(
      fc.property(mutated, (text) => {
        let last = 0;
        for (const { start, end, pieces, comment } of parseKeepalived(text).lines) {
          expect(start).toBeGreaterThanOrEqual(last);
          last = end;
          if (comment !== undefined) expect(text[comment.start]).toMatch(/[#!]/);
          for (const stretch of pieces) {
            if (stretch.kind !== 'words') expect(text.slice(stretch.start, stretch.end)).toMatch(/^[{}]$/);
            else {
              for (const word of stretch.words) {
                expect(text.slice(word.start, word.end)).toContain(word.value);
                expect(word.start).toBeGreaterThanOrEqual(start);
                expect(word.end).toBeLessThanOrEqual(end);
              }
            }
          }
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('nests no deeper than the tables, however deep the braces are', () => {
    for (const unit of [
      '{',
      'vrrp_instance a {\n',
      'a {',
      'global_defs {',
      'virtual_server a { real_server b {',
    ]) {
      const text = unit.repeat(50_000);
      expect(parseKeepalived(text).blocks.length).toBeGreaterThan(0);
      expect(lint(text).length).toBeGreaterThan(0);
    }
  });
});

describe('linting', () => {
  it('never throws, and its places lie in the text', () => {
    fc.assert(
      fc.property(mutated, (text) => {
        const findings = lint(text);
        checkRanges(
          text,
          findings.map(({ range }) => range),
        );
        checkRanges(
          text,
          findings.flatMap(({ fix }) => fix?.edits.map(({ range }) => range) ?? []),
        );
      }),
      { numRuns: RUNS },
    );
  });

  it('reads every begin of every file', () => {
    const step = Math.max(1, Math.round(20_000 / RUNS));
    for (const text of files.slice(0, 20)) {
      for (let end = 0; end <= text.length; end += step)
        expect(Array.isArray(lint(text.slice(0, end)))).toBe(true);
    }
  });

  it('gives the same findings for other line ends', () => {
    const places = (text: string) => lint(text).map(({ code, range }) => [code, range]);
    for (const text of files.filter((file) => !/[\r\0\ufeff]/.test(file))) {
      expect(places(text.replaceAll('\n', '\r\n'))).toEqual(places(text));
    }
  });

  it.each([
    ['lines', 'vrrp_script a {\nscript b\n}\n'],
    [
      'instances',
      'vrrp_instance a {\nvirtual_router_id 5\ninterface eth0\nvirtual_ipaddress {\n10.0.0.1/24\n}\n}\n',
    ],
    ['instances and groups', 'vrrp_instance a {\n}\nvrrp_sync_group b {\ngroup {\na\n}\n}\n'],
    ['one word', 'a'],
    ['unknown words', 'abc\n'],
    ['quotes', '"'],
    ['comments', '#"!\\'],
    ['braces', '{'],
    ['closing braces', '}'],
    ['place holders', '{{ a '],
    ['variables', '${a'],
    ['definitions', '$A=1\n'],
    ['long definitions', '$A=1 \\\n'],
    ['sequences', '~SEQ(a, 1, 2) $a\n'],
    ['conditions', '@a b\n'],
    ['blanks', ' \t'],
    ['addresses', 'static_ipaddress {\n10.0.0.1/24 dev eth0\n}\n'],
    ['undefined names', 'vrrp_instance a { track_script { b\n } }\n'],
    ['NUL', '\0'],
    ['NUL on each line', 'a\0\n'],
    ['byte order marks', '\ufeff'],
    ['lines that stand twice', 'b\n', 'vrrp_instance a {\ntrack_script {\n'],
    ['carriage returns', '\r'],
  ])('takes time in proportion to the length: %s', (_, unit, head = '') => {
    const cost = (length: number) => {
      const text = head + unit.repeat(Math.ceil(length / unit.length));
      return timed(() => lint(text));
    };
    cost(20_000);
    const most = Math.max(cost(40_000).cpu, 5) * 8 * 12;
    expect(bestOf(cost(320_000).cpu, most, () => cost(320_000))).toBeLessThan(most);
  });

  it('reads ten megabytes', () => {
    const unit =
      'vrrp_instance a {\n    state BACKUP\n    virtual_ipaddress {\n        10.0.0.1/24 dev eth0\n    }\n}\n';
    const text = unit.repeat(Math.ceil((10 * 1024 * 1024) / unit.length));
    const start = performance.now();
    expect(lint(text).length).toBeGreaterThan(0);
    expect(performance.now() - start).toBeLessThan(60_000);
  }, 120_000);
});

describe('what an editor asks', () => {
  it('is answered at every place of a broken file', () => {
    const { features } = KEEPALIVED_LANGUAGE;
    const target = { path: 'keepalived.conf' };
    fc.assert(
      fc.property(mutated, fc.nat(), fc.nat({ max: 80 }), (text, row, column) => {
        const subject = KEEPALIVED_LANGUAGE.read(text, target);
        const position = { line: row % (textLines(text).starts.length + 1), character: column };
        const whole = { start: { line: 0, character: 0 }, end: { line: 1_000, character: 0 } };
        features.completion(subject, position);
        features.hover(subject, position);
        features.selectionRange(subject, position);
        const symbols = features.symbolUses(subject);
        for (const symbol of symbols) features.refuseRename?.(subject, symbol, 'other');
        checkRanges(text, [
          ...symbols.map(({ range }) => range),
          ...features.documentSymbols(subject).map(({ range }) => range),
          ...(features.documentLinks?.(subject).map(({ range }) => range) ?? []),
          ...(features.semanticTokens?.(subject).map(({ range }) => range) ?? []),
        ]);
        for (const { startLine, endLine } of features.foldingRanges(subject))
          expect(endLine).toBeGreaterThan(startLine);
        features.inlayHints?.(subject, whole);
      }),
      { numRuns: Math.ceil(RUNS / 3) },
    );
  });
});
