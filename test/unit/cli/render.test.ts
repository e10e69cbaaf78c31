import { verbatim } from '../../../src/words/message';
import { ENGLISH } from '../../../src/presentation/words/localizer';
import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { Finding } from '../../../src/finding/finding';
import { TIMING_PROFILES } from '../../../src/cluster/timing';
import { renderError } from '../../../src/cli/render/error';
import {
  findingsSummary,
  renderAllFindings,
  renderDeployFindings,
  renderFindings,
} from '../../../src/cli/render/findings';
import { renderList } from '../../../src/cli/render/list';
import { advance, finishedLine, plainLine, runningLine } from '../../../src/cli/render/progress';
import { COLORED, PLAIN, styleFor } from '../../../src/cli/render/style';
import { table, truncate, visibleWidth } from '../../../src/cli/render/table';
import { ageText, preciseClockText, secondsText } from '../../../src/presentation/words/time-text';
import { renderTimings } from '../../../src/cli/render/timings';
import { labInfo, T0 } from './fixtures';

const finding = (file: string, line: number, character: number, rest: Partial<Finding> = {}): Finding => ({
  code: 'CLU003',
  severity: 'error',
  file,
  range: { start: { line, character }, end: { line, character: character + 1 } },
  message: 'node2 has the address of node1.',
  remedy: 'Give each node its own address.',
  ...rest,
});

describe('colors', () => {
  test.each([
    [{ isTTY: true }, {}, 'colored'],
    [{ isTTY: true }, { NO_COLOR: '' }, 'colored'],
    [{ isTTY: true }, { NO_COLOR: '1' }, 'plain'],
    [{ isTTY: true }, { TERM: 'dumb' }, 'plain'],
    [{ isTTY: false }, {}, 'plain'],
    [{}, { FORCE_COLOR: '1' }, 'plain'],
  ])('output %j with environment %j is %s', (output, env, expected) => {
    expect(styleFor(output, env)).toBe(expected === 'colored' ? COLORED : PLAIN);
  });
});

describe('tables', () => {
  test('columns are aligned by what is seen, not by color codes', () => {
    const text = table([
      ['A', 'B'],
      [COLORED.red('long'), 'x'],
      ['s', 'y'],
    ]);
    expect(text).toBe(`A     B\n\u001b[31mlong\u001b[39m  x\ns     y`);
  });

  test('a cell may be missing and nothing trails', () => {
    expect(table([['NAME', 'NOTE'], ['one']])).toBe('NAME  NOTE\none');
  });

  test('a text cut to a width is never wider and keeps its colors closed', () => {
    const colored = fc.tuple(fc.string(), fc.boolean()).map(([text, red]) => {
      const visible = text.replaceAll('\u001b', '');
      return red ? COLORED.red(visible) : visible;
    });
    fc.assert(
      fc.property(fc.array(colored), fc.integer({ min: 1, max: 60 }), (parts, width) => {
        const text = parts.join('');
        const cut = truncate(text, width);
        expect(visibleWidth(cut)).toBeLessThanOrEqual(width);
        expect(cut.split('\u001b[31m').length).toBe(cut.split('\u001b[39m').length);
        if (visibleWidth(text) <= width) expect(cut).toBe(text);
      }),
    );
  });
});

