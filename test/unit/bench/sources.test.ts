import { describe, expect, it } from 'vitest';
import { vipArrival } from '../../bench/latency/sources';

describe('a line of `ip -ts -o monitor address`', () => {
  it.each<[string, number | undefined]>([
    [
      '[2026-11-22T21:03:11.123456] 42: eth0    inet 172.30.0.100/32 scope global eth0\\       valid_lft forever',
      Date.UTC(2026, 10, 22, 21, 3, 11, 123),
    ],
    ['[2026-11-22T21:03:11.123456] Deleted 42: eth0    inet 172.30.0.100/32 scope global eth0', undefined],
    [
      '[2026-11-22T21:03:11.123456] 42: eth0    inet 172.30.0.10/24 brd 172.30.0.255 scope global eth0',
      undefined,
    ],
    ['', undefined],
  ])('%s', (line, expected) => {
    expect(vipArrival(line, '172.30.0.100')).toBe(expected);
  });
});
