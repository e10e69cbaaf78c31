import { describe, expect, it } from 'vitest';
import { lintText, repaired, told } from '../../linted';

const of = (code: string, text: string, version?: string): string[] =>
  told(text, version).filter((line) => line.includes(`: ${code} `));

describe("Ruby is read as the Ruby in GitLab's package reads it", () => {
  it.each([
    ['a line that begins with &&', 'a = true\nb = a\n  && true\n', ['3: GLR011 &&']],
    ['a line that begins with ||', 'a = true\nb = a\n  || true\n', ['3: GLR011 |']],
    ['a line that begins with and', 'a = true\nb = a\n  and true\n', ['3: GLR011 and']],
    ['a line that ends with &&', 'a = true\nb = a &&\n  true\n', []],
    ['a line that begins with a dot', 'a = %w[b]\n  .first\n', []],
    ['a definition before words without parentheses', "private def f() = puts 'x'\n", ["1: GLR011 '"]],
    ['the same with parentheses', "private def f() = puts('x')\n", []],
    ['a named key in brackets', 'h = {}\nh[1, a: 2] = 3\n', []],
  ])('%s', (_, text, expected) => {
    for (const version of ['16.11', '17.5', '19.3'])
      expect(of('GLR011', text, version).map((line) => line.replace(/unexpected.*/, ''))).toEqual(expected);
  });

  it('a later package has a later Ruby', () => {
    expect(of('GLR011', 'h = {}\nh[1, a: 2] = 3\n', '20.0')).toHaveLength(1);
  });

  it('says where the sign belongs', () => {
    const [finding] = lintText('a = true\nb = a\n  && true\n');
    expect(finding?.remedy).toBe(
      "The Ruby in GitLab's package ends a statement with its line: write && at the end of the line above.",
    );
  });
});

describe('YAML in a text', () => {
  const servers = (call: string, lines: string): string =>
    `gitlab_rails['ldap_enabled'] = true\ngitlab_rails['ldap_servers'] = ${call}\n${lines}EOS\n`;
  const right = "main:\n  label: 'LDAP'\n  host: ldap.example.net\n";

  it.each([
    ['right', servers("YAML.load <<-'EOS'", right), []],
    ['indented as a whole', servers('YAML.load <<~EOS', right.replaceAll(/^/gm, '  ').trimEnd() + '\n'), []],
    [
      'a line too far in',
      servers("YAML.load(<<-'EOS')", "main:\n  label: 'a'\n   host: b\n"),
      ['5: GLR027 host: b'],
    ],
    [
      'the same indented as a whole',
      servers('YAML.load <<~EOS', "  main:\n    label: 'a'\n     host: b\n"),
      ['5: GLR027 host: b'],
    ],
    ['a tab', servers('YAML.safe_load(<<-EOS)', "main:\n\tlabel: 'a'\n"), ["4: GLR027 label: 'a'"]],
    [
      'a value with a colon',
      servers('Psych.load <<-EOS', 'main:\n  label: a: b\n'),
      ['4: GLR027 label: a: b'],
    ],
    [
      'something put in before the fault',
      servers('YAML.load <<-EOS', "main:\n  host: #{ENV['H']}\n   port: 1\n"),
      ['5: GLR027 port: 1'],
    ],
    ['something put in', servers('YAML.load <<-EOS', "main:\n  host: #{ENV['H']}\n  port: 1\n"), []],
    [
      'a text in a variable',
      "text = <<-EOS\na:\n  b: 1\n   c: 2\nEOS\ngitlab_rails['ldap_servers'] = YAML.load(text)\n",
      ['4: GLR027 c: 2'],
    ],
    ['lines put in', "common = ''\n" + servers('YAML.load <<-EOS', '#{common}\nmain:\n  label: a\n'), []],
    ['lines put in below a key', servers('YAML.load <<~EOS', "  main:\n    #{ENV['L']}\n     b: 1\n"), []],
    ["another program's text", 'text = <<-EOS\na:\n  b: 1\n   c: 2\nEOS\n', []],
    ['a key twice', servers("YAML.load <<-'EOS'", 'main:\n  a: 1\n  a: 2\n'), []],
  ])('%s', (_, text, expected) => {
    expect(of('GLR027', text)).toEqual(expected);
  });
});

