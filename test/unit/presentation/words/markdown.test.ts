import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeMarkdown, factTable } from '../../../../src/presentation/words/markdown';

test.each([
  ['plain text 1.5', 'plain text 1.5'],
  ['a|b', 'a\\|b'],
  ['[x](command:evil)', '\\[x\\]\\(command:evil\\)'],
  ['<img src=x>', '\\<img src=x\\>'],
  ['two\nlines', 'two lines'],
])('%j is shown literally', (text, expected) => {
  expect(escapeMarkdown(text)).toBe(expected);
});

test('whatever the values are, a table keeps its two columns and its rows', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.string()), { minLength: 1 }), (rows) => {
      const lines = factTable(rows).split('\n').slice(2);
      expect(lines).toHaveLength(rows.length);
      for (const line of lines) expect(line.replace(/\\[\s\S]/g, '').split('|')).toHaveLength(4);
    }),
  );
});

test('no rows, no table', () => {
  expect(factTable([])).toBe('');
});
