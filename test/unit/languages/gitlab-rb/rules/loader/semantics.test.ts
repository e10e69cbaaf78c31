import { describe, expect, test } from 'vitest';
import { place } from '../../../places';
import { evaluate, plain, root, placed } from '../../evaluate/evaluated';

describe('as the real loader does it', () => {
  test.each<[string, string, string, unknown]>([
    ['the last assignment wins', "redis['a'] = 1\nredis['a'] = 2", 'redis', { a: 2 }],
    [
      'a hash assigned again replaces the first completely',
      "gitaly['configuration'] = { a: 1 }\ngitaly['configuration'] = { b: 2 }",
      'gitaly',
      { configuration: { b: 2 } },
    ],
    [
      'an element assigned later is merged; symbols and texts are the same key',
      "gitaly['configuration'] = { 'a' => 1 }\ngitaly['configuration'][:a] = 2\ngitaly['configuration'][:b] = 3",
      'gitaly',
      { configuration: { a: 2, b: 3 } },
    ],
    [
      'a root called with a hash is set to it',
      "gitlab_rails({ 'db_host' => 'x' })",
      'gitlab_rails',
      { db_host: 'x' },
    ],
    [
      'unknown keys at any depth are accepted',
      "patroni['a']['b']['c'] = 1",
      'patroni',
      { a: { b: { c: 1 } } },
    ],
    ['nil is kept, to mean the default', "redis['a'] = nil", 'redis', { a: null }],
    [
      'a repeated key in a hash: the last wins',
      "redis['a'] = { b: true, b: false }",
      'redis',
      { a: { b: false } },
    ],
    ['a comma in %w stays in the word', "redis['a'] = %w(1, 2)", 'redis', { a: ['1,', '2'] }],
    ['texts without a comma between them are one', "redis['a'] = ['1' '2']", 'redis', { a: ['12'] }],
    ['"#$" takes in a global variable, which is empty', 'redis[\'a\'] = "pa#$ss"', 'redis', { a: 'pa' }],
    ['a leading zero means octal', "redis['a'] = 010", 'redis', { a: 8 }],
    [
      '== instead of = makes an empty hash',
      "patroni['postgresql']['max_wal_senders'] == 7",
      'patroni',
      { postgresql: { max_wal_senders: {} } },
    ],
    [
      'a missing key is an empty hash, which is true',
      "redis['a'] = 1 if gitlab_rails['b']",
      'redis',
      { a: 1 },
    ],
    ['||= on a missing key does nothing', "redis['a'] ||= 1", 'redis', { a: {} }],
    ['+= counts on', "redis['a'] = 1\nredis['a'] += 1", 'redis', { a: 2 }],
    ['<< on a list', "redis['a'] = ['x']\nredis['a'] << 'y'", 'redis', { a: ['x', 'y'] }],
    [
      '<< of something unknown leaves the list known',
      "redis['a'] = ['x']\nredis['a'] << ENV['Y']",
      'redis',
      { a: ['x', '? it reads the environment (ENV)'] },
    ],
    [
      'a copy does not follow the original',
      "h = { a: 1 }\nredis['h'] = h\nh['a'] = 2",
      'redis',
      { h: { a: 1 } },
    ],
    [
      'a variable of a setting is the setting',
      "redis['h'] = {}\nh = redis['h']\nh['a'] = 2",
      'redis',
      { h: { a: 2 } },
    ],
    ['called roots keep their value', "external_url 'http://x'", 'external_url', 'http://x'],
    ['roles is a list', 'roles %w(a_role b_role)', 'roles', ['a_role', 'b_role']],
  ])('%s', (_, text, name, value) => {
    expect(root(text, name)).toEqual(value);
  });

  test.each([
    ["roles = ['patroni_role']", 'roles'],
    ["external_url = 'http://x'", 'external_url'],
    ['gitlab_rails = {}', 'gitlab_rails'],
  ])('%s sets a variable, not the setting', (text, name) => {
    const config = evaluate(`\n${text}\n`);
    expect(config.tree.has(name)).toBe(false);
    expect(config.assignments).toEqual([]);
    expect(placed(config.shadowed)).toEqual([{ name, range: place(`\n${text}`, name) }]);
  });

  test('after such a line every later one writes to the variable as well', () => {
    const config = evaluate("redis = {}\nredis['port'] = 6379\n");
    expect(config.assignments).toEqual([]);
    expect(config.tree.has('redis')).toBe(false);
  });

  test.each([
    ["from_file '/etc/gitlab/extra.rb'", '/etc/gitlab/extra.rb'],
    ["eval ENV['GITLAB_OMNIBUS_CONFIG']", undefined],
  ])('%s is noted as code that is not read', (text, path) => {
    expect(placed(evaluate(text).inclusions)).toEqual([{ path, range: place(text, text) }]);
  });

  test.each([
    ["foo['bar'] = 1", 'foo', ['bar']],
    ["externl_url 'http://x'", 'externl_url', []],
    ["default['pgbouncer']['peers'] = {}", 'default', ['pgbouncer', 'peers']],
  ])('%s is recorded under the root it names, known or not', (text, name, path) => {
    expect(evaluate(text).assignments.map((one) => [one.root, one.path])).toEqual([[name, path]]);
  });

  test.each([
    ["gitlab-rails['db_host'] = 'x'", 'a dash makes it a subtraction', 'rails'],
    ["gitlab_rails.db_host = 'x'", 'settings have no methods', undefined],
    ["Redis['password'] = 'x'", 'a constant is no setting', undefined],
    ["gitaly['configuration'][:storage] << {}", 'a missing key has no <<', undefined],
  ])('%s sets nothing (%s)', (text, _, recorded) => {
    const { assignments, tree } = evaluate(text);
    expect(assignments.map((one) => one.root)).toEqual(recorded === undefined ? [] : [recorded]);
    expect(plain(tree.get('gitlab_rails') ?? tree.get('redis')) ?? {}).toEqual({});
  });
});

