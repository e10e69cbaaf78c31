import { CompletionItemKind, CompletionItemTag } from 'vscode-languageserver-types';
import { describe, expect, it } from 'vitest';
import { accept, completions } from './editor';

const labels = (marked: string, version?: string): string[] =>
  completions(marked, version).map(({ label }) => label);

const NEXT = "\npatroni['ttl'] = 30\n";

const OFFERED: readonly (readonly [
  what: string,
  text: string,
  yes: readonly string[],
  no: readonly string[],
])[] = [
  [
    'roots at the beginning of a line',
    '‸',
    ['patroni', 'external_url', 'roles', 'from_file'],
    ['unicorn', 'git_data_dirs', 'ttl'],
  ],
  ['roots while a word is typed', `patr‸${NEXT}`, ['patroni'], ['ttl']],
  ['roots under a condition', 'if true\n  red‸\nend\n', ['redis'], []],
  [
    'keys in single quotes',
    "patroni['‸",
    ['ttl', 'loop_wait', 'postgresql'],
    ['max_connections', 'data_dir'],
  ],
  ['keys in double quotes', 'patroni["lo‸"]', ['loop_wait'], []],
  ['keys as symbols', 'patroni[:‸]', ['ttl'], []],
  ['keys without quotes', 'patroni[‸]', ['ttl'], []],
  [
    'keys at the second level',
    "patroni['postgresql']['max_‸",
    ['max_connections', 'max_wal_senders'],
    ['ttl'],
  ],
  [
    'keys while the next line is a statement',
    `patroni['postgresql']['max_‸${NEXT}`,
    ['max_connections'],
    ['ttl'],
  ],
  [
    'keys behind an open bracket above',
    `patroni['postgresql']['max_\nredis['‸']\n`,
    ['port', 'bind'],
    ['ttl'],
  ],
  [
    'keys at the third level',
    "gitaly['configuration'][:auth][:‸",
    ['token', 'transitioning'],
    ['listen_addr'],
  ],
  ['keys of a hash', "gitaly['configuration'] = {\n  ‸\n}", ['listen_addr', 'storage'], ['enable']],
  ['keys of a hash, with quotes', "consul['configuration'] = { '‸' => 1 }", ['server', 'retry_join'], []],
  [
    'keys of a nested hash',
    "gitaly['configuration'] = { listen_addr: 'x', auth: { ‸",
    ['token'],
    ['storage'],
  ],
  [
    'keys of an item of a list',
    "gitaly['configuration'] = {\n  storage: [\n    { name: 'a', ‸ },\n  ],\n}",
    ['path'],
    ['storage'],
  ],
  [
    'keys of an item in an item',
    "praefect['configuration'] = { virtual_storage: [{ name: 'default', node: [{ ‸ }] }] }",
    ['storage', 'address', 'token'],
    ['default_replication_factor'],
  ],
  ['keys of a called root', "gitlab_rails({ '‸' => 1 })", ['db_host'], []],
  [
    'keys of names the user chooses',
    "pgbouncer['databases'] = { gitlabhq_production: { ‸",
    ['host', 'dbname'],
    [],
  ],
  ['keys below names the user chooses', "pgbouncer['users']['pgbouncer']['‸']", ['password'], []],
  [
    'keys of sentinels',
    "gitlab_rails['redis_sentinels'] = [{ 'host' => '10.0.0.1', '‸' => 1 }]",
    ['port'],
    [],
  ],
  ['keys that are read', "x = patroni['‸']", ['ttl'], []],
  [
    'keys that are read at the second level',
    "x = 1 + patroni['postgresql']['‸']",
    ['max_connections'],
    ['ttl'],
  ],
  [
    'keys behind a finished hash',
    "gitaly['configuration'] = { listen_addr: 'x' }\npuma['‸",
    ['port'],
    ['listen_addr'],
  ],
  [
    'keys behind a text over several lines',
    "nginx['custom_nginx_config'] = <<~EOS\n  it's [open\nEOS\npuma['‸",
    ['port'],
    [],
  ],
  ['roles in a list', "roles ['‸']", ['patroni_role', 'consul_role'], ['spamcheck_role']],
  ['roles in words', 'roles %w[patroni_role ‸]', ['consul_role'], []],
  ['roles in brackets', "roles(['consul_role', '‸'])", ['patroni_role'], []],
  ['values of an enumeration', "pgbouncer['pool_mode'] = '‸'", ['session', 'transaction'], ['true']],
  ['values without quotes yet', "pgbouncer['pool_mode'] = ‸", ['transaction'], []],
  [
    'values in a hash',
    "praefect['configuration'] = { database: { sslmode: '‸' } }",
    ['require', 'disable'],
    [],
  ],
  ['booleans', "patroni['enable'] = ‸", ['true', 'false'], []],
  ['defaults', "patroni['ttl'] = ‸", ['30'], []],
  ['services in a list', "consul['services'] = ['‸']", ['postgresql'], []],
  ['variables of the file', "nodes = %w[a b]\nconsul['configuration'] = { retry_join: ‸ }", ['nodes'], []],
];

const SILENT: readonly (readonly [what: string, text: string])[] = [
  ['in comments', "# patroni['‸"],
  ['in comments behind code', "patroni['ttl'] = 30 # pat‸"],
  ['in plain texts', "external_url 'http‸'"],
  ['in texts of a setting without values', "gitlab_rails['db_host'] = '10.‸'"],
  ['in texts over several lines', "nginx['custom_nginx_config'] = <<~EOS\n  patr‸\nEOS\n"],
  ['behind a finished key', "patroni['ttl']‸"],
  ['below keys that hold no hash', "patroni['ttl']['‸']"],
  ['of roots nobody knows', "no_such_root['‸']"],
];

