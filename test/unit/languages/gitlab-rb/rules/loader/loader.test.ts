import { describe, expect, it } from 'vitest';
import { lintText, repaired, told } from '../../linted';

describe('quick fixes of what Ruby and the loader trip over', () => {
  it.each([
    ['GLR001', "externl_url 'http://x.example.net'", "external_url 'http://x.example.net'"],
    ['GLR002', "external_url = 'http://x.example.net'", "external_url 'http://x.example.net'"],
    ['GLR002', "roles = ['consul_role']", "roles ['consul_role']"],
    ['GLR004', "gitlab_rails['tme_zone'] = 'UTC'", "gitlab_rails['time_zone'] = 'UTC'"],
    ['GLR004', "gitlab_rails[:tme_zone] = 'UTC'", "gitlab_rails[:time_zone] = 'UTC'"],
    [
      'GLR004',
      "gitaly['configuration'] = { listn_addr: 'localhost:8075' }",
      "gitaly['configuration'] = { listen_addr: 'localhost:8075' }",
    ],
    [
      'GLR004',
      "praefect['configuration'] = { virtual_storage: [{ name: 'default', :nodes => [] }] }",
      "praefect['configuration'] = { virtual_storage: [{ name: 'default', :node => [] }] }",
    ],
    [
      'GLR004',
      "gitlab_rails['object_store']['connection'] = { 'provider' => 'AWS', 'regoin' => 'eu' }",
      "gitlab_rails['object_store']['connection'] = { 'provider' => 'AWS', 'region' => 'eu' }",
    ],
    ['GLR005', "nginx['enabled'] = true", "nginx['enable'] = true"],
    ['GLR008', "gitlab['puma']['worker_timeout'] = 60", "puma['worker_timeout'] = 60"],
    ['GLR009', "gitlab_rails['time_zone'] = UTC", "gitlab_rails['time_zone'] = 'UTC'"],
    ['GLR009', "postgresql['synchronous_commit'] = local", "postgresql['synchronous_commit'] = 'local'"],
    ['GLR009', "letsencrypt['enable'] = False", "letsencrypt['enable'] = false"],
    ['GLR009', "gitlab_rails['smtp_enable'] = TRUE", "gitlab_rails['smtp_enable'] = true"],
    ['GLR009', "registry['enable'] = no", undefined],
    ['GLR009', "prometheus['enable'] = Off", undefined],
    ['GLR009', "prometheus['enable'] = disabled", undefined],
    ['GLR009', "gitlab_rails['time_zone'] = False", undefined],
    ['GLR009', "gitlab_rails['no_such_key_at_all'] = FALSE", undefined],
    ['GLR009', "gitlab_rails['time_zone'] = None", undefined],
    ['GLR009', "puma['worker_timeout'] = sixty", undefined],
    ['GLR010', 'redis[maxclients] = 1', "redis['maxclients'] = 1"],
    ['GLR010', "gitlab_rails.time_zone = 'UTC'", "gitlab_rails['time_zone'] = 'UTC'"],
    [
      'GLR010',
      "gitlab_rails['smtp_domain'] = gitlab_rails.smtp_address",
      "gitlab_rails['smtp_domain'] = gitlab_rails['smtp_address']",
    ],
    ['GLR010', "gitlab-rails['time_zone'] = 'UTC'", "gitlab_rails['time_zone'] = 'UTC'"],
    ['GLR010', "Redis['maxclients'] = 1", "redis['maxclients'] = 1"],
    [
      'GLR012',
      'gitlab_rails[\u2018time_zone\u2019] = \u201cUTC\u201d',
      'gitlab_rails[\'time_zone\'] = "UTC"',
    ],
    ['GLR012', "gitlab_rails['time_zone']\u00a0= 'UTC'", "gitlab_rails['time_zone'] = 'UTC'"],
    ['GLR013', "consul['services'] = %w(a, b,)", "consul['services'] = %w(a b,)"],
    [
      'GLR014',
      "gitlab_rails['trusted_proxies'] = ['10.0.0.1' '10.0.0.2' '10.0.0.0/8']",
      "gitlab_rails['trusted_proxies'] = ['10.0.0.1', '10.0.0.2', '10.0.0.0/8']",
    ],
    [
      'GLR014',
      "consul['configuration'] = { retry_join: ['a.example.net' 'b.example.net'] }",
      "consul['configuration'] = { retry_join: ['a.example.net', 'b.example.net'] }",
    ],
    [
      'GLR014',
      "gitlab_rails['trusted_proxies'] = ['fd00::1' 'fd00::2']",
      "gitlab_rails['trusted_proxies'] = ['fd00::1', 'fd00::2']",
    ],
    ['GLR014', "consul['services'] = ['a' 'b' 'c']", undefined],
    ['GLR014', "gitlab_rails['trusted_proxies'] = [\"10.0.0.#{4}\" '10.0.0.2']", undefined],
    ['GLR015', 'gitlab_rails[\'smtp_password\'] = "a#$b"', "gitlab_rails['smtp_password'] = 'a#$b'"],
    ['GLR015', "gitlab_rails['smtp_password'] = \"a'#$b\"", undefined],
    ['GLR016', "puma['worker_timeout'] = 0120", "puma['worker_timeout'] = 120"],
    ['GLR017', "nginx['enable'] = 'off'", "nginx['enable'] = false"],
    ['GLR017', "nginx['enable'] = 'False'", "nginx['enable'] = false"],
    ['GLR017', "nginx['enable'] = 'TRUE'", "nginx['enable'] = true"],
    ['GLR017', "nginx['enable'] = 'No'", "nginx['enable'] = false"],
    ['GLR018', "puma['worker_timeout'] == 90", "puma['worker_timeout'] = 90"],
    ['GLR018', "puma['worker_timeout'] ||= 90", "puma['worker_timeout'] = 90"],
    ['GLR018', "puma['worker_timeout'] => 90", "puma['worker_timeout'] = 90"],
    [
      'GLR022',
      "praefect['configuration'] = { database: { port: '5432' } }",
      "praefect['configuration'] = { database: { port: 5432 } }",
    ],
    [
      'GLR241',
      "letsencrypt['enable'] = false,\nletsencrypt['auto_renew'] = false",
      "letsencrypt['enable'] = false\nletsencrypt['auto_renew'] = false",
    ],
    [
      'GLR241',
      "external_url 'http://x.example.net' , # so\n\nnginx['enable'] = true",
      "external_url 'http://x.example.net'  # so\n\nnginx['enable'] = true",
    ],
    ['GLR241', "puma['port'] = 8080, puma['worker_timeout'] = 60", undefined],
    ['GLR242', "nginx['enable'] = File.exists?('/a')", "nginx['enable'] = File.exist?('/a')"],
    ['GLR242', "puts 'x' if ::Dir.exists? '/a'", "puts 'x' if ::Dir.exist? '/a'"],
    ['GLR023', "consul['services'] = 'postgresql'", "consul['services'] = ['postgresql']"],
    ['GLR023', "consul['services'] = 'postgresql redis'", undefined],
  ])('%s: %s', (code, text, result) => {
    expect(lintText(text).map((finding) => finding.code)).toContain(code);
    expect(repaired(text, code)).toBe(result);
  });
});

