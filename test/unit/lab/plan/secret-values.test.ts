import { describe, expect, it } from 'vitest';
import { maskFor } from '../../../../src/lab/plan/effects/mask';
import { secretValues } from '../../../../src/lab/plan/secret-values';
import { readGitlabRb } from '../../../../src/languages/gitlab-rb/subject';
import { loadParser } from '../../../../tools/fuzz/parser';
import { SECRETS } from './sample-workspace';

const parser = await loadParser();
const valuesOf = (text: string): readonly string[] =>
  secretValues(readGitlabRb(parser, text, 'gitlab.rb').evaluated);

describe('what is secret in a gitlab.rb', () => {
  it.each<[string, string, readonly string[]]>([
    ['by its name', "gitlab_rails['db_password'] = 'topsecret'", ['topsecret']],
    ['through a variable', "word = 'topsecret'\ngitlab_rails['db_password'] = word", ['topsecret']],
    ['put together', "half = 'top'\nredis['password'] = \"#{half}secret\"", ['topsecret']],
    [
      'below such a name',
      "gitlab_rails['secrets'] = { 'a' => { 'b' => ['one1', 'two2'] } }",
      ['one1', 'two2'],
    ],
    [
      'in a hash',
      "gitlab_rails['object_store'] = { 'connection' => { 'aws_access_key' => 'AKIA1' } }",
      ['AKIA1'],
    ],
    [
      'and replaced by a later line',
      "redis['password'] = 'first1'\nredis['password'] = 'second'",
      ['first1', 'second'],
    ],
    ['a number', "gitlab_rails['smtp_password'] = 4711", ['4711']],
    [
      'over several lines',
      'gitlab_rails[\'smtp_password\'] = "one line\\nanother"',
      ['one line\nanother', 'one line', 'another'],
    ],
    ['too short to be told from others', "redis['password'] = 'abc'", []],
    ['no name says it', "gitlab_rails['db_username'] = 'gitlab'", []],
    ['a switch', "gitlab_rails['gitlab_signin_password_enabled'] = true", []],
  ])('%s', (_name, text, expected) => {
    expect(valuesOf(text)).toEqual(expected);
  });

  it('is shown in no line, whatever stands around it', () => {
    const text = [
      "word = 'topsecret'",
      "pin = 'a1b2'",
      "gitlab_rails['db_password'] = word",
      "redis['password'] = pin",
      '# word is topsecret, and not a1b2c3',
      'url = "postgres://gitlab/?password=#{word}&x=a1b2"',
    ];
    expect(text.map(maskFor([], SECRETS, valuesOf(text.join('\n'))))).toEqual([
      "word = '***'",
      "pin = '***'",
      "gitlab_rails['db_password'] = ***",
      "redis['password'] = ***",
      '# word is ***, and not a1b2c3',
      'url = "postgres://gitlab/?password=***',
    ]);
  });
});
