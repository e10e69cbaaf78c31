import { beforeAll, describe, expect, test } from 'vitest';
import type { RubyParser } from '../../../../src/languages/gitlab-rb/ruby/ruby-parser';
import type { EmbeddedText } from '../../../../src/languages/compose/embedded-text';
import { readComposeFile } from '../../../../src/languages/compose/compose-file';
import { offsetAt, textLines } from '../../../../src/finding/text-lines';
import { loadParser } from '../../../../tools/fuzz/parser';

let parser: RubyParser;
beforeAll(async () => {
  parser = await loadParser();
});

const omnibusConfigs = (source: string): EmbeddedText[] =>
  readComposeFile(source).configs.map(({ embedded }) => embedded);

/** Every character of the embedded text as the compose file has it at its place. */
function asWritten(source: string): string[] {
  return omnibusConfigs(source).map((embedded) => {
    const inner = textLines(embedded.text);
    const outer = textLines(source);
    return [...embedded.text]
      .map((_, offset) => {
        const line = inner.starts.findLastIndex((start) => start <= offset);
        const place = embedded.toOuter({ line, character: offset - (inner.starts[line] ?? 0) });
        return source[offsetAt(outer, place)];
      })
      .join('');
  });
}

const service = (value: string): string =>
  `services:\n  gitlab:\n    image: gitlab/gitlab-ee\n    environment:\n      GITLAB_OMNIBUS_CONFIG: ${value}\n    ports: ["80:80"]\n`;

const LINES = "external_url 'http://a'\npuma['worker_processes'] = 2\n";

describe('the text of GITLAB_OMNIBUS_CONFIG is what Compose hands over, and each character is where it is written', () => {
  const literal = `|\n        external_url 'http://a'\n        puma['worker_processes'] = 2`;
  test.each([
    ['a literal block', service(literal), LINES],
    ['a literal block without the last line end', service(literal.replace('|', '|-')), LINES.trimEnd()],
    ['a literal block that keeps empty lines', service(`|+\n        a 1\n\n        b 2\n`), 'a 1\n\nb 2\n\n'],
    [
      'a block deeper inside than its first line says',
      service(`|2\n          a 1\n        b 2`),
      '  a 1\nb 2\n',
    ],
    ['a block with a header comment', service(`| # settings\n        a 1`), 'a 1\n'],
    ['single quotes', service(`"x['a'] = 1"`), "x['a'] = 1"],
    ['CRLF line ends', service(literal).replaceAll('\n', '\r\n'), LINES],
  ])('%s', (_, source, text) => {
    expect(omnibusConfigs(source).map((embedded) => embedded.text)).toEqual([text]);
    expect(asWritten(source).map((written) => written.replaceAll('\r', '\n'))).toEqual([text]);
  });

  test.each([
    ['a folded block makes one line of its lines', service(`>\n        a 1;\n        b 2`), 'a 1; b 2\n'],
    ['doubled single quotes are one', service(`'x[''a''] = 1'`), "x['a'] = 1"],
    ['escapes in double quotes are read', service(`"a 1\\nb \\"x\\u0041\\""`), 'a 1\nb "xA"'],
    ['a list item after its name', 'environment:\n  - GITLAB_OMNIBUS_CONFIG=a 1\n', 'a 1'],
    ['a quoted list item', `environment:\n  - "GITLAB_OMNIBUS_CONFIG=a 1; b['c'] = 2"\n`, "a 1; b['c'] = 2"],
    ['two dollar signs are one', service(`|\n        a '$$x'`), "a '$x'\n"],
    ['a variable outside quotes', service('|\n        a ${N:-3}'), 'a ENV["N"]\n'],
    ['a variable in double quotes', service('|\n        a "x${N}y"'), 'a "x#{ENV["N"]}y"\n'],
    ['a variable in single quotes', service(`|\n        a 'x$N'`), `a 'x' + ENV["N"] + ''\n`],
    ['a variable in a comment', service(`|\n        a 1 # $N's`), `a 1 # 's\n`],
  ])('%s', (_, source, text) => {
    expect(omnibusConfigs(source).map((embedded) => embedded.text)).toEqual([text]);
    expect(parser.parse(text).errors).toEqual([]);
  });

  test.each([
    ['another name', 'environment:\n  GITLAB_OMNIBUS_CONFIGS: a 1\n'],
    ['no value', 'environment:\n  GITLAB_OMNIBUS_CONFIG:\n'],
    ['an alias', 'x: &a "b 1"\nenvironment:\n  GITLAB_OMNIBUS_CONFIG: *a\n'],
    ['broken YAML', 'environment: [\n  {{{\n GITLAB_OMNIBUS_CONFIG: |\n'],
    ['an empty file', ''],
  ])('nothing is made of %s', (_, source) => {
    expect(omnibusConfigs(source).map((embedded) => embedded.text)).toEqual([]);
  });
});

describe('places are carried over both ways', () => {
  const source = service(`|\n        external_url 'http://a'\n        puma['worker_processes'] = 2`);
  const [embedded] = omnibusConfigs(source);

  test('a range of the Ruby text is the range in the compose file', () => {
    const range = { start: { line: 1, character: 5 }, end: { line: 1, character: 23 } };
    expect(embedded?.outerRange(range)).toEqual({
      start: { line: 6, character: 13 },
      end: { line: 6, character: 31 },
    });
    expect(embedded?.innerRange(embedded.outerRange(range))).toEqual(range);
  });

  test('only places of the text itself are in it', () => {
    expect(embedded?.contains({ line: 5, character: 8 })).toBe(true);
    expect(embedded?.contains({ line: 6, character: 36 })).toBe(true);
    expect(embedded?.contains({ line: 4, character: 10 })).toBe(false);
    expect(embedded?.contains({ line: 7, character: 4 })).toBe(false);
  });

  test('an edit with a new line is indented, and its dollar signs are doubled', () => {
    const at = { line: 1, character: 0 };
    expect(embedded?.outerEdit({ range: { start: at, end: at }, newText: "a '$x'\nb 1\n" })).toEqual({
      range: { start: { line: 6, character: 8 }, end: { line: 6, character: 8 } },
      newText: "a '$$x'\n        b 1\n        ",
    });
  });

  test('quotes inside a quoted scalar are not edited', () => {
    const [quoted] = omnibusConfigs(service(`"x['a'] = 1"`));
    const range = { start: { line: 0, character: 9 }, end: { line: 0, character: 10 } };
    expect(quoted?.outerEdit({ range, newText: '2' })).toEqual({
      range: { start: { line: 4, character: 39 }, end: { line: 4, character: 40 } },
      newText: '2',
    });
    expect(quoted?.outerEdit({ range, newText: '"2"' })).toBeUndefined();
    expect(quoted?.outerEdit({ range, newText: '2\n' })).toBeUndefined();
  });
});
