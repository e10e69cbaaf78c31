import { describe, expect, test } from 'vitest';
import {
  loadPrismParser,
  prismLoader,
  RubyParserFailure,
} from '../../../../src/config/gitlab-rb/ruby-parser';
import { readPrismWasm } from '../parser';

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

  test('brackets nested beyond its stack are refused, before it loses itself in them', async () => {
    const parser = await loadPrismParser(await readPrismWasm());
    expect(() => parser.parse('${'.repeat(150))).toThrow('nested too deeply');
    const comments = '# a list of smileys :(\n'.repeat(150);
    expect(parser.parse(`${comments}a = ${'['.repeat(100)}${']'.repeat(100)}\n`).errors).toEqual([]);
    expect(parser.parse('a = [[1], [2]]\n'.repeat(150)).errors).toEqual([]);
  });
});
