import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenize } from '../../../../../src/languages/haproxy/syntax/tokenizer';
import { HAPROXY_LANGUAGE } from '../../../../../src/languages/haproxy/language';
import { exampleFiles } from '../../../../../tools/fuzz/valid-files';
import { apply, features, read } from './editor';

const formatted = (text: string): string => apply(text, features.format?.(read(text)) ?? []);

describe('formatting', () => {
  it.each([
    ['indents the lines of sections', 'global\nmaxconn 5\n\tdaemon\n', 'global\n    maxconn 5\n    daemon\n'],
    ['puts sections at the margin', '  global\n maxconn 5\n', 'global\n    maxconn 5\n'],
    ['keeps blank lines', 'global\n\n\n daemon\n', 'global\n\n\n    daemon\n'],
    ['removes blanks at line ends', 'global  \n    daemon \t\n  \n', 'global\n    daemon\n\n'],
    ['keeps the space between words', 'listen a\n  server  s   :80\n', 'listen a\n    server  s   :80\n'],
    ['keeps quotes and comments', `listen a\n log-format "x"  # y \n`, `listen a\n    log-format "x"  # y\n`],
    [
      'puts a comment to the line it speaks of',
      'global\n# a\ndaemon\n# b\nlisten x\n',
      'global\n    # a\n    daemon\n# b\nlisten x\n',
    ],
    [
      'a comment before a blank line to the line above',
      'global\n daemon\n# a\n\nlisten x\n',
      'global\n    daemon\n    # a\n\nlisten x\n',
    ],
    [
      'a lonely comment to the margin',
      'global\n daemon\n\n  # a\n\nlisten x\n',
      'global\n    daemon\n\n# a\n\nlisten x\n',
    ],
    [
      'leaves conditional blocks at the margin',
      'global\n .if 1\ndaemon\n .endif\n',
      'global\n.if 1\n    daemon\n.endif\n',
    ],
    ['keeps carriage returns', 'global\r\n daemon  \r\n', 'global\r\n    daemon\r\n'],
    ['keeps an escaped blank at the end', 'listen a\n server s\\ \n', 'listen a\n    server s\\ \n'],
    ['leaves lines that cannot be read', 'listen a\n  log-format "x  \n', 'listen a\n    log-format "x  \n'],
    ['keeps a byte order mark', '\uFEFF global\n', '\uFEFFglobal\n'],
    ['keeps the missing end of the last line', 'global\n daemon', 'global\n    daemon'],
  ])('%s', (_, text, expected) => {
    expect(formatted(text)).toBe(expected);
    expect(features.format?.(read(expected))).toEqual([]);
  });
});

const files = exampleFiles(HAPROXY_LANGUAGE);
const pieces = [
  ' ',
  '  ',
  '\t',
  '\n',
  '\r\n',
  '#',
  '"',
  "'",
  '\\',
  '\\ ',
  'listen x',
  '.if 1',
  '\uFEFF',
  '${A}',
  '\r',
  '\0',
];
const mutated = fc
  .array(fc.tuple(fc.nat(), fc.nat({ max: 6 }), fc.oneof(fc.constantFrom(...pieces), fc.string())), {
    maxLength: 6,
  })
  .chain((changes) =>
    fc.constantFrom(...files).map((file) =>
      changes.reduce((text, [at, cut, put]) => {
        const place = at % (text.length + 1);
        return text.slice(0, place) + put + text.slice(place + cut);
      }, file),
    ),
  );

/** What HAProxy reads: the words of each line with their values, and faults. */
const meaning = (text: string): unknown =>
  tokenize(text)
    .filter(({ words, comment, fault }) => words.length > 0 || comment !== undefined || fault !== undefined)
    .map(({ number, words, fault, comment }) => [
      number,
      words.map(({ value, quoted, dynamic }) => [value, quoted, dynamic]),
      fault?.kind,
      comment === undefined ? undefined : text.slice(comment.start, comment.end).trimEnd(),
    ]);

describe('formatting whatever is typed', () => {
  it('never changes what HAProxy reads', () => {
    fc.assert(
      fc.property(mutated, (text) => {
        expect(meaning(formatted(text))).toEqual(meaning(text));
      }),
      { numRuns: 1_000 },
    );
  });

  it('has nothing to do the second time', () => {
    fc.assert(
      fc.property(mutated, (text) => {
        expect(features.format?.(read(formatted(text)))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });
});