describe('places', () => {
  test('an assignment knows its left side, its statement and each key and value', () => {
    const text = "# ä\r\npatroni['postgresql']['max_connections'] = 400 # many\r\n";
    const [assignment] = evaluate(text).assignments;
    expect(placed(assignment?.targetRange)).toEqual(place(text, "patroni['postgresql']['max_connections']"));
    expect(placed(assignment?.range)).toEqual(place(text, "patroni['postgresql']['max_connections'] = 400"));
    expect(placed(assignment?.value.range)).toEqual(place(text, '400'));
  });

  test('a value that went through a variable stands where it was written', () => {
    const text = "scope = 'ha'\npatroni['scope'] = scope\n";
    expect(placed(evaluate(text).assignments[0]?.value.range)).toEqual(place(text, "'ha'"));
  });

  test('behind astral characters columns count UTF-16 units', () => {
    const text = "redis['a'] = '😀😀'; redis['b'] = 1";
    expect(placed(evaluate(text).assignments[1]?.targetRange)).toEqual(place(text, "redis['b']"));
  });

  test('a byte order mark does not shift anything', () => {
    const text = "\ufeffredis['a'] = 1\nredis['b'] = 2\n";
    expect(placed(evaluate(text).assignments.map((one) => one.targetRange))).toEqual([
      place(text, "redis['a']"),
      place(text, "redis['b']"),
    ]);
  });
});

describe('syntax errors', () => {
  test.each([
    [
      "patroni['allowlist'] = = %w(a)",
      '=',
      1,
      'Ruby syntax: expected an expression after `=`.',
      'Write a value here, for example a quoted text.',
    ],
    [
      "redis['a'] = { 'x' => 1 'y' => 2 }",
      '{',
      1,
      'Ruby syntax: expected a `}` to close the hash literal.',
      'Separate the entries with commas, write key => value, and close with }.',
    ],
    [
      "redis['a'] = ${PORT}",
      '${',
      1,
      "Ruby syntax: '${' is not allowed as a global variable name.",
      'Correct this line or the one above; GitLab refuses the whole file until then.',
    ],
  ])('%s', (line, at, nth, message, remedy) => {
    const text = `redis['ok'] = 1\n${line}\nredis['after'] = 2\n`;
    const [finding] = evaluate(text).findings;
    expect(finding).toMatchObject({ code: 'GRB001', severity: 'error', file: 'gitlab.rb', message, remedy });
    expect(finding?.range).toEqual(
      place(text, `${at}`, text.slice(0, text.indexOf(line)).split(at).length - 1 + nth),
    );
  });

  test('one finding a line, in the order of the lines', () => {
    const { findings } = evaluate('a = ${X}\nb = 1\nc = ${Y}\n');
    expect(findings.map((finding) => finding.range.start.line)).toEqual([0, 2]);
  });
});
