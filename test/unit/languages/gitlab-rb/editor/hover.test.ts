import { describe, expect, it } from 'vitest';
import { features, hoverText, open } from './editor';

const CASES: readonly (readonly [what: string, text: string, parts: readonly string[]])[] = [
  [
    'a key: type, default, what it does, page',
    "patroni['tt‸l'] = 30",
    [
      "patroni['ttl']",
      'Integer · default `30` · Enterprise Edition',
      'Since GitLab 13.1',
      'leader key',
      '](https://docs.gitlab.com/administration/postgresql/',
    ],
  ],
  [
    "the real default beside the sample file's",
    "redis['po‸rt']",
    ['default `0`', 'The sample file shows `6379`.'],
  ],
  [
    'a key at the second level',
    "patroni['postgresql']['max_conn‸ections'] = 400",
    ["patroni['postgresql']['max_connections']", 'default `400`'],
  ],
  [
    'a key of a hash',
    "gitaly['configuration'] = { listen_‸addr: '0.0.0.0:8075' }",
    ["gitaly['configuration']['listen_addr']", 'String'],
  ],
  [
    'a quoted key of a hash',
    "consul['configuration'] = { 'retry_‸join' => [] }",
    ["consul['configuration']['retry_join']"],
  ],
  [
    'a key of an item',
    "gitaly['configuration'] = { storage: [{ na‸me: 'a' }] }",
    ["gitaly['configuration']['storage'][]['name']"],
  ],
  ['a symbol', "gitaly['configuration'][:st‸orage] = []", ["gitaly['configuration']['storage']"]],
  [
    'the values of an enumeration',
    "pgbouncer['pool_m‸ode'] = 'session'",
    ["One of `'session'`, `'transaction'`, `'statement'`."],
  ],
  ['a root', "patr‸oni['ttl'] = 30", ["patroni['…']", 'Keeps one', 'docs.gitlab.com']],
  ['a called root', "external_‸url 'http://x'", ['external_url …', 'load balancer']],
  ['a root that is read', "x = patr‸oni['ttl']", ["patroni['…']"]],
  ['a role', "roles ['patroni_‸role']", ["roles ['patroni_role']", '`patroni`, `consul`']],
  ['a role in words', 'roles %w[consul_role patroni_‸role]', ["roles ['patroni_role']"]],
  ['a removed role', "roles ['redis_slave_‸role']", ['**Removed in GitLab 14.0.**', 'redis_replica_role']],
  [
    'a removed key and what to write instead',
    "praefect['auth_‸token'] = 'x'",
    ['**Removed in GitLab 16.0.**', 'does not read it', "`praefect['configuration']['auth']['token']`"],
  ],
  [
    'a key that moved',
    "nginx['listen_‸port'] = 80",
    ['**Deprecated since GitLab 19.2.**', "`gitlab_rails['nginx']['listen_port']`"],
  ],
  ['a removed root', "graf‸ana['enable'] = false", ['**Removed in GitLab 16.3.**', 'run it yourself']],
  ['a removed called root', 'git_data_‸dirs({})', ['**Removed in GitLab 18.0.**']],
  [
    'a key that is a bit older than the version',
    "gitlab_rails['nginx']['listen_‸port'] = 80",
    ['Since GitLab 19.2.'],
  ],
];

describe('hover in gitlab.rb', () => {
  it.each(CASES)('shows %s', (_, text, parts) => {
    const found = hoverText(text);
    for (const part of parts) expect(found).toContain(part);
  });

  it.each([
    ['comments', "# patroni['tt‸l']"],
    ['values', "external_url 'http://git‸lab'"],
    ['unknown keys', "patroni['no_su‸ch']"],
    ['unknown roots', "no_su‸ch['ttl']"],
    ['words of Ruby', 'i‸f true\nend'],
    ['empty places', '‸\n'],
    ['keys of hashes that are no setting', "x = { listen_‸addr: 'x' }"],
  ])('says nothing about %s', (_, text) => {
    expect(hoverText(text)).toBe('');
  });

  it('does not speak of a removal the version does not know yet', () => {
    expect(hoverText("nginx['listen_‸port'] = 80", '18.5')).not.toContain('Deprecated');
    expect(hoverText("gitlab_rails['nginx']['listen_‸port'] = 80", '18.5')).toContain('not in this version');
  });

  it('covers the word, without quotes', () => {
    const { subject, position } = open("patroni['tt‸l'] = 30");
    expect(features.hover(subject, position)?.range).toEqual({
      start: { line: 0, character: 9 },
      end: { line: 0, character: 12 },
    });
  });
});
