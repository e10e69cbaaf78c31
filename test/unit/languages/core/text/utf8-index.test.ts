import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { utf8Index } from '../../../../../src/languages/core/text/utf8-index';

const text = fc.string({
  unit: fc.constantFrom('a', '\n', '\r\n', 'ä', '€', '😀', '\ufeff', '\ud800', '\udc00'),
  maxLength: 700,
});
const bytesOf = (part: string): number => new TextEncoder().encode(part).length;

describe('bytes and positions', () => {
  test.each([
    ['ASCII', "a['b']", 2, { line: 0, character: 2 }],
    ['two bytes a letter', "ä['b']", 2, { line: 0, character: 1 }],
    ['three bytes a letter', '€€x', 6, { line: 0, character: 2 }],
    ['a surrogate pair', '😀x', 4, { line: 0, character: 2 }],
    ['inside a character: its start', '😀x', 2, { line: 0, character: 0 }],
    ['CRLF', 'ä\r\nxy', 5, { line: 1, character: 1 }],
    ['a byte order mark', '\ufeffx', 3, { line: 0, character: 1 }],
    ['a lone surrogate', '\ud800x', 3, { line: 0, character: 1 }],
    ['beyond the end', 'äx', 99, { line: 0, character: 2 }],
    ['before the start', 'äx', -1, { line: 0, character: 0 }],
  ])('%s', (_, source, byte, position) => {
    expect(utf8Index(source).positionOfByte(byte)).toEqual(position);
  });

  test('agree with the encoder at every character', () => {
    fc.assert(
      fc.property(text, (source) => {
        const index = utf8Index(source);
        let unit = 0;
        for (const character of source) {
          const byte = bytesOf(source.slice(0, unit));
          expect(index.utf16Offset(byte)).toBe(unit);
          expect(index.byteOffset(unit)).toBe(byte);
          unit += character.length;
        }
        expect(index.byteOffset(source.length)).toBe(bytesOf(source));
      }),
      { numRuns: 60 },
    );
  });

  test('a position leads back to its byte', () => {
    fc.assert(
      fc.property(text, fc.nat(2000), (source, at) => {
        const index = utf8Index(source);
        const byte = index.byteOffset(index.utf16Offset(at));
        expect(index.byteOfPosition(index.positionOfByte(byte))).toBe(byte);
      }),
    );
  });
});
