import { describe, expect, it } from 'vitest';
import { reportOf } from '../../../../src/drills/probe/run-probe';
import type { Gap } from '../../../../src/drills/probe/outage';
import type { ProbePath, WriteAttempt } from '../../../../src/drills/probe/write-attempt';

const attempt = (sequence: number, startedAt: number, acknowledged: boolean): WriteAttempt => ({
  path: 'postgres',
  sequence,
  startedAt,
  endedAt: startedAt + 10,
  acknowledged,
});

/** A write by its start, how long it took, and whether it was acknowledged. */
type Written = readonly [number, number, boolean?];

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

  const writes = (path: ProbePath, ...list: readonly Written[]) =>
    list.map(([startedAt, tookMs, acknowledged = true], sequence) => ({
      path,
      sequence,
      startedAt,
      endedAt: startedAt + tookMs,
      acknowledged,
    }));

  it.each<[string, ProbePath, readonly Written[], number]>([
    [
      'commits on a healthy lab, the last one under way',
      'commit',
      [
        [0, 700],
        [2800, 800],
        [6000, 700],
      ],
      9500,
    ],
    [
      'a commit that takes 2.9 s',
      'commit',
      [
        [0, 700],
        [2800, 700],
        [5600, 2900],
      ],
      9000,
    ],
    [
      'jobs of some seconds, the last one under way',
      'job',
      [
        [0, 2000],
        [6000, 9000],
        [21_000, 3000],
      ],
      36_000,
    ],
    [
      'commits that all take longer, on a slow machine',
      'commit',
      [
        [0, 4000],
        [6000, 5000],
        [12_000, 4500],
      ],
      20_000,
    ],
    ['a first job that is under way when time is up', 'job', [], 5000],
    [
      'a row that waits for almost a second',
      'postgres',
      [
        [0, 5],
        [100, 950],
        [1150, 5],
      ],
      1200,
    ],
  ])('has no interruption: %s', (_what, path, list, endedAt) => {
    expect(reportOf(writes(path, ...list), path, 0, endedAt).interruptions).toEqual([]);
  });

  it('has no interruption where a client is told to write seldom', () => {
    const attempts = writes('postgres', [0, 5], [5000, 5], [10_000, 5]);
    const { interruptions, longestGapMs } = reportOf(attempts, 'postgres', 0, 14_900, 5000);
    expect([interruptions, longestGapMs]).toEqual([[], 5000]);
  });

  it.each<[string, ProbePath, readonly Written[], number, readonly Gap[]]>([
    [
      'a commit that takes 9 s, as in a failover',
      'commit',
      [
        [0, 700],
        [2800, 700],
        [5600, 9000],
        [18_000, 700],
      ],
      18_700,
      [{ from: 3500, to: 14_600, duration: 11_100 }],
    ],
    [
      'a commit that fails',
      'commit',
      [
        [0, 700],
        [2800, 3000, false],
        [5900, 700],
        [8700, 700],
      ],
      9400,
      [{ from: 700, to: 6600, duration: 5900 }],
    ],
    [
      'commits that fail to the end',
      'commit',
      [
        [0, 700],
        [2800, 10, false],
        [3300, 10, false],
      ],
      4000,
      [{ from: 700, to: undefined, duration: 3300 }],
    ],
    [
      'a probe of which nothing is heard any more',
      'postgres',
      [
        [0, 5],
        [100, 5],
      ],
      9105,
      [{ from: 105, to: undefined, duration: 9000 }],
    ],
  ])('has an interruption: %s', (_what, path, list, endedAt, expected) => {
    expect(reportOf(writes(path, ...list), path, 0, endedAt).interruptions).toEqual(expected);
  });
});
