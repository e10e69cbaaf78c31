import { describe, expect, it } from 'vitest';
import { JOURNEY_FAULTS } from '../../bench/journeys/faults';
import type { JourneyFault } from '../../bench/journeys/faults';
import { parseAttempt } from '../../bench/journeys/journeys';
import type { Attempt } from '../../bench/journeys/journeys';
import { brokenJourneys, journeysTable } from '../../bench/journeys/report';
import { judge, laidTo } from '../../bench/journeys/run';
import type { JourneyRun, Window } from '../../bench/journeys/run';
import { scheduleOf } from '../../bench/soak/schedule';

const fault = (id: string): JourneyFault => {
  const found = JOURNEY_FAULTS.find((one) => one.id === id);
  if (!found) throw new Error(`no ${id}`);
  return found;
};

describe('what the client of the journeys says', () => {
  it.each([
    [
      '{"journey": "row", "seq": 7, "at": 1000, "ms": 31, "ok": true, "id": "12"}',
      { journey: 'row', sequence: 7, startedAt: 1000, endedAt: 1031, acknowledged: true, id: '12' },
    ],
    [
      '{"journey": "commit over SSH", "seq": 1, "at": 5, "ms": 2, "ok": false, "error": "no route"}',
      {
        journey: 'commit over SSH',
        sequence: 1,
        startedAt: 5,
        endedAt: 7,
        acknowledged: false,
        error: 'no route',
      },
    ],
    ['{"journey": "walk", "seq": 7, "at": 1000, "ms": 31, "ok": true}', undefined],
    ['{"journey": "row", "seq": 7, "at": 1000, "m', undefined],
    ['', undefined],
  ])('reads %s', (line, attempt) => {
    expect(parseAttempt(line)).toEqual(attempt);
  });
});

describe('a whole run of the journeys', () => {
  it('has sixty faults at least, each kind more than once, and goes without one now and then', () => {
    const ids = scheduleOf(JOURNEY_FAULTS, 42).map(({ fault: { id } }) => id);
    const faults = ids.filter((id) => id !== 'nothing');
    expect(faults.length).toBeGreaterThanOrEqual(60);
    expect(ids.length - faults.length).toBe(4);
    expect(JOURNEY_FAULTS.filter(({ runs }) => runs < 2)).toEqual([]);
  });
});

describe('what a fault costs', () => {
  const window: Window = {
    fault: fault('puma-killed'),
    number: 3,
    faultAt: 10_000,
    mendedAt: 12_000,
    servedAt: 15_000,
    endAt: 18_000,
    wholeAt: 19_000,
  };
  const attempt = (
    sequence: number,
    startedAt: number,
    endedAt: number,
    more: Partial<Attempt> = {},
  ): Attempt => ({
    journey: 'commit over HTTP',
    sequence,
    startedAt,
    endedAt,
    acknowledged: true,
    ...more,
  });

  it('is how long a client that tries again waits for one thing, from the fault on', () => {
    const attempts = [
      attempt(1, 8_000, 10_500, { job: 1 }),
      attempt(2, 11_000, 12_000, { acknowledged: false }),
      attempt(2, 12_100, 14_000, { job: 2 }),
      attempt(3, 18_500, 60_000),
    ];
    const jobs = [
      { id: 1, status: 'success', attempts: 1, sha: 'a', sha256: 'x', finishedAt: 11_500 },
      { id: 2, status: 'success', attempts: 2, sha: 'b', sha256: 'x', finishedAt: 18_500 },
    ];
    const broken = [{ journey: 'commit over HTTP' as const, at: 14_000, text: 'commit b on node3' }];
    const {
      costs,
      servedMs,
      wholeMs,
      broken: told,
    } = judge(window, attempts, { attempts: [] }, { broken, jobs });
    expect(costs['commit over HTTP']).toEqual({ waitMs: 3_000, acknowledged: 2, failed: 1, lost: 1 });
    expect(costs.job).toEqual({ waitMs: 4_500, acknowledged: 2, failed: 0, lost: 0 });
    expect([servedMs, wholeMs, told]).toEqual([3_000, 7_000, ['acknowledged and lost: commit b on node3']]);
  });

  it('is all that is lost since it, however much later, and of the first one also what was lost before', () => {
    const windows = [2, 1, 3].map((number) => ({ number, faultAt: number * 10_000 }));
    const broken = [0, 10_000, 19_999, 20_000, 90_000].map((at) => ({
      journey: 'row' as const,
      at,
      text: `${at}`,
    }));
    const found = [...laidTo(windows, broken)].map(([number, lost]) => [number, lost.map(({ at }) => at)]);
    expect(found).toEqual([
      [1, [0, 10_000, 19_999]],
      [2, [20_000]],
      [3, [90_000]],
    ]);
  });
});

describe('the report of journeys', () => {
  const run = (id: string, waitMs: number, broken: readonly string[] = []): JourneyRun => ({
    fault: id,
    number: 1,
    servedMs: 0,
    wholeMs: 3_000,
    costs: { read: { waitMs, acknowledged: 10, failed: 0, lost: broken.length } },
    broken,
  });

  it.each([
    ['within the bound', [run('nothing', 500), run('puma-killed', 2_500)], []],
    [
      'beyond the bound and what is usual',
      [run('nothing', 500), run('puma-killed', 2_600)],
      ['1 puma-killed: read waited 2.6 s, at most 2.5 s are allowed'],
    ],
    ['with nothing promised', [run('nothing', 90_000)], []],
    [
      'with something lost',
      [run('puma-killed', 0, ['acknowledged and lost: issue run1-7'])],
      ['1 puma-killed: acknowledged and lost: issue run1-7'],
    ],
  ])('tells what is broken %s', (_what, runs, sentences) => {
    expect(brokenJourneys(runs)).toEqual(sentences);
  });

  it('has a row per kind of fault, what is too long in bold, and counts what was acknowledged', () => {
    const lines = journeysTable([
      run('nothing', 500),
      run('puma-killed', 900),
      run('puma-killed', 7_000),
    ]).split('\n');
    expect(lines[3]).toBe('| Puma killed | 2 | – | **0.9 – 7.0** | – | – | – | – | – | 0.0 | 3.0 |');
    expect(lines.at(-1)).toMatch(/^2 faults\. Lost: sql 0 of 0, read 0 of 30, /);
  });
});
