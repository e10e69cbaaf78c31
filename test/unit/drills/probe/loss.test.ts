import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lossOf } from '../../../../src/drills/probe/loss';
import type { WriteAttempt } from '../../../../src/drills/probe/write-attempt';

function attempt(sequence: number, acknowledged: boolean): WriteAttempt {
  return { path: 'postgres', sequence, startedAt: sequence, endedAt: sequence, acknowledged };
}

describe('acknowledged writes that are gone', () => {
  it('counts promised, lost and unpromised writes apart', () => {
    const attempts = [
      attempt(1, true),
      attempt(2, true),
      attempt(3, false),
      attempt(4, false),
      attempt(5, true),
    ];
    expect(lossOf(attempts, [1, 3, 5])).toEqual({ acknowledged: 3, lost: [2], unacknowledgedPresent: [3] });
  });

  it('loses nothing when everything is there', () => {
    expect(lossOf([attempt(1, true), attempt(2, true)], [1, 2])).toEqual({
      acknowledged: 2,
      lost: [],
      unacknowledgedPresent: [],
    });
  });

  it('does not care about rows of other probes', () => {
    expect(lossOf([attempt(1, true)], [1, 77]).unacknowledgedPresent).toEqual([]);
  });

  it('counts a retried write that was acknowledged once as acknowledged', () => {
    expect(lossOf([attempt(1, false), attempt(1, true)], [])).toEqual({
      acknowledged: 1,
      lost: [1],
      unacknowledgedPresent: [],
    });
  });

  it('sorts by number, not by text', () => {
    expect(lossOf([attempt(10, true), attempt(9, true), attempt(100, true)], []).lost).toEqual([9, 10, 100]);
  });

  it('accounts for every acknowledged write exactly once', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(50)), fc.uniqueArray(fc.nat(50)), (promised, present) => {
        const loss = lossOf(
          promised.map((sequence) => attempt(sequence, true)),
          present,
        );
        const kept = promised.filter((sequence) => present.includes(sequence));
        expect(loss.lost.length + kept.length).toBe(loss.acknowledged);
      }),
    );
  });
});
