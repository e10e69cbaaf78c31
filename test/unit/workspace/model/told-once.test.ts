import { expect, it } from 'vitest';
import { toldOnce, toldOnceInFile } from '../../../../src/workspace/model/told-once';
import type { Finding } from '../../../../src/finding/finding';

const finding = (code: string, line: number, file = 'nodes/node1/gitlab.rb'): Finding => ({
  code,
  severity: 'error',
  message: 'GitLab knows no role "patron_role".',
  remedy: 'Did you mean "patroni_role"?',
  file,
  range: { start: { line, character: 7 }, end: { line, character: 20 } },
});

it.each([
  ['the same place', [finding('GLR036', 3)], []],
  ['another line', [finding('GLR036', 4)], ['LAB030']],
  ['another file', [finding('GLR036', 3, 'nodes/node2/gitlab.rb')], ['LAB030']],
  ['another rule', [finding('GLR004', 3)], ['LAB030']],
  ['nothing, where the file silences its own', [], ['LAB030']],
])('an unknown role that its file tells of in %s', (_, own, expected) => {
  expect(toldOnce([finding('LAB030', 3)], own).map(({ code }) => code)).toEqual(expected);
});

it.each(['GLR239', 'GLR240'])('a value that cannot be used, of which %s tells', (code) => {
  expect(toldOnce([finding('LAB002', 3)], [finding(code, 3)])).toEqual([]);
  expect(toldOnce([finding('LAB002', 3)], [finding(code, 4)])).toHaveLength(1);
});

it('leaves what is told by nobody else', () => {
  const between = [finding('WSP003', 3), finding('LAB031', 3)];
  expect(toldOnce(between, [finding('GLR036', 3)])).toEqual(between);
});

it.each([
  [3, []],
  [4, ['LAB002']],
])('of one file its path does not count: line %i', (line, expected) => {
  const between = toldOnceInFile([finding('LAB002', 3)], [finding('GLR239', line, '/home/me/gitlab.rb')]);
  expect(between.map(({ code }) => code)).toEqual(expected);
});
