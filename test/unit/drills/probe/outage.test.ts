import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outageOf, thresholdOf } from '../../../../src/drills/probe/outage';
import type { WriteAttempt } from '../../../../src/drills/probe/write-attempt';

/** Writes at the given times, each answered 10 ms later. */
function acknowledged(...starts: number[]): WriteAttempt[] {
  return starts.map((startedAt, index) => ({
    path: 'postgres',
    sequence: index,
    startedAt,
    endedAt: startedAt + 10,
    acknowledged: true,
  }));
}

function failed(startedAt: number, endedAt: number): WriteAttempt {
  return {
    path: 'postgres',
    sequence: startedAt,
    startedAt,
    endedAt,
    acknowledged: false,
    error: 'connection reset',
  };
}

/** Every 100 ms from `from` to `to`, both inclusive. */
function every100(from: number, to: number): number[] {
  return Array.from({ length: Math.floor((to - from) / 100) + 1 }, (_, index) => from + index * 100);
}

describe('a pause that may be an interruption', () => {
  it.each<[string, readonly number[], number]>([
    ['longer than what is slow on this way', every100(0, 900), 500],
    ['half as long again as the longest before the fault, on a machine that is slow', [0, 800, 1200], 1200],
    ['nobody knows of a longer one before the second write', [300], 500],
    ['what comes after the fault does not count', [0, 100, 5000, 9000], 500],
  ])('is %s', (_what, starts, expected) => {
    const attempts = [...acknowledged(...starts), failed(400, 950)];
    expect(thresholdOf(attempts, 2000, 500)).toBe(expected);
  });
});

describe('what a client felt of a fault', () => {
  it('measures from the fault to the write that ends the interruption', () => {
    const outage = outageOf(acknowledged(...every100(0, 900), ...every100(5000, 6000)), {
      faultAt: 1000,
      endAt: 6010,
    });
    expect(outage).toEqual({
      faultAt: 1000,
      recoveredAt: 5010,
      outageMs: 4010,
      longestGapMs: 4010,
      interruptions: [{ from: 1000, to: 5010, duration: 4010 }],
      acknowledgedBefore: 10,
      acknowledgedAfter: 11,
      failed: 0,
    });
  });

  it('is not deceived by a write that is still answered between the order and its effect', () => {
    const outage = outageOf(acknowledged(900, 1000, 1100, 5000, 5100), { faultAt: 1000, endAt: 5200 });
    expect(outage.recoveredAt).toBe(5010);
    expect(outage.outageMs).toBe(4010);
    expect(outage.longestGapMs).toBe(3900);
  });

  it('takes an interruption that begins long after the fault for another one', () => {
    const outage = outageOf(acknowledged(...every100(0, 5000), 6000), { faultAt: 1000, endAt: 6010 });
    expect(outage.outageMs).toBe(100);
    expect(outage.interruptions).toEqual([{ from: 5010, to: 6010, duration: 1000 }]);
    expect(outage.longestGapMs).toBe(1000);
  });

  it('says that nothing recovered when no write was acknowledged any more', () => {
    const outage = outageOf([...acknowledged(800, 900), failed(1000, 3000)], { faultAt: 1000, endAt: 9000 });
    expect(outage.recoveredAt).toBeUndefined();
    expect(outage.outageMs).toBeUndefined();
    expect(outage.longestGapMs).toBe(8000);
    expect(outage.failed).toBe(1);
  });

  it('says that it recovered when it failed again later', () => {
    const outage = outageOf(acknowledged(900, 3000), { faultAt: 1000, endAt: 9010 });
    expect(outage.outageMs).toBe(2010);
    expect(outage.longestGapMs).toBe(6000);
    expect(outage.interruptions).toHaveLength(2);
  });

  it('reports the longest pause when nothing was interrupted', () => {
    const outage = outageOf(acknowledged(900, 1000, 1100, 1400, 1500), { faultAt: 1000, endAt: 1510 });
    expect(outage.interruptions).toEqual([]);
    expect(outage.outageMs).toBe(300);
    expect(outage.recoveredAt).toBe(1410);
  });

  it('ignores what was acknowledged after the end of the observation', () => {
    const outage = outageOf(acknowledged(900, 4000), { faultAt: 1000, endAt: 3000 });
    expect(outage.recoveredAt).toBeUndefined();
    expect(outage.longestGapMs).toBe(2000);
  });

  it('never finds an outage longer than the longest gap plus the onset, in any order of attempts', () => {
    const attempt = fc.record({
      path: fc.constant('postgres' as const),
      sequence: fc.nat(),
      startedAt: fc.nat(20_000),
      endedAt: fc.nat(20_000),
      acknowledged: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(attempt), fc.nat(20_000), (attempts, faultAt) => {
        const options = { faultAt, endAt: 20_000, onsetMs: 2500 };
        const outage = outageOf(attempts, options);
        expect(outageOf([...attempts].reverse(), options)).toEqual(outage);
        expect(outage.longestGapMs).toBeLessThanOrEqual(20_000 - faultAt);
        if (outage.outageMs === undefined) return;
        expect(outage.outageMs).toBeGreaterThanOrEqual(0);
        expect(outage.outageMs).toBeLessThanOrEqual(outage.longestGapMs + options.onsetMs);
      }),
    );
  });
});
