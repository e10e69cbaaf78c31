import { describe, expect, it } from 'vitest';
import { lintText } from '../linted';

/** Lines, counted from one, with a finding that is more than a hint. */
const found = (text: string): [number, string][] =>
  lintText(text)
    .filter(({ severity }) => severity !== 'hint')
    .map(({ range, code }) => [range.start.line + 1, code]);

describe('what the loader of GitLab 19.3 refuses has an error at its line', () => {
  it.each<[string, string, number, string]>([
    ['an unknown first word with a value', "externl_url 'http://x.example.net'", 1, 'GLR001'],
    ['an unknown first word with a key', "foo['bar'] = 1", 1, 'GLR001'],
    ['a service that left', "grafana['enable'] = false", 1, 'GLR032'],
    [
      'a service that left, with values',
      "omnibus_gitconfig['system'] = { 'pack' => ['threads = 1'] }",
      1,
      'GLR032',
    ],
    ["Chef's name of a service", "gitlab['puma']['worker_timeout'] = 60", 1, 'GLR008'],
    ["Chef's name of the monitoring", "monitoring['prometheus']['enable'] = true", 1, 'GLR008'],
    ['a dash in the name', "gitlab-rails['time_zone'] = 'UTC'", 1, 'GLR010'],
    ['a key without quotes', 'redis[maxclients] = 20000', 1, 'GLR010'],
    ['a capital', "Redis['password'] = 'x'", 1, 'GLR010'],
    ['a dot', "gitlab_rails.time_zone = 'UTC'", 1, 'GLR010'],
    ['a bare word', "postgresql['synchronous_commit'] = on", 1, 'GLR009'],
    ["the sample file's own slip", "default['pgbouncer']['peers'] = {}", 1, 'GLR008'],
    ['typographic quotes', "redis['maxclients'] = \u2018x\u2019", 1, 'GLR012'],
    ['two equals signs', "patroni['allowlist'] = = %w(127.0.0.1)", 1, 'GLR011'],
    [
      'a missing comma in a hash',
      "gitlab_rails['db_load_balancing'] = {\n  'discover' => {\n    'nameserver' => 'localhost'\n    'port' => 8600\n  }\n}",
      4,
      'GLR011',
    ],
  ])('%s', (_, text, line, code) => {
    expect(found(text)).toEqual([[line, code]]);
    expect(lintText(text).map(({ severity }) => severity)).toEqual(['error']);
  });

  it('adding to a list that nothing has set', () => {
    const text = "gitaly['configuration'][:storage] << { name: 'default', path: '/srv/repositories' }";
    expect(found(text)).toEqual([[1, 'GLR018']]);
  });
});

describe('what it ignores in silence has a finding at its line', () => {
  it.each<[string, string, [number, string][]]>([
    ['external_url as a variable', "external_url = 'http://x.example.net'", [[1, 'GLR002']]],
    ['roles as a variable', "roles = ['consul_role']", [[1, 'GLR002']]],
    ['a service as a variable', "gitlab_rails = { 'time_zone' => 'UTC' }", [[1, 'GLR003']]],
    [
      'every later line of that service',
      "redis = {}\nredis['maxclients'] = 1\nredis['maxmemory'] = '1gb'",
      [
        [1, 'GLR003'],
        [2, 'GLR003'],
        [3, 'GLR003'],
      ],
    ],
    ['an unknown key', "gitlab_rails['db_hots'] = 'x'", [[1, 'GLR004']]],
    ['enabled instead of enable', "nginx['enabled'] = true", [[1, 'GLR005']]],
    ['an unknown key at depth', "gitlab_rails['object_store'] = {\n  'conection' => {},\n}", [[2, 'GLR004']]],
    ['a text that means false', "nginx['enable'] = 'false'", [[1, 'GLR017']]],
    ['the first of two', "puma['worker_timeout'] = 60\nputs 1\npuma['worker_timeout'] = 90", [[1, 'GLR006']]],
    [
      'a hash that is replaced',
      "gitaly['configuration'] = { runtime_dir: '/run/a' }\ngitaly['configuration'] = { graceful_restart_timeout: '1m' }",
      [[1, 'GLR007']],
    ],
    ['a comparison', "puma['worker_timeout'] == 90", [[1, 'GLR018']]],
    ['a condition that always holds', "if gitlab_rails['time_zone']\n  puts 1\nend", [[1, 'GLR018']]],
    ['||= on what nothing has set', "puma['worker_timeout'] ||= 90", [[1, 'GLR018']]],
    ['nil', "redis['maxclients'] = nil", [[1, 'GLR019']]],
    ['nil in a hash', "praefect['configuration'] = {\n  listen_addr: nil,\n}", [[2, 'GLR019']]],
    [
      'an unknown word after from_file',
      "from_file '/etc/gitlab/x.rb'\nfoo['a'] = 1",
      [
        [2, 'GLR001'],
        [2, 'GLR020'],
      ],
    ],
    [
      'a key of two levels after from_file',
      "from_file '/etc/gitlab/x.rb'\nregistry['nginx']['enable'] = true",
      [[2, 'GLR020']],
    ],
  ])('%s', (_, text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});

describe('what it takes otherwise than it looks has a finding at its line', () => {
  it.each<[string, string, string]>([
    ['a comma in %w', "consul['services'] = %w(postgresql, redis)", 'GLR013'],
    ['a missing comma', "gitlab_rails['monitoring_whitelist'] = ['127.0.0.0/8' '10.0.0.0/8']", 'GLR014'],
    ['a variable in double quotes', 'gitlab_rails[\'smtp_password\'] = "pa#$ss"', 'GLR015'],
    ['an octal number', "puma['worker_timeout'] = 0120", 'GLR016'],
  ])('%s', (_, text, code) => {
    expect(found(text)).toEqual([[1, code]]);
  });

  it('one key twice in a hash', () => {
    expect(found("registry['nginx'] = {\n  enable: true,\n  enable: false,\n}")).toEqual([[2, 'GLR006']]);
  });
});

describe('what it takes with effect has none', () => {
  it.each([
    ['a number as a text', "redis['maxclients'] = '20000'"],
    [
      'a key of a hash set later',
      "gitaly['configuration'] = { runtime_dir: '/run/a' }\ngitaly['configuration'][:graceful_restart_timeout] = '1m'",
    ],
    ['a service that is called with a hash', "gitlab_rails({ 'time_zone' => 'UTC' })"],
    ['nil for a key without default', "gitlab_rails['backup_keep_time'] = nil"],
    [
      'the same condition with a value set above',
      "gitlab_rails['time_zone'] = 'UTC'\nputs 1 if gitlab_rails['time_zone']",
    ],
    ['from_file at the end', "puma['worker_timeout'] = 90\nfrom_file '/etc/gitlab/x.rb'"],
  ])('%s', (_, text) => {
    expect(found(text)).toEqual([]);
  });
});
