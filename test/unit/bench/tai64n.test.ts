import { describe, expect, it } from 'vitest';
import { unixMilliseconds } from '../../bench/latency/tai64n';

describe("runit's time stamps", () => {
  it.each([
    ['400000006955b90a00000000', Date.UTC(2026, 0, 1)],
    ['400000006955b90b1dcd6500', Date.UTC(2026, 0, 1, 0, 0, 1, 500)],
  ])('%s is %d milliseconds since the epoch', (hex, expected) => {
    expect(unixMilliseconds(Buffer.from(hex, 'hex'))).toBe(expected);
  });

  it('need all twelve bytes', () => {
    expect(() => unixMilliseconds(Buffer.alloc(8))).toThrow(RangeError);
  });
});
