import { describe, expect, test } from 'vitest';
import {
  loadPrismParser,
  prismLoader,
  RubyParserFailure,
} from '../../../../../src/languages/gitlab-rb/ruby/ruby-parser';
import { withLargeStack } from '../../../../../src/languages/gitlab-rb/ruby/prism-stack';
import { readPrismWasm } from '../../../../../tools/fuzz/parser';

describe('the Ruby parser', () => {
  test('loads without a warning of the process', async () => {
    const warnings: Error[] = [];
    const listen = (warning: Error): void => void warnings.push(warning);
    process.on('warning', listen);
    const parser = await loadPrismParser(await readPrismWasm());
    expect(parser.parse('a = 1').errors).toEqual([]);
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', listen);
    expect(warnings).toEqual([]);
  });

  test('gives up on bottomless nesting with an error of its own, and works again afterwards', async () => {
    const parser = await loadPrismParser(await readPrismWasm());
    expect(() => parser.parse(`x = ${'['.repeat(100_000)}`)).toThrow(RubyParserFailure);
    expect(parser.parse("a['b'] = 1").errors).toEqual([]);
    expect(parser.parse("a['b'] = = 1").errors).not.toEqual([]);
  });

  test('gives the same answer however often it is asked', async () => {
    const parser = await loadPrismParser(await readPrismWasm());
    const answers = Array.from({ length: 200 }, () => parser.parse('a = {x: 1,, y: 2}').errors.length);
    expect(new Set(answers).size).toBe(1);
  });

  test('is loaded once, at the first use', async () => {
    let readings = 0;
    const load = prismLoader(() => {
      readings += 1;
      return readPrismWasm();
    });
    expect(readings).toBe(0);
    const [one, other] = await Promise.all([load(), load()]);
    expect(one).toBe(other);
    expect(readings).toBe(1);
  });

  test('a failed loading is tried again', async () => {
    let readings = 0;
    const load = prismLoader(() => {
      readings += 1;
      return readings === 1 ? Promise.reject(new Error('no such file')) : readPrismWasm();
    });
    await expect(load()).rejects.toThrow('no such file');
    expect((await load()).parse('1').errors).toEqual([]);
  });

  test('bytes that are no module are refused', async () => {
    await expect(loadPrismParser(new Uint8Array([1, 2, 3]))).rejects.toThrow(/WebAssembly/);
  });

  test('leaves alone what it nests as deeply as no file does', async () => {
    const parser = await loadPrismParser(await readPrismWasm());
    const comments = '# a list of smileys :( if do\n'.repeat(1_000);
    expect(parser.parse(`${comments}a = ${'['.repeat(250)}${']'.repeat(250)}\n`).errors).toEqual([]);
    expect(parser.parse('a = [[1], [2]]\n'.repeat(1_000)).errors).toEqual([]);
    expect(parser.parse("a = {'b' => 1} if c && !d\n".repeat(1_000)).errors).toEqual([]);
    expect(parser.parse(`${'if a\n'.repeat(250)}${'end\n'.repeat(250)}`).errors).toEqual([]);
  });

  test.each([
    ['brackets', 'a = ', '['],
    ['conditions', '', 'if a\n'],
    ['definitions', '', 'private def a\n'],
    ['negations', 'a = ', '!'],
    ['a chain of powers', 'a = ', '1 ** '],
    ['a sum', 'a = ', '1 + '],
    ['assignments', '', 'a = '],
    ['calls without brackets', '', 'puts '],
    ['parts of texts', 'a = ', '"#{'],
    ['calls on calls', 'a', '.b'],
    ['other conditions', 'if a\n', 'elsif b\n'],
    ['rescues', 'begin\n', 'rescue\n'],
    ['conditions behind', 'a', ' if a'],
    ['open words', '', '${'],
  ])(
    '%s nested beyond what any stack holds: the place is told, and the next text is read',
    async (_, head, unit) => {
      const parser = await loadPrismParser(await readPrismWasm());
      const outcomes = [400, 20_000].map((count) => {
        const text = `b = 1\n${head}${unit.repeat(count)}`;
        try {
          return parser.parse(text).errors.length;
        } catch (error) {
          if (!(error instanceof RubyParserFailure)) throw error;
          return [error.message, error.offset > 150 && error.offset < 6 + 300 * (unit.length + 1)];
        }
      });
      expect(outcomes).toEqual([
        ['it is nested too deeply', true],
        ['it is nested too deeply', true],
      ]);
      expect(parser.parse("a['b'] = 1").errors).toEqual([]);
    },
  );

  test('what is nested deeply in a way nobody counts is refused all the same, and the next text is read', async () => {
    const parser = await loadPrismParser(await readPrismWasm());
    const text = `a = ${'%W[#{1 ? '.repeat(5_000)}1${'}]'.repeat(5_000)}`;
    const hidden = `/[']/\n${'!'.repeat(50_000)}a\n/[']/`;
    for (const deep of [text, hidden, text])
      expect(() => parser.parse(deep)).toThrow('it is nested too deeply');
    expect(parser.parse("a['b'] = 1").errors).toEqual([]);
    expect(parser.parse("a['b'] = = 1").errors).not.toEqual([]);
  });

  test('a module of another shape is taken as it is', () => {
    const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
    expect(withLargeStack(empty)).toEqual(empty);
  });
});
