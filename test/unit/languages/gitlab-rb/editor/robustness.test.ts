import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DocumentSymbol } from 'vscode-languageserver-types';
import { positionAt, textLines } from '../../../../../src/finding/text-lines';
import { features, read } from './editor';

const SAMPLES = ['node1', 'node2', 'node3'].map((node) =>
  readFileSync(new URL(`../../../../../lab/sample/nodes/${node}/gitlab.rb`, import.meta.url), 'utf8'),
);

/** Asks everything an editor may ask at an offset. */
function askAll(text: string, offset: number): void {
  const subject = read(text);
  const lines = textLines(text);
  const position = positionAt(lines, offset);
  const end = positionAt(lines, text.length);
  const items = features.completion(subject, position);
  for (const { textEdit } of items) {
    if (textEdit === undefined || !('range' in textEdit)) throw new Error('An item replaces nothing');
    expect(textEdit.range.start.line).toBeLessThanOrEqual(position.line);
    expect(textEdit.range.end.line).toBeGreaterThanOrEqual(position.line);
  }
  features.hover(subject, position);
  features.symbolUses(subject);
  features.foldingRanges(subject);
  features.selectionRange(subject, position);
  features.documentLinks?.(subject);
  features.codeLenses?.(subject);
  features.inlayHints?.(subject, { start: { line: 0, character: 0 }, end });
  nested(features.documentSymbols(subject));
  let last = { line: -1, character: 0 };
  for (const { range } of features.semanticTokens?.(subject) ?? []) {
    expect(range.start.line).toBe(range.end.line);
    expect(range.start.line > last.line || range.start.character >= last.character).toBe(true);
    last = range.end;
  }
}

function nested(symbols: readonly DocumentSymbol[]): void {
  for (const { range, selectionRange, name, children } of symbols) {
    expect(name).not.toBe('');
    expect(selectionRange.start.line).toBeGreaterThanOrEqual(range.start.line);
    expect(selectionRange.end.line).toBeLessThanOrEqual(range.end.line);
    nested(children ?? []);
  }
}

const sample = fc.constantFrom(...SAMPLES);
const place = fc.double({ min: 0, max: 1, noNaN: true });

describe('an editor may ask anything of a gitlab.rb', () => {
  it('that is being written: any beginning of a file, at its end', () => {
    fc.assert(
      fc.property(sample, place, (text, share) => {
        const length = Math.floor(text.length * share);
        askAll(text.slice(0, length), length);
      }),
      { numRuns: 150 },
    );
  });

  it('that is being changed: any place of a file with a part missing', () => {
    fc.assert(
      fc.property(sample, place, place, place, (text, from, length, at) => {
        const start = Math.floor(text.length * from);
        const rest = text.slice(0, start) + text.slice(start + Math.floor(40 * length));
        askAll(rest, Math.floor(rest.length * at));
      }),
      { numRuns: 150 },
    );
  });

  it('that is no Ruby at all', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...[
          "patroni['",
          "']",
          '{',
          '}',
          '[',
          ']',
          '(',
          ')',
          '%w[',
          '<<~EOS\n',
          'EOS',
          '=>',
          '=',
          ':',
          ',',
          '#',
          '"',
          "'",
          '\n',
          '\r\n',
          'roles ',
          ' ',
          '\0',
          '\\',
          '😀',
          '\ufeff',
          'do |x|',
          'end',
          '#{',
          '%',
          '.',
        ],
      ),
      fc.string({ maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), place, (pieces, at) => {
        const text = pieces.join('');
        askAll(text, Math.floor(text.length * at));
      }),
      { numRuns: 400 },
    );
  });

  it('that nests deeply', () => {
    for (const unit of ['{ a: [', '[', '{', '${', '(', "a['b", '!', 'if a\n', 'puts ']) {
      for (const depth of [100, 2000]) {
        const text = `gitaly['configuration'] = ${unit.repeat(depth)}`;
        askAll(text, text.length);
      }
    }
  });

  it.each(['[', '{', '${', '\r\n', "['a']"])(
    'that nests beyond all measure with %j, without a long wait',
    (unit) => {
      const text = (unit === "['a']" ? 'redis' : "gitaly['configuration'] = ") + unit.repeat(50_000);
      const started = performance.now();
      askAll(text, text.length);
      expect(performance.now() - started).toBeLessThan(5000);
    },
  );

  it.each([["\ufeff\ufeff['a'] = 1"], ["redis[' '] = { '' => { '\ufeff' => 1 } }"]])(
    'whose keys have no name to show: %j',
    (text) => {
      const open = [...features.documentSymbols(read(text))];
      for (let symbol = open.pop(); symbol !== undefined; symbol = open.pop()) {
        expect(symbol.name.trim()).not.toBe('');
        open.push(...(symbol.children ?? []));
      }
    },
  );

  it('whose variable has no name to offer', () => {
    const subject = read('\ufeff\ufeff= external_url');
    const labels = features.completion(subject, { line: 0, character: 0 }).map(({ label }) => label);
    expect(labels).toContain('gitlab_rails');
    expect(labels).not.toContain('');
  });

  it('with a text that is open for thousands of lines', () => {
    const text = `x = "${"it's\n".repeat(5000)}`;
    const started = performance.now();
    askAll(text, text.length);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
