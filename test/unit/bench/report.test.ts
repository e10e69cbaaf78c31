import { describe, expect, it } from 'vitest';
import type { Figure } from '../../bench/figure';
import { verdictOf } from '../../bench/figure';
import { report } from '../../bench/report';
import { medianPhases, shares, summarize } from '../../bench/stats';

describe('figures measured several times', () => {
  it.each([
    [[3], { runs: 1, median: 3, min: 3, max: 3 }],
    [[10, 9, 100], { runs: 3, median: 10, min: 9, max: 100 }],
    [[4, 1, 3, 2], { runs: 4, median: 2.5, min: 1, max: 4 }],
  ])('summarizes %j', (values, expected) => {
    expect(summarize(values)).toEqual(expected);
  });

  it('refuses to summarize nothing', () => {
    expect(() => summarize([])).toThrow(RangeError);
  });

  it('takes the median of each phase, a missing one as zero', () => {
    expect(medianPhases([{ a: 1, b: 5 }, { a: 3 }, { a: 2, b: 7 }])).toEqual({ a: 2, b: 5 });
  });

  it('shares add up to the whole', () => {
    expect(shares({ a: 1, b: 3 })).toEqual({ a: 0.25, b: 0.75 });
    expect(shares({ a: 0 })).toEqual({ a: 0 });
  });
});

const deploy: Figure = {
  id: 'deploy.healthy',
  title: 'Deploy',
  unit: 's',
  values: [12.5, 13.25, 11],
  bound: 18,
  phases: [
    { start: 3, health: 9.5 },
    { start: 3, health: 10.25 },
    { start: 2, health: 9 },
  ],
};

describe('the verdict', () => {
  it.each<[Figure, string]>([
    [deploy, 'met'],
    [{ ...deploy, bound: 12.5 }, 'met'],
    [{ ...deploy, bound: 12.4 }, 'missed'],
    [{ ...deploy, values: [] }, 'not measured'],
    [{ id: 'x', title: 'x', unit: 's', values: [1] }, 'no bound'],
  ])('judges the median', (figure, expected) => {
    expect(verdictOf(figure)).toBe(expected);
  });
});

describe('the report', () => {
  it('is a table with bound and verdict, and the share of each phase', () => {
    const vsix: Figure = {
      id: 'vsix',
      title: 'Size',
      unit: 'MB',
      values: [],
      bound: 3,
      note: 'not packaged yet',
    };
    expect(report([deploy, vsix])).toBe(
      [
        'figure   median         spread  runs   bound  verdict',
        'Deploy  12.50 s  11.00 – 13.25     3  ≤ 18 s  met',
        'Size          –                    0  ≤ 3 MB  not measured',
        '',
        'Deploy: start 3.00 s (24 %), health 9.50 s (76 %)',
        'Size: not packaged yet',
        '',
      ].join('\n'),
    );
  });
});
