import { expect, test } from 'vitest';
import { printLine } from '../../../src/cli/print';
import { COLORED } from '../../../src/cli/render/style';
import { world } from './cli';

test.each([
  ['a window’s title', 'a\u001b]0;title\u0007b', 'a\\u001b]0;title\\u0007b'],
  ['a moved cursor', '\u001b[2A\u001b[2K', '\\u001b[2A\\u001b[2K'],
  ['hidden text', '\u001b[8mgone', '\\u001b[8mgone'],
  ['a line overwritten', 'good\rbad', 'good\\u000dbad'],
  ['a control character of eight bits', '\u009b2J', '\\u009b2J'],
  ['a bell and a delete', '\u0007\u007f', '\\u0007\\u007f'],
  ['lines, as Windows ends them', 'a\r\nb\tc\r', 'a\r\nb\tc\r'],
  [
    'our colors',
    COLORED.bold(COLORED.red('x')) + COLORED.dim('y'),
    COLORED.bold(COLORED.red('x')) + COLORED.dim('y'),
  ],
  ['letters of all kinds', 'Đĩa đầy → 日本 ü', 'Đĩa đầy → 日本 ü'],
])('%s', (_, text, expected) => {
  const { world: fake } = world();
  printLine(fake.context.stdout, text);
  expect(fake.out).toBe(`${expected}\n`);
});

test('JSON means what it meant', () => {
  const { world: fake } = world();
  const value = { name: 'a\u009b\u001b[2J\r\n\u0000' };
  printLine(fake.context.stdout, JSON.stringify(value));
  expect(JSON.parse(fake.out)).toEqual(value);
});
