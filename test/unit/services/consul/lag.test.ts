import { describe, expect, it } from 'vitest';
import { LAG_HOLDS_MS, lastingLags } from '../../../../src/services/consul/lag';
import type { LagSince } from '../../../../src/services/consul/lag';
import { server } from '../../observe/healthy';

/** Whether node2 counts as healthy after each measurement: seconds, and whether it lagged. */
function told(measured: readonly (readonly [number, boolean])[]): readonly boolean[] {
  let since: LagSince = new Map();
  return measured.map(([seconds, lags]) => {
    const seen = [server('node1'), server('node2', { healthy: !lags })];
    const answer = lastingLags(seen, since, seconds * 1000);
    since = answer.since;
    return answer.servers[1]!.healthy;
  });
}

describe('a server that Consul says is lagging', () => {
  it.each<[string, readonly (readonly [number, boolean])[], readonly boolean[]]>([
    [
      'once',
      [
        [0, false],
        [2, true],
        [4, false],
      ],
      [true, true, true],
    ],
    [
      'again and again, never for long',
      [
        [0, true],
        [4, false],
        [6, true],
        [10, true],
      ],
      [true, true, true, true],
    ],
    [
      'for longer than a machine is busy',
      [
        [0, true],
        [3, true],
        [LAG_HOLDS_MS / 1000, true],
      ],
      [true, true, false],
    ],
    [
      'and caught up',
      [
        [0, true],
        [7, true],
        [9, false],
      ],
      [true, false, true],
    ],
  ])('%s', (_, measured, expected) => {
    expect(told(measured)).toEqual(expected);
  });
});