describe('times', () => {
  test.each([
    [0, '0.0 s'],
    [12_345, '12.3 s'],
    [99_999, '100.0 s'],
    [125_000, '2 min 05 s'],
  ])('%i ms take %s', (milliseconds, text) => expect(secondsText(milliseconds)).toBe(text));

  test.each([
    [-5, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [7_200_000, '2 h'],
    [172_800_000, '2 d'],
  ])('%i ms are %s old', (milliseconds, text) => expect(ageText(milliseconds)).toBe(text));

  test('the clock is local and has milliseconds', () => {
    expect(preciseClockText(new Date(2026, 0, 2, 3, 4, 5, 6).getTime())).toBe('03:04:05.006');
  });
});

describe('findings', () => {
  const findings = [
    finding('nodes/node2/gitlab.rb', 9, 4, { severity: 'warning', code: 'LAB001', remedy: '' }),
    finding('cluster.yaml', 12, 0),
    finding('cluster.yaml', 2, 6, { severity: 'information', code: 'CLU009' }),
  ];

  test('are printed as file:line:column severity code message, by position, with the remedy below', () => {
    expect(renderFindings(findings, PLAIN).split('\n')).toEqual([
      'cluster.yaml:3:7 information CLU009 node2 has the address of node1.',
      '    → Give each node its own address.',
      'cluster.yaml:13:1 error CLU003 node2 has the address of node1.',
      '    → Give each node its own address.',
      'nodes/node2/gitlab.rb:10:5 warning LAB001 node2 has the address of node1.',
    ]);
  });

  test('of a deployment: errors first, then warnings, and all notes in one line', () => {
    const notes = [4, 2].map((line) =>
      finding('nodes/node1/gitlab.rb', line, 0, {
        severity: 'information',
        code: 'LAB010',
        message: 'x is not used.',
      }),
    );
    const last = finding('zone.yaml', 0, 0, { code: 'CLU001', remedy: '' });
    const all = [...notes, ...findings, last];
    expect(renderDeployFindings(all, PLAIN).split('\n')).toEqual([
      'cluster.yaml:13:1 error CLU003 node2 has the address of node1.',
      '    → Give each node its own address.',
      'zone.yaml:1:1 error CLU001 node2 has the address of node1.',
      'nodes/node2/gitlab.rb:10:5 warning LAB001 node2 has the address of node1.',
      '3 notes on what the lab does otherwise (CLU009 1×, LAB010 2×); --verbose prints them',
    ]);
    expect(renderDeployFindings([], PLAIN)).toBe('');
    expect(renderAllFindings(all, PLAIN).split('\n').slice(-4)).toEqual([
      'nodes/node1/gitlab.rb:3:1 information LAB010 x is not used.',
      '    → Give each node its own address.',
      'nodes/node1/gitlab.rb:5:1 information LAB010 x is not used.',
      '    → Give each node its own address.',
    ]);
  });

  test('are counted worst first', () => {
    expect(findingsSummary([...findings, finding('cluster.yaml', 1, 1)], ENGLISH)).toBe(
      '2 errors, 1 warning, 1 information',
    );
    expect(findingsSummary([], ENGLISH)).toBe('');
  });
});

test('an error is followed by what to do', () => {
  expect(renderError('Docker is not running.', 'Start it.', PLAIN)).toBe(
    'error: Docker is not running.\n  → Start it.',
  );
  expect(renderError('Cancelled.', '', PLAIN)).toBe('error: Cancelled.');
});

describe('progress', () => {
  const start = { startedAt: 0, current: undefined };
  const pulling = { step: 'image', message: verbatim('installing packages'), fraction: 0.25 } as const;
  const waiting = {
    step: 'health',
    message: verbatim('2 of 3 nodes healthy'),
    fraction: 0.9,
    waitingFor: ['node2: patroni is unknown', 'node3: redis is degraded', 'VIP: no node holds it'].map(
      verbatim,
    ),
  } as const;

  test('a new step finishes the last one with its own time', () => {
    const first = advance(start, pulling, 1_000);
    expect(first.finished).toBeUndefined();
    const second = advance(first.next, waiting, 13_500);
    expect(second.finished).toEqual({ step: 'image', milliseconds: 12_500 });
    expect(finishedLine('image', 12_500, true, PLAIN)).toBe('✓ Node image  12.5 s');
    expect(finishedLine('image', 12_500, false, PLAIN)).toBe('✗ Node image  12.5 s');
  });

  test('the same message again is no news, another one or another wait is', () => {
    const { next } = advance(start, waiting, 0);
    expect(advance(next, { ...waiting, fraction: 0.95 }, 1).news).toBe(false);
    expect(advance(next, { ...waiting, message: verbatim('3 of 3 nodes healthy') }, 1).news).toBe(true);
    expect(advance(next, { ...waiting, waitingFor: [verbatim('VIP: no node holds it')] }, 1).news).toBe(true);
  });

  test('the running line says what is waited for and fits the terminal', () => {
    const { next } = advance(start, waiting, 0);
    expect(runningLine(next, 3_200, 200, PLAIN)).toBe(
      '⠹ Wait until everything is healthy [90 %, 3.2 s] ' +
        'waiting for node2: patroni is unknown, node3: redis is degraded and 1 more',
    );
    expect(visibleWidth(runningLine(next, 3_200, 40, COLORED))).toBe(39);
  });

  test('a plain line has the time since the start', () => {
    expect(plainLine(pulling, 4_000, ENGLISH)).toBe('[4.0 s] image: installing packages');
  });
});

describe('list', () => {
  test('has a row per lab', () => {
    const stopped = labInfo({
      name: 'old',
      phase: 'stopped',
      httpUrl: undefined,
      containers: [{ node: 'node1', role: 'node', id: 'x', state: 'stopped' }],
    });
    // However short ago it was deployed again.
    const again = labInfo({ updatedAt: T0 + 3_590_000 });
    expect(renderList([again, stopped], T0 + 3_600_000, PLAIN)).toBe(
      [
        'NAME    STATE    NODES        NETWORK        TIMINGS  AGE  URL',
        'sample  running  3/3 running  172.30.7.0/24  fast     1 h  http://127.0.0.1:32768/',
        'old     stopped  0/3 running  172.30.7.0/24  fast     1 h  -',
      ].join('\n'),
    );
  });

  test('says how to begin when there is none', () => {
    expect(renderList([], T0, PLAIN)).toBe('No lab on this Docker engine. `gitlab-ha up` deploys one.');
  });
});

describe('timings', () => {
  const text = renderTimings(TIMING_PROFILES, PLAIN);

  test('has a row for every setting of a profile', () => {
    const rows = text.split('\n\n')[0]?.split('\n') ?? [];
    expect(rows).toHaveLength(1 + Object.keys(TIMING_PROFILES.fast.timings).length);
  });

  test.each([
    'Patroni ttl (leader key lives)           20 s        30 s                 ×1.5 shorter',
    'Patroni loop_wait                        1 s         10 s                 ×10 shorter',
    'Patroni primary_start_timeout            0 s         300 s                at once instead of waiting',
    'Patroni session ends with gossip health  yes         no                   differs',
  ])('shows %s', (row) => expect(text).toContain(row));

  test('warns of the fast profile in production', () => {
    expect(text).toContain('do not copy to production');
  });
});