describe('pieces of one text', () => {
  it.each([
    `'10.0.0.1' '/24', '10.0.0.2'`,
    `'10.0.0.' "#{4}"`,
    `'10.0.' '0.1'`,
    `'10.0.0.1' ':8300'`,
    `'gitlab' '.example.net'`,
    `'gitlab.' 'example.net'`,
    `'https://gitlab.example.net' '/users'`,
    `'fd00::' '1'`,
    `"#{Socket.gethostname}" '.example.net'`,
    `'10.0.0.1' "/#{24}"`,
  ])('[%s]', (items) => {
    const text = `gitlab_rails['trusted_proxies'] = [${items}]`;
    expect(lintText(text).filter(({ code }) => code === 'GLR014')).toEqual([]);
  });

  it('words side by side may be either', () => {
    const [finding] = lintText("consul['services'] = ['node1' 'node2']").filter(
      ({ code }) => code === 'GLR014',
    );
    expect(finding?.remedy).toBe('Put a comma between them, or write them as one text if that is meant.');
    expect(finding?.fix).toBeUndefined();
  });
});

describe('the place of a finding', () => {
  it.each([
    ["externl_url 'http://x.example.net'", ['1: GLR001 externl_url']],
    ["\ngitlab_rails['tme_zone'] = 'UTC'", ["2: GLR004 gitlab_rails['tme_zone']"]],
    ["registry['nginx'] = { 'enabel' => true }", ["1: GLR004 'enabel'"]],
    ["puma['worker_timeout'] = 1\nputs 1\npuma['worker_timeout'] = 2", ["1: GLR006 puma['worker_timeout']"]],
    ["patroni['postgresql'] = { 'max_conections' => 300 }", ["1: GLR004 'max_conections'"]],
    ["patroni['postgresql']['max_conections'] = 300", ["1: GLR004 patroni['postgresql']['max_conections']"]],
    ["gitlab_rails['object_store'] = { 'enabled' => true, 'connetion' => {} }", ["1: GLR004 'connetion'"]],
    ["consul['services'] = %w(a, b)", ['1: GLR013 a,']],
    ["N = 'a'\nconsul['services'] = %W(#{N}.1, b#{N}, c)", ['2: GLR013 #{N}.1,', '2: GLR013 b#{N},']],
    ['gitlab_rails[\'smtp_password\'] = "a#$b"', ['1: GLR015 #$b']],
    ["nginx['enable'] = 'off'", ["1: GLR017 'off'"]],
    ["redis['maxclients'] = nil", ['1: GLR019 nil']],
    ["gitlab_rails['time_zone'] = `date`", ['1: GLR021 `date`']],
    ["gitlab_rails['smtp_password'] = '<your_password>'", ["1: GLR024 '<your_password>'"]],
  ])('%s', (text, expected) => {
    expect(told(text)).toEqual(expected);
  });
});

