import { expect, test } from 'vitest';
import { hint, problem } from '../../../../src/features/terminals/terminal-text';

test('a problem starts on a line of its own, in red', () => {
  expect(problem('node2 is not running')).toBe('\r\n\u001b[31mnode2 is not running\u001b[0m\r\n');
});

test('a hint is dimmed', () => {
  expect(hint('Press Enter.')).toBe('\u001b[2mPress Enter.\u001b[0m\r\n');
});

test('control sequences of an error message do not reach the terminal', () => {
  expect(problem('a\u001b]0;title\u0007b\r\nc')).toBe('\r\n\u001b[31ma ]0;title b c\u001b[0m\r\n');
});
