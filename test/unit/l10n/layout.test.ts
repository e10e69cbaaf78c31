import { verbatim } from '../../../src/words/message';
import { describe, expect, test } from 'vitest';
import { LAYERS } from '../../../src/cluster/layer';
import { TIMING_PROFILES } from '../../../src/cluster/timing';
import { FAULTS } from '../../../src/drills/faults/fault';
import { aimTitle } from '../../../src/drills/faults/target';
import { QUESTIONS } from '../../../src/workspace/create/questions';
import { SHAPES } from '../../../src/workspace/create/shapes';
import { SWITCHOVERS } from '../../../src/services/switchovers';
import { diagnose } from '../../../src/cli/doctor/diagnose';
import { renderDoctor } from '../../../src/cli/render/doctor';
import { renderList } from '../../../src/cli/render/list';
import { renderFaults } from '../../../src/cli/render/measurement';
import { renderStatus, statusTable } from '../../../src/cli/render/status';
import { COLORED, PLAIN } from '../../../src/cli/render/style';
import { table, truncate, visibleWidth } from '../../../src/cli/render/table';
import { wrap } from '../../../src/cli/render/fit';
import { renderTimings } from '../../../src/cli/render/timings';
import { watchScreen } from '../../../src/cli/render/watch';
import { statusText } from '../../../src/presentation/status-text';
import { buildTree } from '../../../src/presentation/topology/tree-model';
import type { TreeNode } from '../../../src/presentation/topology/tree-node';
import type { Localizer } from '../../../src/presentation/words/localizer';
import { ENGLISH, translated } from '../../../src/presentation/words/localizer';
import { healthyState, labInfo, pausedState, T0, unknownState } from '../cli/fixtures';
import { machine } from '../cli/doctor/doctor-facts';
import { healthy, lab } from '../presentation/support/lab';
import { ENGLISH_WORDS, TRANSLATIONS } from './bundles';
import { PSEUDO, withoutPseudo } from './pseudo';

describe('columns of a terminal', () => {
  test.each<[text: string, columns: number]>([
    ['Triển khai', 10],
    ['Trie\u0302\u0309n khai', 10],
    ['\u001b[31mhỏng\u001b[39m', 4],
    ['ok ✓', 4],
    ['日本', 4],
    ['a\u200db', 2],
  ])('%j takes %i', (text, columns) => {
    expect(visibleWidth(text)).toBe(columns);
  });

  test('a text is cut between letters, never between a letter and its marks', () => {
    expect(truncate('Trie\u0302\u0309n khai', 5)).toBe('Trie\u0302\u0309…');
    expect(truncate('日本語', 5)).toBe('日本…');
    expect(wrap('hoa\u0323t-đo\u0323\u0302ng', 4)).toEqual(['hoa\u0323t', '-đo\u0323\u0302n', 'g']);
  });

  test('cells that are written differently are equally wide', () => {
    expect(
      table([
        ['Trie\u0302\u0309n', '1'],
        ['Triển', '2'],
      ]),
    ).toBe('Trie\u0302\u0309n  1\nTriển  2');
  });
});

/** Where the cells of a heading begin. */
function columnsOf(heading: string): readonly number[] {
  return [...heading.matchAll(/(?:^| {2,})(?=\S)/g)].map(({ index, 0: gap }) =>
    visibleWidth(heading.slice(0, index + gap.length)),
  );
}

/** One character per column. */
function cellsOf(line: string): readonly string[] {
  const cells: string[] = [];
  for (const character of line) {
    const columns = visibleWidth(character);
    if (columns > 0) cells.push(character, ...Array.from({ length: columns - 1 }, () => ''));
  }
  return cells;
}

function expectAligned(text: string): void {
  const [heading = '', ...rows] = text.split('\n');
  const columns = columnsOf(heading);
  expect(columns.length).toBeGreaterThan(1);
  for (const row of rows) {
    const cells = cellsOf(row);
    for (const column of columns.slice(1)) {
      expect([cells[column - 2] ?? ' ', cells[column - 1] ?? ' ', row]).toEqual([' ', ' ', row]);
    }
  }
}

