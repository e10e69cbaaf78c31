import { expect, test } from 'vitest';
import { runProgram } from '../../../src/cli/run-program';

const never = (): { dispose(): void } => ({ dispose: () => undefined });

test.each([
  ['its exit code', 'process.exit(7)', 7],
  ['128 more than the signal that ended it', "process.kill(process.pid, 'SIGTERM')", 143],
])('a program of this machine gives %s', async (_what, script, code) => {
  expect(await runProgram(process.execPath, ['-e', script], never)).toBe(code);
});

test('a program that is not there gives nothing', async () => {
  expect(await runProgram('no-such-program-of-a-lab', [], never)).toBeUndefined();
});

test('a wish to end is passed on', async () => {
  let listener: (() => void) | undefined;
  const ended = runProgram(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], (asked) => {
    listener = asked;
    return { dispose: () => (listener = undefined) };
  });
  listener?.();
  expect(await ended).toBe(143);
  expect(listener).toBeUndefined();
});
