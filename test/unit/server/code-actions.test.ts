import { TextDocument } from 'vscode-languageserver-textdocument';
import { describe, expect, test } from 'vitest';
import type { Range } from '../../../src/finding/finding';
import { codeActions } from '../../../src/server/handlers/code-actions';
import { FIX_ALL_KIND } from '../../../src/server/protocol';
import { analysisOf, diagnosticOptions, readWords, stretch, URI } from './analysis';

interface Wish {
  readonly at?: Range;
  readonly only?: readonly string[];
  readonly opensRules?: boolean;
}

function actions(text: string, { at = stretch(0, 0), only, opensRules = false }: Wish = {}) {
  const analysis = analysisOf(text);
  const request = {
    range: at,
    only,
    opensRules,
    diagnostics: diagnosticOptions,
    between: [],
    read: readWords,
  };
  return codeActions(analysis, request).map((action) => ({
    title: action.title,
    preferred: action.isPreferred === true,
    command: action.command,
    text: TextDocument.applyEdits(analysis.document, action.edit?.changes?.[URI] ?? []),
  }));
}

describe('a sure fix', () => {
  test('comes first and is preferred', () => {
    expect(actions('teh end\n')[0]).toMatchObject({
      title: 'Write "the"',
      preferred: true,
      text: 'the end\n',
    });
  });

  test('is offered for all findings of its rule when there are several', () => {
    expect(actions('teh end\nof teh world\n')[1]).toMatchObject({
      title: 'Fix all HAP802 in this file',
      preferred: false,
      text: 'the end\nof the world\n',
    });
  });

  test('of several findings at a place is offered for each, and for all of the rule once', () => {
    const titles = actions('teh teh\nteh\n', { at: stretch(0, 0, 7) }).map(({ title }) => title);
    expect(titles.filter((title) => title === 'Write "the"')).toHaveLength(2);
    expect(titles.filter((title) => title.startsWith('Fix all'))).toHaveLength(1);
  });

  test('is offered for the first findings when very much is selected', () => {
    const at = { start: { line: 0, character: 0 }, end: { line: 5000, character: 0 } };
    const offered = actions('teh\n'.repeat(5000), { at });
    expect(offered.length).toBeLessThan(200);
    expect(offered[1]?.text).toBe('the\n'.repeat(5000));
  });

  test('of every rule is one action, only when asked for', () => {
    const text = 'teh end\nof teh world bad\n';
    expect(actions(text, { only: ['source.fixAll'] })).toEqual([
      {
        title: 'Fix all HA Lab findings',
        preferred: false,
        command: undefined,
        text: 'the end\nof the world bad\n',
      },
    ]);
    expect(actions(text, { only: [FIX_ALL_KIND] })).toHaveLength(1);
    expect(actions('bad\n', { only: [FIX_ALL_KIND] })).toEqual([]);
  });

  test('is not offered where there is no finding', () => {
    expect(actions('teh end\nwell done\n', { at: stretch(1, 0) })).toEqual([]);
  });
});

describe('silencing a finding', () => {
  const texts = (text: string, wish?: Wish): Record<string, string> =>
    Object.fromEntries(actions(text, wish).map((action) => [action.title, action.text]));

  test('for a line puts a comment above it, indented as it is', () => {
    expect(texts('one\n    bad\n', { at: stretch(1, 4) })).toMatchObject({
      'Silence HAP801 for this line': 'one\n    # ha-lab: ignore HAP801 reason\n    bad\n',
    });
  });

  test('joins a comment that silences something else there', () => {
    expect(texts('# ha-lab: ignore HAP802 why\nbad teh\n', { at: stretch(1, 0) })).toMatchObject({
      'Silence HAP801 for this line': '# ha-lab: ignore HAP802, HAP801 why\nbad teh\n',
    });
  });

  test('for a file puts a comment on top', () => {
    expect(texts('one\nbad\nbad\n', { at: stretch(1, 0) })).toMatchObject({
      'Silence HAP801 for this file': '# ha-lab: ignore-file HAP801 reason\none\nbad\nbad\n',
    });
  });

  test('for a file leaves the first line to those who must read it there', () => {
    expect(texts('#!/usr/bin/env ruby\nbad\n', { at: stretch(1, 0) })).toMatchObject({
      'Silence HAP801 for this file': '#!/usr/bin/env ruby\n# ha-lab: ignore-file HAP801 reason\nbad\n',
    });
  });

  test('is offered once per rule, however often it is broken at a place', () => {
    expect(actions('bad bad\n', { at: stretch(0, 0, 7) }).map((action) => action.title)).toEqual([
      'Silence HAP801 for this line',
      'Silence HAP801 for this file',
    ]);
  });
});

test("a rule's page is opened by clients that can", () => {
  expect(actions('bad\n').filter((action) => action.command !== undefined)).toEqual([]);
  expect(actions('bad\n', { opensRules: true }).at(-1)?.command).toEqual({
    title: 'Why? Open the page of HAP801',
    command: 'gitlabHaLab.openRule',
    arguments: ['HAP801'],
  });
});
