import { describe, expect, it } from 'vitest';
import { lintGitlabRb } from '../../../../../src/languages/gitlab-rb/lint';
import { readGitlabRb, type GitlabRbSubject } from '../../../../../src/languages/gitlab-rb/subject';
import { loadParser } from '../../../../../tools/fuzz/parser';
import { plain } from './evaluated';

const parser = await loadParser();
const read = (text: string): GitlabRbSubject => readGitlabRb(parser, text, 'gitlab.rb', '19.3');
const codes = (text: string): string[] =>
  lintGitlabRb(read(text), 'gitlab.rb').map(({ code, range }) => `${range.start.line + 1} ${code}`);

describe('what a slip may have set is in doubt', () => {
  it.each([
    ['a key misspelt', "pgbouncer['usrs'] = {}\n", ['pgbouncer', 'users']],
    ['a root misspelt', "pgboncer['users'] = {}\n", ['pgbouncer', 'users']],
    ['a nested key misspelt', "patroni['postgresql']['max_wal_sender'] = 5\n", ['patroni', 'use_pg_rewindd']],
    ['a comparison', "patroni['ttl'] == 30\n", ['patroni', 'ttl']],
    ['a dot', 'patroni.ttl = 30\n', ['patroni', 'ttl']],
    ['a root assigned', "patroni = { 'ttl' => 30 }\n", ['patroni', 'ttl']],
  ] as const)('%s', (what, text, [root, key]) => {
    const value = plain(read(text).value(root, key));
    if (what === 'a nested key misspelt') expect(value).toBeUndefined();
    else expect(value).toMatch(/^\? it (may be meant|is a variable)/);
  });

  it.each([
    ['a right key', "patroni['scope'] = 'x'\n", ['patroni', 'ttl'], undefined],
    ['a key nobody knows at all', "patroni['zzzzzzz'] = 1\n", ['patroni', 'ttl'], undefined],
    ['what is set beside a slip', "patroni['tttl'] = 1\npatroni['ttl'] = 20\n", ['patroni', 'ttl'], 20],
  ] as const)('but not for %s', (_, text, [root, key], expected) => {
    expect(plain(read(text).value(root, key))).toBe(expected);
  });
});

describe('one fault in the syntax is one finding', () => {
  it.each([
    [
      'a comma lost',
      "consul['configuration'] = {\n  server: true\n  bind: 'x',\n  ui: true,\n}\n",
      ['3 GLR011'],
    ],
    ['a quote lost', "patroni['scope'] = 'a\npatroni['name'] = 'b'\nredis['x'] = 'c'\n", ['1 GLR011']],
    ['a quote lost before an apostrophe', "redis['x'] = 'a\n# it's\nredis['y'] = 1\n", ['1 GLR011']],
    ['a bracket lost', "pgbouncer['users' = {\n  'a' => { 'b' => 'c' },\n}\n", ['1 GLR011']],
    ['two faults', "redis['port' = 1\nredis['a'] = 2 3\n", ['1 GLR011', '2 GLR011']],
    ['a place holder of a template', "gitlab_rails['a'] = ${A}\n", ['1 GLR011']],
  ])('%s', (_, text, expected) => {
    expect(codes(text)).toEqual(expected);
  });

  it('what is wrong with other lines is still said', () => {
    expect(codes("redis['port' = 1\nexternal_url = 'https://gitlab.example.net'\n")).toEqual([
      '1 GLR011',
      '2 GLR002',
    ]);
  });

  it('a text over several lines is no fault', () => {
    expect(
      codes("gitlab_rails['smtp_password'] = 'one\ntwo'\n").filter((code) => code.includes('GLR011')),
    ).toEqual([]);
  });
});
