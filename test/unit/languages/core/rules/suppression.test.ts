import { describe, expect, it } from 'vitest';
import { lintHaproxy } from '../../../../../src/languages/haproxy/lint';
import { readHaproxy } from '../../../../../src/languages/haproxy/subject';

const codes = (text: string, severities = {}) =>
  lintHaproxy(readHaproxy(text, '3.0'), 'haproxy.cfg', severities).map(
    ({ code, severity, range }) => `${range.start.line + 1} ${code} ${severity}`,
  );

describe('silencing findings', () => {
  it.each([
    ['without a comment', 'global\n nbprok 2\n', ['2 HAP010 error']],
    ['on the line', 'global\n nbprok 2 # ha-lab: ignore HAP010 plugin\n', []],
    ['on the line above', 'global\n # ha-lab: ignore HAP010 plugin\n nbprok 2\n', []],
    ['for the file', '# ha-lab: ignore-file HAP010 plugin\nglobal\n nbprok 2\n x 1\n', []],
    ['several rules at once', 'global # ha-lab: ignore-file HAP010,HAP004 plugin\n nbprok 2', []],
    ['another rule', 'global\n nbprok 2 # ha-lab: ignore HAP011 no\n', ['2 HAP010 error', '2 HAP000 hint']],
    ['two lines above', 'global\n # ha-lab: ignore HAP010 no\n\n x 2\n', ['2 HAP000 hint', '4 HAP010 error']],
    ['a rule of another language', 'global\n # ha-lab: ignore GLR001 other file\n', []],
    ['unused in a file', '# ha-lab: ignore-file HAP010 none\nglobal\n', ['1 HAP000 hint']],
  ])('%s', (_, text, expected) => {
    expect(codes(text)).toEqual(expected);
  });

  it.each([
    ['another severity', { HAP010: 'warning' }, ['2 HAP010 warning']],
    ['off', { HAP010: 'off' }, []],
  ])('settings: %s', (_, severities, expected) => {
    expect(codes('global\n nbprok 2\n', severities)).toEqual(expected);
  });

  it('an unused suppression shows its id, for an editor to grey out', () => {
    const [finding] = lintHaproxy(readHaproxy('global\n # ha-lab: ignore HAP010 x\n', '3.0'), 'a');
    expect(finding).toEqual({
      code: 'HAP000',
      severity: 'hint',
      file: 'a',
      range: { start: { line: 1, character: 18 }, end: { line: 1, character: 24 } },
      message: 'HAP010 finds nothing here, so this comment silences nothing.',
      remedy: 'Remove the comment.',
      docs: 'rules/HAP000.md',
      tags: ['unnecessary'],
    });
  });
});
