import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenize } from '../../../../../src/languages/haproxy/syntax/tokenizer';
import { rulePages } from '../../core/rules/rule-pages';

const X = '\uFFFC';

describe('words of a line', () => {
  it.each([
    ['plain words', 'bind :80  ssl', ['bind', ':80', 'ssl']],
    ['tabs and spaces around', '\t mode\thttp ', ['mode', 'http']],
    ['a comment', 'mode http # why', ['mode', 'http']],
    ['a comment without a space before it', 'mode http#why', ['mode', 'http']],
    ['an escaped number sign', 'path /a\\#b', ['path', '/a#b']],
    ['double quotes', 'log-format "%ci %ST"', ['log-format', '%ci %ST']],
    ['single quotes keep backslashes', "acl a path_reg '^/\\d+ x'", ['acl', 'a', 'path_reg', '^/\\d+ x']],
    ['quotes inside a word', 'a"b c"d', ['ab cd']],
    ['an escaped space', 'reqadd X:\\ y', ['reqadd', 'X: y']],
    ['an unknown escape stays', 'path_reg ^\\d', ['path_reg', '^\\d']],
    ['hexadecimal escapes', 'a\\x41b', ['aAb']],
    ['an empty argument', 'a "" b', ['a', '', 'b']],
    ['a carriage return ends the line', 'mode http\r', ['mode', 'http']],
    ['a backslash at the end is text', 'mode http\\', ['mode', 'http\\']],
    ['a dollar sign outside double quotes is text', 'bind :$PORT', ['bind', ':$PORT']],
    ['a variable', 'bind "${IP}:80"', ['bind', `${X}:80`]],
    ['a variable without braces', 'bind "$IP:80"', ['bind', `${X}:80`]],
    ['a variable with a default', 'bind "${IP-1.2.3.4}:80"', ['bind', '1.2.3.4:80']],
    ['an escaped dollar sign', 'a "\\$5"', ['a', '$5']],
  ])('%s', (_, text, words) => {
    const [line] = tokenize(`${text}\n`);
    expect(line?.words.map((word) => word.value)).toEqual(words);
    expect(line?.fault).toBeUndefined();
  });

  it.each([
    ['a "b', 'unmatched-quote', 2, 4],
    ["a 'b c", 'unmatched-quote', 2, 6],
    ['a "${B"', 'unmatched-brace', 3, 7],
    ['a "$1"', 'variable-name', 3, 5],
    ['a "${B[x]}"', 'word-expansion', 6, 7],
    ['a \\x4', 'hex-escape', 2, 5],
    ['a \u0000', 'nul', 2, 3],
  ])('%j is refused: %s', (text, kind, start, end) => {
    expect(tokenize(text)[0]?.fault).toEqual({ kind, start, end });
  });

  it('knows where each word stands in UTF-16 code units', () => {
    const text = 'global\n  log "😀 x" local0\r\n';
    const spans = tokenize(text)[1]?.words.map(({ start, end }) => text.slice(start, end));
    expect(spans).toEqual(['log', '"😀 x"', 'local0']);
  });
});

describe('whatever the text', () => {
  const pieces = fc.constantFrom(
    ...['"', "'", '\\', '#', '$', '${', '}', '-', '[*]', '\\x', '\n', '\r\n', '\t', ' ', '\u0000', '\uFEFF'],
    ...['bind', 'A', '{', '.if', '😀', ',', ')'],
  );
  const texts = fc.oneof(
    fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary' }),
  );

  it('words and comments cover all that is not space', () => {
    fc.assert(
      fc.property(texts, (text) => {
        let at = 0;
        for (const line of tokenize(text)) {
          const tokens = [...line.words, ...(line.comment === undefined ? [] : [line.comment])];
          for (const { start, end } of tokens) {
            expect(text.slice(at, start)).toMatch(/^[\s\uFEFF]*$/);
            expect(end).toBeGreaterThan(start);
            at = end;
          }
          if (line.fault !== undefined || text.slice(line.start, line.end).includes('\r')) at = line.end;
        }
        expect(text.slice(at)).toMatch(/^[\s\uFEFF]*$/);
      }),
      { numRuns: 3_000 },
    );
  });

  it('every prefix of a real file has its lines in order', () => {
    const text = rulePages('HAP', 'haproxy')
      .map((page) => page.good.text)
      .join('');
    for (let length = 0; length < Math.min(text.length, 3_000); length += 1) {
      const lines = tokenize(text.slice(0, length));
      expect(lines.map((line) => line.number)).toEqual(lines.map((_, at) => at));
    }
  });
});