describe('lists', () => {
  it.each([
    [
      "gitlab_rails['trusted_proxies'] = '10.20.0.0/24'",
      'GLR023',
      "gitlab_rails['trusted_proxies'] = ['10.20.0.0/24']",
    ],
    ["gitlab_rails['redis_sentinels'] = '10.20.0.11:26379'", 'GLR023', undefined],
    ["gitlab_rails['omniauth_providers'] = 'saml'", 'GLR023', undefined],
    [
      "gitlab_rails['redis_sentinels'] = { 'host' => '10.20.0.11', 'port' => 26379 }",
      'GLR028',
      "gitlab_rails['redis_sentinels'] = [{ 'host' => '10.20.0.11', 'port' => 26379 }]",
    ],
    ["gitlab_rails['omniauth_providers'] = { a: { name: 'saml' } }", 'GLR028', undefined],
    [
      "prometheus['scrape_configs'] = { 'job_name' => 'x' }",
      'GLR028',
      "prometheus['scrape_configs'] = [{ 'job_name' => 'x' }]",
    ],
    ["gitlab_rails['redis_sentinels']['host'] = '10.20.0.11'", 'GLR028', undefined],
  ])('%s', (text, code, fixed) => {
    expect(lintText(`${text}\n`).map((finding) => finding.code)).toEqual([code]);
    expect(repaired(`${text}\n`, code)).toBe(fixed === undefined ? undefined : `${fixed}\n`);
  });
});

describe('switches', () => {
  it.each([
    ["letsencrypt['enable'] = 0", ['1: GLR017 0']],
    ["letsencrypt['enable'] = 1", []],
    ["letsencrypt['enable'] = 'False'", ["1: GLR017 'False'"]],
    ["puma['worker_timeout'] = 0", []],
  ])('%s', (text, expected) => {
    expect(told(`${text}\n`)).toEqual(expected);
  });
});

describe('a secret read from a file', () => {
  it.each([
    [
      "gitlab_rails['db_password'] = File.read('/run/secrets/x')",
      "gitlab_rails['db_password'] = File.read('/run/secrets/x').chomp",
    ],
    [
      "gitlab_rails['redis_password'] = IO.read(File.join('/run', 'x'))",
      "gitlab_rails['redis_password'] = IO.read(File.join('/run', 'x')).chomp",
    ],
    ["gitlab_rails['db_password'] = File.read('/run/secrets/x').strip", undefined],
    ["gitlab_rails['db_password'] = File.read('/run/secrets/x').chomp", undefined],
    ["gitlab_rails['db_password'] = File.read('/run/secrets/x', chomp: true)[0]", undefined],
    ["registry['internal_key'] = File.read('/run/secrets/key.pem')", undefined],
  ])('%s', (text, fixed) => {
    expect(repaired(`${text}\n`, 'GLR029')).toBe(fixed === undefined ? undefined : `${fixed}\n`);
    expect(of('GLR029', `${text}\n`)).toHaveLength(fixed === undefined ? 0 : 1);
  });
});

describe('the passwords of Redis', () => {
  const node = (roles: string, master: string): string =>
    `roles %w[${roles}]\nredis['bind'] = '10.20.0.11'\nredis['port'] = 6379\nredis['password'] = 'one'\nredis['master_name'] = 'm'\nredis['master_password'] = '${master}'\nredis['master_ip'] = '10.20.0.11'\n`;

  it.each([
    ['redis_master_role redis_sentinel_role', 'two', ['error']],
    ['redis_replica_role redis_sentinel_role', 'two', ['error']],
    ['redis_replica_role', 'two', ['information']],
    ['redis_master_role', 'two', ['information']],
    ['redis_master_role redis_sentinel_role', 'one', []],
    ['redis_sentinel_role', 'two', []],
  ])('%s: one and %s', (roles, master, severities) => {
    const found = lintText(node(roles, master)).filter(({ code }) => code === 'GLR188');
    expect(found.map(({ severity }) => severity)).toEqual(severities);
  });
});
