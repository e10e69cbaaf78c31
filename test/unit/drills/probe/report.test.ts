import { describe, expect, it } from 'vitest';
import { reportOf } from '../../../../src/drills/probe/run-probe';
import type { WriteAttempt } from '../../../../src/drills/probe/write-attempt';

const attempt = (sequence: number, startedAt: number, acknowledged: boolean): WriteAttempt => ({
  path: 'postgres',
  sequence,
  startedAt,
  endedAt: startedAt + 10,
  acknowledged,
});

describe('the report of a probe', () => {
  it('counts from the first acknowledged write: what comes before it makes the connection', () => {
    const attempts = [attempt(1, 0, false), attempt(2, 3000, true), attempt(3, 3100, true)];
    expect(reportOf(attempts, 'postgres', 0, 3200)).toEqual({
      path: 'postgres',
      startedAt: 0,
      endedAt: 3200,
      acknowledged: 2,
      failed: 1,
      longestGapMs: 100,
      interruptions: [],
    });
  });

  it('names every interruption, the one that goes on at the end too', () => {
    const attempts = [
      attempt(1, 0, true),
      attempt(2, 100, false),
      attempt(3, 2000, true),
      attempt(4, 2100, false),
    ];
    const { interruptions, longestGapMs, acknowledged, failed } = reportOf(attempts, 'postgres', 0, 9010);
    expect([acknowledged, failed, longestGapMs]).toEqual([2, 2, 7000]);
    expect(interruptions).toEqual([
      { from: 10, to: 2010, duration: 2000 },
      { from: 2010, to: undefined, duration: 7000 },
    ]);
  });

  it('of a client that was never served is one interruption', () => {
    const { interruptions, acknowledged } = reportOf([attempt(1, 5, false)], 'redis', 0, 4000);
    expect(acknowledged).toBe(0);
    expect(interruptions).toEqual([{ from: 0, to: undefined, duration: 4000 }]);
  });
});