const LANGUAGES: readonly (readonly [string, Localizer])[] = [
  ['long words', PSEUDO],
  ...TRANSLATIONS.map(({ language, code }) => [language, translated(code)] as const),
];

describe.each(LANGUAGES)('with %s', (_, l10n) => {
  const style = { ...PLAIN, l10n };
  const view = (state = healthyState()) => ({
    lab: labInfo(),
    state,
    notWhole: [verbatim('node2: paused')],
    now: T0,
  });

  test('tables stay aligned', () => {
    expectAligned(statusTable(labInfo(), pausedState(), style));
    expectAligned(renderList([labInfo()], T0, style));
    expectAligned(renderFaults(FAULTS, style));
    expectAligned(renderTimings(TIMING_PROFILES, style).split('\n\n')[0] ?? '');
  });

  test.each([60, 80, 120])('a status has no line longer than %i columns', (width) => {
    for (const state of [healthyState(), pausedState(), unknownState()]) {
      const lines = renderStatus(view(state), { ...COLORED, l10n }, width).split('\n');
      expect(Math.max(...lines.map(visibleWidth))).toBeLessThanOrEqual(width);
    }
  });

  test('a screen that is watched is as wide and high as its terminal', () => {
    const lines = watchScreen(view(pausedState()), [], { columns: 80, rows: 24 }, { ...COLORED, l10n });
    expect(lines.length).toBeLessThanOrEqual(24);
    expect(Math.max(...lines.map(visibleWidth))).toBeLessThanOrEqual(80);
  });
});

describe('rows and status bar', () => {
  const text = (node: TreeNode): readonly string[] => [
    `${node.label}|${node.description}|${node.accessibleLabel}`,
    ...node.children.flatMap(text),
  ];
  const snapshot = { info: lab(), state: healthy() };

  test.each(['layer', 'node'] as const)(
    'by %s, each row begins with the same fact in every language',
    (by) => {
      const rows = (l10n: Localizer) => buildTree([snapshot], by, l10n).flatMap(text);
      expect(rows(PSEUDO).map(withoutPseudo)).toEqual(rows(ENGLISH));
      expect(rows(PSEUDO)).not.toEqual(rows(ENGLISH));
    },
  );

  test('the status bar begins with the lab, then says how it is and who leads', () => {
    const shown = (l10n: Localizer) => statusText([snapshot], new Map(), true, l10n);
    expect(withoutPseudo(shown(PSEUDO)?.text ?? '')).toBe(shown(ENGLISH)?.text);
  });

  test.each(TRANSLATIONS)('$language: words that stand in rows are short', ({ code }) => {
    const words = [
      'healthy',
      'degraded',
      'failed',
      'not known yet',
      'starting',
      'stopped',
      'leader',
      'sync standby',
      'outage {0}',
    ];
    expect(words.filter((word) => visibleWidth(code[word] ?? '') > 16)).toEqual([]);
  });
});

test('the question for a shape names all there are', () => {
  const hint = QUESTIONS.find(({ id }) => id === 'layers')?.hint;
  expect(hint).toContain(SHAPES.map(({ id }) => id).join(', '));
});

test('what layers, faults, roles to hand over, profiles and questions say as data is among the words', () => {
  const words = [
    ...LAYERS.flatMap(({ title, meaning }) => [title, meaning]),
    ...FAULTS.flatMap(({ title, deed, description, aim }) => [
      title,
      deed,
      description,
      aimTitle(aim).sentence,
    ]),
    ...SWITCHOVERS.map(({ title }) => title),
    ...QUESTIONS.flatMap(({ title, hint }) => [title, hint]),
    ...Object.values(TIMING_PROFILES).flatMap(({ title, description }) => [title, description]),
  ];
  expect(words.filter((word) => !(word in ENGLISH_WORDS.code))).toEqual([]);
});

test('a check of the machine says the same in every language', () => {
  const shown = (l10n: Localizer) => renderDoctor(diagnose(machine, l10n), { ...PLAIN, l10n });
  expect(withoutPseudo(shown(PSEUDO)).replace(/ +/g, ' ')).toBe(shown(ENGLISH).replace(/ +/g, ' '));
});