describe('what a word without quotes is to be replaced by', () => {
  it.each([
    ["letsencrypt['enable'] = False", 'Write false.'],
    ["registry['enable'] = no", 'Write false.'],
    [
      "gitlab_rails['time_zone'] = False",
      'Write false if it is a switch: in quotes every word is true to Ruby.',
    ],
    ["gitlab_rails['time_zone'] = None", "Write nil if nothing is meant, 'None' if it is a text."],
    ["puma['worker_timeout'] = sixty", "puma['worker_timeout'] is a whole number: write that."],
    ["gitlab_rails['time_zone'] = Berlin", "Write 'Berlin' if it is a text."],
  ])('%s', (text, remedy) => {
    expect(lintText(text).map((finding) => finding.remedy)).toEqual([remedy]);
  });
});

describe('a comma at the end of a setting', () => {
  it.each([
    [
      "puma['port'] = 8080,\npuma['worker_timeout'] = 60,\npuma['listen'] = 'x'",
      ['1: GLR241 ,', '2: GLR241 ,'],
    ],
    ["puma['port'] = 8080\npuma['worker_timeout'] = 60", []],
    ["consul['services'] = 'a',\n  'b'", []],
    ["consul['services'] = ['a',\n  'b']", []],
  ])('%s', (text, expected) => {
    expect(told(text).filter((line) => line.includes('GLR241'))).toEqual(expected);
  });
});

describe('a method that Ruby has no more', () => {
  it.each([
    ["puts File.exists?('/a')", '17.5', ['1: GLR242 exists?']],
    ["puts File.exists?('/a')", '17.4', []],
    ["puts File.exist?('/a')", '19.3', []],
    ["puts Shop.exists?('/a')", '19.3', []],
  ])('%s of %s', (text, version, expected) => {
    expect(told(text, version).filter((line) => line.includes('GLR242'))).toEqual(expected);
  });
});

describe('silence where nothing is sure', () => {
  it.each([
    [
      'words that are put together',
      "NET = '10.20.0'\ngitlab_rails['trusted_proxies'] = %W[#{NET}.0/24 10.30.0.0/24 a#{NET} #{NET}#{NET}]",
    ],
    ['a method of the file', "def zone\n  'UTC'\nend\ngitlab_rails['time_zone'] = zone"],
    ["a word of Ruby's own", "require 'json'\nputs 'x'"],
    ['a constant of the file', "ZONE = 'UTC'\ngitlab_rails['time_zone'] = ZONE"],
    ['a method of hashes', "puts gitlab_rails.keys, letsencrypt.chain([1]), redis.fetch('port', 1)"],
    ['a variable', "zone = 'UTC'\ngitlab_rails['time_zone'] = zone"],
    ['environments take any key', "gitlab_rails['env'] = { 'FOO' => 'bar', 'PATHS' => 'x' }"],
    ['PostgreSQL knows more than is listed', "patroni['postgresql'] = { 'min_wal_size' => '1GB' }"],
    ['names users choose', "pgbouncer['databases'] = { gitlabhq_production: { host: '127.0.0.1' } }"],
    ['a text that goes on with a backslash', "consul['services'] = ['a' \\\n  'b']"],
    ['rights of a file', "user['mode'] = 0755 if false"],
    ['an octal number that is the same', "puma['worker_timeout'] = 07"],
    ['a value that a loop sets several times', "[1, 2].each do |x|\n  puma['worker_timeout'] = x\nend"],
    [
      'a value that the second one reads',
      "puma['worker_timeout'] = 60\npuma['worker_timeout'] = puma['worker_timeout'] * 2",
    ],
    [
      'a value that is set under a condition',
      "puma['worker_timeout'] = 60\npuma['worker_timeout'] = 90 if ENV['SLOW']",
    ],
    [
      'typographic quotes in a text',
      "gitlab_rails['gitlab_email_display_name'] = 'The \u201cForge\u201d' # \u2018x\u2019",
    ],
    ['a backslash that means something', 'gitlab_rails[\'smtp_password\'] = "a\\\\b"'],
    ['a version after the newest one known', "gitlab_rails['of_tomorrow'] = 1", '20.1'],
  ])('%s', (_, text, version?: string) => {
    expect(told(text, version)).toEqual([]);
  });
});

describe('what may not run', () => {
  it('is a warning only', () => {
    const [finding] = lintText("if ENV['OLD']\n  foo['a'] = 1\nend");
    expect(finding).toMatchObject({ code: 'GLR001', severity: 'warning' });
  });
});

describe('two values that are the same', () => {
  it('are worth an information', () => {
    const [finding] = lintText("puma['worker_timeout'] = 60\nputs 1\npuma['worker_timeout'] = 60");
    expect(finding).toMatchObject({ code: 'GLR006', severity: 'information', tags: ['unnecessary'] });
    expect(finding?.related?.[0]?.range.start.line).toBe(2);
  });
});