describe('completion in gitlab.rb', () => {
  it.each(OFFERED)('offers %s', (_, text, yes, no) => {
    const found = labels(text);
    expect(found).toEqual(expect.arrayContaining([...yes]));
    for (const label of no) expect(found).not.toContain(label);
  });

  it.each(SILENT)('is silent %s', (_, text) => {
    expect(labels(text)).toEqual([]);
  });

  it.each([
    ["patroni['postgresql']['max_‸", 'max_connections', "patroni['postgresql']['max_connections']"],
    ["patroni['lo‸']", 'loop_wait', "patroni['loop_wait']"],
    ["patroni['loop‸_wai'] = 10", 'loop_wait', "patroni['loop_wait'] = 10"],
    ['patroni["ttl‸"] = 10', 'loop_wait', 'patroni["loop_wait"] = 10'],
    ['patroni[‸]', 'ttl', "patroni['ttl']"],
    ['patroni[‸', 'ttl', "patroni['ttl']"],
    ['patroni[:t‸]', 'ttl', 'patroni[:ttl]'],
    ['patr‸', 'patroni', "patroni['$1']"],
    ["patr‸['ttl'] = 1", 'patroni', "patroni['ttl'] = 1"],
    ['external‸', 'external_url', "external_url '$1'"],
    ["external‸ 'x'", 'external_url', "external_url 'x'"],
    ["gitaly['configuration'] = { lis‸ }", 'listen_addr', "gitaly['configuration'] = { listen_addr:  }"],
    [
      "gitaly['configuration'] = { 'socket_path' => 'x', lis‸ }",
      'listen_addr',
      "gitaly['configuration'] = { 'socket_path' => 'x', 'listen_addr' =>  }",
    ],
    [
      "gitaly['configuration'] = { 'lis‸' => 1 }",
      'listen_addr',
      "gitaly['configuration'] = { 'listen_addr' => 1 }",
    ],
    ["gitaly['configuration'] = { lis‸: 1 }", 'listen_addr', "gitaly['configuration'] = { listen_addr: 1 }"],
    [
      "registry['storage'] = { 's3' => { ‸ } }",
      'bucket',
      "registry['storage'] = { 's3' => { 'bucket' =>  } }",
    ],
    ["prometheus['flags'] = { ‸ }", 'storage.tsdb.path', "prometheus['flags'] = { 'storage.tsdb.path' =>  }"],
    ["pgbouncer['pool_mode'] = ‸", 'session', "pgbouncer['pool_mode'] = 'session'"],
    ["pgbouncer['pool_mode'] = '‸", 'session', "pgbouncer['pool_mode'] = 'session'"],
    ["pgbouncer['pool_mode'] = 'tran‸saction'", 'session', "pgbouncer['pool_mode'] = 'session'"],
    ['roles %w[consul_role pat‸]', 'patroni_role', 'roles %w[consul_role patroni_role]'],
    ['roles %w[pat‸ consul_role]', 'patroni_role', 'roles %w[patroni_role consul_role]'],
  ])('%s + %s gives %s', (text, label, result) => {
    expect(accept(text, label)).toBe(result);
  });

  it('puts keys that are set already last', () => {
    const items = completions("patroni['ttl'] = 30\npatroni['‸']");
    const sorted = items.map(({ sortText, label }) => sortText ?? label).sort();
    expect(sorted.indexOf('7ttl')).toBeGreaterThan(sorted.indexOf('1loop_wait'));
    expect(items.find(({ label }) => label === 'ttl')?.detail).toBe('integer, default 30, already set');
  });

  it('puts keys of the same literal last, also while the file is broken', () => {
    const items = completions("gitaly['configuration'] = {\n  listen_addr: 'x',\n  ‸");
    expect(items.find(({ label }) => label === 'listen_addr')?.sortText).toBe('7listen_addr');
  });

  it('shows type and default, and what the key does', () => {
    const item = completions("redis['‸']").find(({ label }) => label === 'port');
    expect(item?.detail).toBe('integer, default 0');
    expect(item?.documentation).toMatchObject({ value: expect.stringContaining('Port of Redis') as string });
  });

  it('marks keys that moved as deprecated, for versions that know the new place', () => {
    const find = (version: string) =>
      completions("nginx['‸']", version).find(({ label }) => label === 'listen_port');
    expect(find('19.3')?.tags).toEqual([CompletionItemTag.Deprecated]);
    expect(find('18.5')?.tags).toBeUndefined();
  });

  it('offers only what the version knows', () => {
    expect(labels("gitlab_rails['nginx']['‸']", '18.5')).not.toContain('listen_port');
    expect(labels("gitlab_rails['nginx']['‸']", '19.3')).toContain('listen_port');
  });

  it('offers only roots the version knows', () => {
    expect(labels('‸', '18.5')).not.toContain('oak');
    expect(labels('‸', '19.3')).toContain('oak');
  });

  it('takes snippets, where they belong', () => {
    const [snippet] = completions('ha‸').filter(({ kind }) => kind === CompletionItemKind.Snippet);
    expect(snippet).toMatchObject({ label: 'ha_consul_server', sortText: '9ha_consul_server' });
    expect(labels("patroni['‸")).not.toContain('ha_consul_server');
  });

  it('replaces exactly the word', () => {
    const [item] = completions("  patroni['tt‸l']");
    expect(item?.textEdit).toMatchObject({
      range: { start: { line: 0, character: 11 }, end: { line: 0, character: 14 } },
    });
  });
});
