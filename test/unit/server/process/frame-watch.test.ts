import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { FrameWatch } from '../../../../src/server/process/frame-watch';

const frame = (body: string, more = ''): string =>
  `Content-Length: ${Buffer.byteLength(body)}\r\n${more}\r\n${body}`;

const taken = (...pieces: (string | Buffer)[]): string | undefined => {
  const watch = new FrameWatch();
  return pieces.map((piece) => watch.take(Buffer.from(piece))).find((fault) => fault !== undefined);
};

describe('frames of the protocol', () => {
  test.each([
    ['one', [frame('{"id":1}')]],
    ['several at once', [frame('{"id":1}') + frame('{}')]],
    ['with characters of several bytes', [frame('{"text":"grüße €😀"}') + frame('{}')]],
    [
      'with a type, and names in small letters',
      [frame('{}', 'Content-Type: x\r\n'), 'content-length:2\r\n\r\n{}'],
    ],
    ['whose body is no JSON: the reader says so', [frame('nonsense\r\n\r\n')]],
    ['without a body', ['Content-Length: 0\r\n\r\n', frame('{}')]],
  ])('%s are right', (_what, pieces) => {
    expect(taken(...pieces)).toBeUndefined();
  });

  test('are right however they are cut', () => {
    const bytes = Buffer.from(frame('{"text":"€"}') + frame('{}') + frame('[1,2,3]'));
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: bytes.length }), { maxLength: 8 }), (cuts) => {
        const ends = [...cuts, bytes.length].sort((one, other) => one - other);
        const pieces = ends.map((end, at) => bytes.subarray(ends[at - 1] ?? 0, end));
        expect(taken(...pieces)).toBeUndefined();
      }),
    );
  });

  test.each([
    ['no header', ['hello\r\n\r\n'], 'a header has no Content-Length'],
    ['a negative length', ['Content-Length: -5\r\n\r\n'], 'a header has the Content-Length -5'],
    ['a length that is none', ['Content-Length: abc\r\n\r\n'], 'a header has the Content-Length abc'],
    ['an empty length', ['Content-Length:\r\n\r\n'], 'a header has the Content-Length '],
    ['a body longer than it says', [frame('{}'), '}}', '\r\n\r\n'], 'a header has no Content-Length'],
    ['no end of the header', ['x'.repeat(4097)], 'a header of more than 4096 bytes does not end'],
    [
      'no end in many pieces',
      Array.from({ length: 5000 }, () => 'x'),
      'a header of more than 4096 bytes does not end',
    ],
  ])('%s breaks them', (_what, pieces, fault) => {
    expect(taken(...pieces)).toBe(fault);
  });
});
