import { describe, expect, it } from 'vitest';
import { lintHaproxy } from '../../../../src/languages/haproxy/lint';
import { readHaproxy } from '../../../../src/languages/haproxy/subject';
import { parseHaproxy } from '../../../../src/languages/haproxy/syntax/document';
import { bestOf, timed } from '../../../../tools/fuzz/timing';
import { features, read } from './editor/editor';

const lint = (text: string) => lintHaproxy(readHaproxy(text, '3.0'), 'haproxy.cfg');

describe('a file without measure', () => {
  it.each([
    ['400,000 lines', `global\n${'\n'.repeat(400_000)}`, true],
    ['100,001 sections', 'listen a\n'.repeat(100_001), true],
    ['fewer of both', `listen a\n${'\n'.repeat(399_000)}`, false],
  ])('%s', (_, text, tooLong) => {
    const document = parseHaproxy(text, '3.0');
    expect(document.tooLong).toBe(tooLong);
    expect(lint(text).some(({ code }) => code === 'HAP051')).toBe(tooLong);
  });

  it('gives an editor empty answers', () => {
    const subject = read('listen a\n'.repeat(100_001));
    const position = { line: 5, character: 3 };
    expect(features.documentSymbols(subject)).toEqual([]);
    expect(features.symbolUses(subject)).toEqual([]);
    expect(features.format?.(subject)).toEqual([]);
    expect(features.hover(subject, position)).toBeUndefined();
  });
});

describe('a line without measure', () => {
  it('is refused at its 65th word, and its comment still counts', () => {
    const text = `listen a\n acl x path ${'/a '.repeat(50_000)}# ha-lab: ignore HAP007 generated\n`;
    expect(
      lint(text)
        .filter(({ range }) => range.start.line === 1)
        .map(({ code }) => code),
    ).not.toContain('HAP007');
    expect(lint(text.replace('HAP007', '')).map(({ code }) => code)).toContain('HAP007');
  });

  it('keeps the blank at its end, which may belong to its last word', () => {
    const line = ` acl x path ${'/a '.repeat(2_000)}\\ `;
    const edits = features.format?.(read(`listen a\n${line}\n`)) ?? [];
    expect(edits.map(({ range }) => range.end.character)).not.toContain(line.length);
  });
});

describe('one mistake many times', () => {
  it('is listed 10,000 times, and no comment is called unused for the rest', () => {
    const line = ' nonsense\n';
    const text = `listen a\n${line.repeat(12_000)} nonsense # ha-lab: ignore HAP010 known\n`;
    const codes = lint(text).map(({ code }) => code);
    expect(codes.filter((code) => code === 'HAP010')).toHaveLength(10_000);
    expect(codes).not.toContain('HAP000');
  });

  it('is searched for once', () => {
    const text = `global\n${'    accepted_payload_size 8192\n'.repeat(5_000)}`;
    lint(text);
    const started = performance.now();
    lint(text);
    // Searching each time takes seconds.
    expect(performance.now() - started).toBeLessThan(1_500);
  });
});

describe('very many servers without a check', () => {
  it('take time in proportion to their number', () => {
    const text = (count: number): string =>
      `listen a\n${Array.from({ length: count }, (_, at) => ` server s${at} 10.0.0.1:80\n`).join('')}`;
    const cost = (count: number) => {
      const written = text(count);
      return timed(() => lint(written));
    };
    cost(1_000);
    const most = Math.max(cost(4_000).cpu, 5) * 10 * 6;
    expect(bestOf(cost(40_000).cpu, most, () => cost(40_000))).toBeLessThan(most);
  });
});

describe('the outline', () => {
  it('has no name of blanks only', () => {
    const symbols = features.documentSymbols(read('listen \ufeff\n server \ufeff :80\n'));
    expect(symbols.map(({ name }) => name)).toEqual(['listen']);
    expect(symbols[0]?.children?.map(({ name }) => name)).toEqual(['server']);
  });
});
