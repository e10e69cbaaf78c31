import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { Interrupts } from '../../../src/cli/interrupts';
import { Outputs } from '../../../src/cli/outputs';

function parts() {
  const ended: number[] = [];
  const outputs = new Outputs(new Interrupts((code) => ended.push(code)));
  return { ended, outputs, stream: outputs.follow(new PassThrough()) };
}

const refused = (code: string): Error => Object.assign(new Error(code), { code, syscall: 'write' });

test.each([
  [0, 1],
  [3, 3],
  [130, 130],
])('what could not be written is no success: %i ends as %i', (code, expected) => {
  const { outputs, stream, ended } = parts();
  outputs.told(null);
  outputs.told(undefined);
  outputs.told(refused('EPIPE'));
  expect([outputs.exitCode(code), outputs.failure]).toEqual([code, undefined]);
  stream.emit('error', refused('ENOSPC'));
  stream.emit('error', refused('EIO'));
  expect([outputs.exitCode(code), outputs.failure?.message, ended]).toEqual([expected, 'ENOSPC', []]);
});

test('a reader that has gone away is a wish to end, no failure', () => {
  const { outputs, stream, ended } = parts();
  stream.emit('error', refused('EPIPE'));
  expect([outputs.exitCode(0), outputs.failure, ended]).toEqual([0, undefined, [0]]);
});
