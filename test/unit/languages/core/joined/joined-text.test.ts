import { describe, expect, it } from 'vitest';
import { JoinedText } from '../../../../../src/languages/core/joined/joined-text';

const file = (path: string, text: string) => ({ id: `id ${path}`, path, text });

describe('files one behind the other', () => {
  const joined = JoinedText.ofWhole([file('a', 'one\ntwo\n'), file('b', 'three'), file('c', '')]);

  it('have a line of their own behind the last one, where the next may be written', () => {
    expect(joined.text).toBe('one\ntwo\n\nthree\n\n');
    expect(joined.spans.map(({ start, end }) => joined.text.slice(start, end))).toEqual([
      'one\ntwo\n',
      'three',
      '',
    ]);
  });

  it.each([
    [0, { line: 0, character: 1 }, { line: 0, character: 1 }],
    [0, { line: 2, character: 0 }, { line: 2, character: 0 }],
    [1, { line: 0, character: 5 }, { line: 3, character: 5 }],
    [2, { line: 0, character: 0 }, { line: 4, character: 0 }],
  ])('keep their places, there and back: file %i, %j', (at, place, inJoined) => {
    expect(joined.toJoined(at, place)).toEqual(inJoined);
    expect(joined.toFile(inJoined)).toEqual({ file: at, position: place });
    expect(joined.fileOf(inJoined.line)).toBe(at);
  });

  it('do not have places behind their end', () => {
    expect(joined.toJoined(1, { line: 1, character: 0 })).toBeUndefined();
    expect(joined.lastLine(0)).toEqual({ line: 2, character: 0 });
  });

  it('keep a stretch that ends with the line end in the file', () => {
    const range = { start: { line: 3, character: 0 }, end: { line: 4, character: 0 } };
    expect(joined.rangeInFile(range)).toEqual({
      file: 1,
      range: { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } },
    });
  });
});

it('a file within another one divides it', () => {
  const files = [file('main', 'a\ninclude x\nb\n'), file('x', 'X\n')];
  const joined = JoinedText.ofPieces(files, [
    { file: 0, from: 0, lines: 2 },
    { file: 1, from: 0, lines: 2 },
    { file: 0, from: 2, lines: 2 },
  ]);
  expect(joined.text).toBe('a\ninclude x\nX\n\nb\n\n');
  expect(joined.toJoined(0, { line: 2, character: 1 })).toEqual({ line: 4, character: 1 });
  expect(joined.toFile({ line: 2, character: 0 })).toEqual({ file: 1, position: { line: 0, character: 0 } });
});
