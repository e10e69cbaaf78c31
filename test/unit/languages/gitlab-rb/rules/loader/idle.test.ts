import { describe, expect, it } from 'vitest';
import { lintText, repaired, told } from '../../linted';

describe('a line that sets nothing', () => {
  it.each([
    ['a key without a value', "redis['maxclients']", ["1: GLR026 redis['maxclients']"]],
    ['a nested key without a value', "registry['nginx'][:enable]", ["1: GLR026 registry['nginx'][:enable]"]],
    ['a service alone', 'puma', ['1: GLR026 puma']],
    ['an address alone', 'external_url', ['1: GLR026 external_url']],
    ['a text alone', '"puma is on"', ['1: GLR026 "puma is on"']],
    ['a name joined to the key', 'puma_enable = true', ['1: GLR026 puma_enable']],
    ['a misspelt address with "="', "exteral_url = 'http://x.example.net'", ['1: GLR026 exteral_url']],
    [
      'a variable of the environment',
      "GITLAB_ROOT_EMAIL = 'a@x.example.net'",
      ['1: GLR026 GITLAB_ROOT_EMAIL'],
    ],
    ['a variable written twice', 'a = 1\na = 2', ['1: GLR026 a', '2: GLR026 a']],
  ])('%s', (_, text, expected) => {
    expect(told(text)).toEqual(expected);
  });

  it.each([
    ['a variable that is read', "zone = 'UTC'\ngitlab_rails['time_zone'] = zone"],
    ['one that is read in a text', "zone = 'UTC'\ngitlab_rails['time_zone'] = \"Etc/#{zone}\""],
    ['one that is read in a block', "zone = 'UTC'\n[1].each { gitlab_rails['time_zone'] = zone }"],
    ['a constant that is read', "ZONE = 'UTC'\ngitlab_rails['time_zone'] = ZONE"],
    [
      'one that other code may look up',
      "zone = 'UTC'\ngitlab_rails['time_zone'] = binding.local_variable_get(:zone)",
    ],
    ['a constant another file may read', "ZONE = 'UTC'\nfrom_file '/etc/gitlab/x.rb'"],
    ['a name that says it is unused', '_zone = 1'],
    ['a value that may do something', "done = File.exist?('/etc/x')"],
    [
      'a setting as the value of another',
      "gitlab_rails['time_zone'] = 'UTC'\nputs gitlab_rails['time_zone']",
    ],
    ['the result of a block', "puts([1].map { gitlab_rails['time_zone'] })"],
    ['a call with a hash', "puma({ 'worker_timeout' => 90 })"],
  ])('is not %s', (_, text) => {
    expect(lintText(text).filter(({ code }) => code === 'GLR026')).toEqual([]);
  });

  it('is not spoken of where Ruby does not read the file', () => {
    expect(told("puma_enable = true\nredis['maxclients' = 1").join()).not.toContain('GLR026');
  });

  it('names what may be meant', () => {
    expect(lintText("exteral_url = 'x'").map(({ remedy }) => remedy)).toEqual([
      'Did you mean "external_url"?',
    ]);
  });
});

describe('an operator on a setting nobody set', () => {
  const text = "gitlab_rails['trusted_proxies'] += ['10.0.0.0/8']";

  it('stops the loader', () => {
    expect(told(text)).toEqual([`1: GLR018 ${text}`]);
    expect(lintText(text).map(({ severity }) => severity)).toEqual(['error']);
    expect(repaired(text, 'GLR018')).toBe("gitlab_rails['trusted_proxies'] = ['10.0.0.0/8']");
  });

  it('may not run under a condition', () => {
    const found = lintText(`if ENV['X'] == '1'\n  ${text}\nend`);
    expect(found.map(({ code, severity }) => [code, severity])).toEqual([['GLR018', 'warning']]);
  });

  it('is fine once the setting is there', () => {
    const both = `gitlab_rails['trusted_proxies'] = ['10.1.0.0/16']\n${text}`;
    expect(lintText(both).filter(({ code }) => code === 'GLR018')).toEqual([]);
  });
});

describe('a role without quotes', () => {
  it.each([
    ['in a list', 'roles [gitaly_role]', "roles ['gitaly_role']"],
    ['alone', 'roles gitaly_role', "roles 'gitaly_role'"],
  ])('stops the loader %s', (_, text, result) => {
    const found = lintText(text).filter(({ code }) => code === 'GLR009');
    expect(found.map(({ severity }) => severity)).toEqual(['error']);
    expect(told(text)).toContain('1: GLR009 gitaly_role');
    expect(repaired(text, 'GLR009')).toBe(result);
  });

  it('is fine as a method of the file', () => {
    const text = "def gitaly_role\n  'gitaly_role'\nend\nroles [gitaly_role]";
    expect(lintText(text).filter(({ code }) => code === 'GLR009')).toEqual([]);
  });
});

it('an arrow after an address stops the loader', () => {
  const text = "external_url => 'http://x.example.net'";
  expect(told(text)).toEqual([`1: GLR018 ${text}`]);
  expect(lintText(text).map(({ severity }) => severity)).toEqual(['error']);
});
