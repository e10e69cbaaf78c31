import { describe, expect, it } from 'vitest';
import { findingsOf } from '../marked-findings';

const SENTINEL = `roles ['redis_master_role', 'redis_sentinel_role']
redis['bind'] = '10.0.0.11'
redis['port'] = 6379
redis['password'] = 'secret'
redis['master_ip'] = '10.0.0.11'
`;
const sentinels = (count: number): string =>
  `gitlab_rails['redis_sentinels'] = [${[11, 12, 13, 14, 15]
    .slice(0, count)
    .map((last) => `{ 'host' => '10.0.0.${last}', 'port' => 26379 }`)
    .join(', ')}]\n`;
const marked = (id: string, text: string, version?: string): string[] =>
  findingsOf(id, text, version).map((one) => one.marked);

describe('what Sentinel and replicas must know of the master (GLR160)', () => {
  it.each([
    ['everything', SENTINEL, []],
    ['no address', SENTINEL.replace(/redis\['master_ip'\].*\n/, ''), ["'redis_sentinel_role'"]],
    ['no password at all', SENTINEL.replace(/redis\['password'\].*\n/, ''), ["'redis_sentinel_role'"]],
    [
      'a Sentinel alone, to which the password of Redis is none',
      "roles ['redis_sentinel_role']\nredis['password'] = 'x'\nredis['master_ip'] = '10.0.0.11'\n",
      ["'redis_sentinel_role'"],
    ],
    [
      'a replica without both',
      "roles ['redis_replica_role']\n",
      ["'redis_replica_role'", "'redis_replica_role'"],
    ],
    ['a replica by its setting', "redis['master'] = false\nredis['password'] = 'x'\n", ["redis['master']"]],
    ['a master alone', "roles ['redis_master_role']\n", []],
    [
      'a password from a command',
      `${SENTINEL.replace(/redis\['password'\].*\n/, '')}redis['extra_config_command'] = '/x'\n`,
      [],
    ],
    ['an address from the environment', SENTINEL.replace("'10.0.0.11'\n", "ENV['IP']\n"), []],
    ['roles from elsewhere', 'roles ROLES\n', []],
  ])('%s', (_, text, expected) => {
    expect(marked('GLR160', text)).toEqual(expected);
  });
});

describe('the quorum (GLR162)', () => {
  it.each([
    ['the default', SENTINEL, ["'redis_sentinel_role'"], undefined],
    ['1', `${SENTINEL}sentinel['quorum'] = 1\n`, ['1'], undefined],
    [
      '1 of three that are named',
      `${sentinels(3)}${SENTINEL}sentinel['quorum'] = 1\n`,
      ['1'],
      "sentinel['quorum'] = 2",
    ],
    ['1 of five', `${sentinels(5)}${SENTINEL}sentinel['quorum'] = 1\n`, ['1'], "sentinel['quorum'] = 3"],
    ['4 of three', `${sentinels(3)}${SENTINEL}sentinel['quorum'] = 4\n`, ['4'], "sentinel['quorum'] = 2"],
    ['1 of one', `${sentinels(1)}${SENTINEL}sentinel['quorum'] = 1\n`, [], undefined],
    ['2', `${SENTINEL}sentinel['quorum'] = 2\n`, [], undefined],
    ['from elsewhere', `${SENTINEL}sentinel['quorum'] = QUORUM\n`, [], undefined],
    ['1 without a Sentinel', "sentinel['quorum'] = 1\n", [], undefined],
  ])('%s', (_, text, expected, fixed) => {
    const found = findingsOf('GLR162', text);
    expect(found.map((one) => one.marked)).toEqual(expected);
    if (fixed === undefined) expect(found[0]?.fixed).toBeUndefined();
    else expect(found[0]?.fixed).toContain(fixed);
  });
});

describe('keys of the master under sentinel (GLR161)', () => {
  it('moves a key that redis does not have', () => {
    expect(findingsOf('GLR161', "sentinel['master_name'] = 'main'\n")).toEqual([
      {
        marked: "sentinel['master_name']",
        severity: 'error',
        message:
          "GitLab knows no sentinel['master_name'] and ignores it: Sentinel reads redis['master_name'].",
        fixed: "redis['master_name'] = 'main'\n",
      },
    ]);
  });

  it('removes one that redis has', () => {
    const [finding] = findingsOf(
      'GLR161',
      "redis['master_ip'] = '10.0.0.11'\nsentinel['master_ip'] = '10.0.0.12' # old\n",
    );
    expect(finding?.fixed).toBe("redis['master_ip'] = '10.0.0.11'\n");
  });
});

describe('who reaches Redis (GLR163)', () => {
  const without = (key: string): string => SENTINEL.replace(new RegExp(`redis\\['${key}'\\].*\\n`), '');

  it.each([
    ['a port and an address', SENTINEL, []],
    ['no port', without('port'), ["'redis_master_role'"]],
    ['port 0', SENTINEL.replace('6379', '0'), ['0']],
    ['no port, but one for TLS', `${without('port')}redis['tls_port'] = 6380\n`, []],
    ['no address', without('bind'), ["'redis_master_role'"]],
    ['localhost', SENTINEL.replace("'10.0.0.11'", "'127.0.0.1'"), ["'127.0.0.1'"]],
    ['localhost and an address', SENTINEL.replace("'10.0.0.11'", "'127.0.0.1 10.0.0.11'"), []],
    ['an address from elsewhere', SENTINEL.replace("'10.0.0.11'", "node['ipaddress']"), []],
    ['a GitLab on one machine', "redis['port'] = 6379\n", []],
    ['a master beside GitLab', "roles ['application_role', 'redis_master_role']\n", []],
  ])('%s', (_, text, expected) => {
    expect(marked('GLR163', text)).toEqual(expected);
  });

  it('adds the port below the other settings of Redis', () => {
    expect(findingsOf('GLR163', without('port'))[0]?.fixed).toBe(`${without('port')}redis['port'] = 6379\n`);
  });
});

describe('how GitLab finds the master', () => {
  it('GLR164: a name may stand for several Sentinels', () => {
    const text = "gitlab_rails['redis_sentinels'] = [{ 'host' => 'sentinels.acme.test', 'port' => 26379 }]\n";
    expect(findingsOf('GLR164', text)).toEqual([]);
  });

  it.each([
    [1, ["gitlab_rails['redis_sentinels']"]],
    [2, ["gitlab_rails['redis_sentinels']"]],
    [3, []],
    [0, []],
  ])('GLR164: %i Sentinels', (count, expected) => {
    expect(marked('GLR164', sentinels(count))).toEqual(expected);
  });

  it.each([
    ['beside a replica', "roles ['application_role', 'redis_replica_role']\n", ["'application_role'"]],
    [
      'beside a replica, with an address',
      "roles ['application_role', 'redis_replica_role']\ngitlab_rails['redis_host'] = '10.0.0.9'\n",
      [],
    ],
    [
      'beside a replica, with Sentinels from elsewhere',
      "roles ['application_role', 'redis_replica_role']\ngitlab_rails['redis_sentinels'] = LIST\n",
      [],
    ],
    ['without a Redis here', "roles ['application_role', 'redis_sentinel_role']\n", []],
  ])('GLR164: GitLab %s', (_, text, expected) => {
    expect(marked('GLR164', text)).toEqual(expected);
  });

  it.each([
    ["{ 'host' => '10.0.0.11', 'port' => 6379 }", "{ 'host' => '10.0.0.11', 'port' => 26379 }"],
    ["{ host: '10.0.0.11', port: '6379' }", "{ host: '10.0.0.11', port: 26379 }"],
  ])('GLR165: %s', (entry, better) => {
    const text = `gitlab_rails['redis_sentinels'] = [${entry}]\n`;
    expect(findingsOf('GLR165', text)[0]?.fixed).toBe(`gitlab_rails['redis_sentinels'] = [${better}]\n`);
    expect(findingsOf('GLR165', `${text}sentinel['port'] = 6379\n`)).toEqual([]);
  });

  it.each([
    ["'10.0.0.11:26379'", 'is a string, not a hash', "{ 'host' => '10.0.0.11', 'port' => 26379 }"],
    ["'sentinel'", 'is a string, not a hash', undefined],
    ["{ 'ip' => '10.0.0.11' }", 'has no host', undefined],
  ])('GLR178: %s', (entry, what, better) => {
    const list = (one: string): string => `gitlab_rails['redis_cache_sentinels'] = [${one}]\n`;
    expect(findingsOf('GLR178', list(entry))).toEqual([
      {
        marked: entry,
        severity: 'error',
        message: `An entry of redis_cache_sentinels ${what}: GitLab is given no address to ask.`,
        fixed: better === undefined ? undefined : list(better),
      },
    ]);
  });

  it("GLR166: takes the master's password from Redis'", () => {
    const text = `roles ['application_role', 'redis_master_role']\nredis['password'] = 'x'\n${sentinels(3)}`;
    expect(findingsOf('GLR166', text)[0]?.fixed).toBe(
      text.replace("= 'x'\n", "= 'x'\nredis['master_password'] = redis['password']\n"),
    );
    expect(findingsOf('GLR166', `${text}redis['master_password'] = 'x'\n`)).toEqual([]);
    expect(findingsOf('GLR166', `${text}gitlab_rails['redis_password'] = 'x'\n`)).toEqual([]);
    expect(findingsOf('GLR166', `${text}gitlab_rails['redis_extra_config_command'] = '/x'\n`)).toEqual([]);
  });

  it('GLR167: gives the password to GitLab where no Sentinel runs', () => {
    const text = `roles ['application_role']\n${sentinels(3)}sentinel['password'] = 'x'\n`;
    expect(findingsOf('GLR167', text)[0]?.fixed).toBe(
      text.replace("sentinel['password']", "gitlab_rails['redis_sentinels_password']"),
    );
    expect(findingsOf('GLR167', text.replace("_role']", "_role', 'redis_sentinel_role']"))).toEqual([]);
  });

  it('GLR168: removes an address that has no effect', () => {
    const text = `${sentinels(3)}gitlab_rails['redis_host'] = '10.0.0.11'\n`;
    expect(findingsOf('GLR168', text)[0]?.fixed).toBe(sentinels(3));
    expect(findingsOf('GLR168', "gitlab_rails['redis_host'] = '10.0.0.11'\n")).toEqual([]);
    expect(
      findingsOf(
        'GLR168',
        "gitlab_rails['redis_host'] = '10.0.0.11'\ngitlab_rails['redis_sentinels'] = []\n",
      ),
    ).toEqual([]);
  });
});

describe('Sentinel itself', () => {
  const named = SENTINEL.replace(
    "redis['master_ip'] = '10.0.0.11'",
    "redis['master_ip'] = 'redis-1.acme.test'",
  );

  it.each([
    ['an address', SENTINEL, 0],
    ['a name', named, 1],
    ['a name, which it may use', `${named}sentinel['use_hostnames'] = true\n`, 0],
    ['a name, which it may not use', `${named}sentinel['use_hostnames'] = false\n`, 1],
    ['a name, and its own name to announce', `${named}redis['announce_ip_from_hostname'] = true\n`, 0],
    ['a name, and a name to announce', `${named}redis['announce_ip'] = 'redis-2.acme.test'\n`, 0],
    ['a name, and an address to announce', `${named}redis['announce_ip'] = '10.0.0.12'\n`, 1],
    [
      'a place holder',
      SENTINEL.replace("= '10.0.0.11'\n", "= '<MASTER_IP>'\n").replace(
        "['master_ip'] = '10.0.0.11'",
        "['master_ip'] = 'MASTER_IP'",
      ),
      0,
    ],
  ])('GLR170: %s', (_, text, count) => {
    expect(findingsOf('GLR170', text)).toHaveLength(count);
  });

  it('GLR170: the Redis of GitLab 15 resolved names by itself', () => {
    expect(findingsOf('GLR170', named, '15.11')).toEqual([]);
  });

  it.each([
    ["sentinel['down_after_milliseconds'] = 10", ['10']],
    ["sentinel['down_after_milliseconds'] = 1000", []],
    ["sentinel['down_after_milliseconds'] = 60_000", []],
    ["sentinel['down_after_milliseconds'] = 60_001", ['60_001']],
    ["sentinel['failover_timeout'] = 9999", ['9999']],
    ["sentinel['failover_timeout'] = 10_000", []],
    ["sentinel['failover_timeout'] = '5000'", ["'5000'"]],
  ])('GLR171: %s', (line, expected) => {
    expect(marked('GLR171', `${SENTINEL}${line}\n`)).toEqual(expected);
  });

  it.each([
    ['0123456789abcdef0123456789abcdef01234567', []],
    ['0123456789ABCDEF0123456789abcdef01234567', ["'0123456789ABCDEF0123456789abcdef01234567'"]],
    ['abc', ["'abc'"]],
  ])('GLR172: %s', (id, expected) => {
    expect(marked('GLR172', `${SENTINEL}sentinel['myid'] = '${id}'\n`)).toEqual(expected);
  });

  it.each([
    ["sentinel['port'] = 0\n", ['0']],
    ["sentinel['port'] = 0\nsentinel['tls_port'] = 0\n", ['0']],
    ["sentinel['port'] = 0\nsentinel['tls_port'] = 26380\n", []],
    ["sentinel['port'] = 0\nsentinel['tls_port'] = PORT\n", []],
  ])('GLR172: %s', (lines, expected) => {
    expect(marked('GLR172', SENTINEL + lines)).toEqual(expected);
  });

  it.each([
    ['the same port', "redis['port'] = 6379\n", 0],
    ['another port', "redis['port'] = 6380\n", 1],
    ['another port, which it knows', "redis['port'] = 6380\nredis['master_port'] = 6380\n", 0],
    ['TLS', "redis['port'] = 0\nredis['tls_port'] = 6380\n", 0],
  ])('GLR179: %s', (_, lines, count) => {
    expect(findingsOf('GLR179', SENTINEL.replace("redis['port'] = 6379\n", lines))).toHaveLength(count);
  });
});

describe('what Redis keeps', () => {
  it.each([
    ['a limit and eviction', "redis['maxmemory'] = '2gb'\nredis['maxmemory_policy'] = 'allkeys-lru'\n", 1],
    ['eviction without a limit', "redis['maxmemory_policy'] = 'allkeys-lru'\n", 0],
    ['limit 0', "redis['maxmemory'] = '0'\nredis['maxmemory_policy'] = 'allkeys-lru'\n", 0],
    ['a limit alone', "redis['maxmemory'] = '2gb'\nredis['maxmemory_policy'] = 'noeviction'\n", 0],
    [
      'queues elsewhere',
      "redis['maxmemory'] = '2gb'\nredis['maxmemory_policy'] = 'allkeys-lru'\ngitlab_rails['redis_queues_instance'] = 'redis://10.0.0.9'\n",
      0,
    ],
    [
      'a cache by its name',
      "redis['maxmemory'] = '2gb'\nredis['maxmemory_policy'] = 'allkeys-lru'\nredis['master_name'] = 'gitlab-redis-cache'\n",
      0,
    ],
    [
      'a machine of its own',
      "roles ['redis_master_role']\nredis['maxmemory'] = '2gb'\nredis['maxmemory_policy'] = 'allkeys-lru'\n",
      0,
    ],
  ])('GLR173: %s', (_, text, count) => {
    expect(findingsOf('GLR173', text)).toHaveLength(count);
  });

  it.each([
    ["redis['save'] = ['']", 1],
    ["redis['save'] = ['900 1']", 0],
    ["redis['save'] = []", 0],
  ])('GLR174: %s', (line, count) => {
    expect(findingsOf('GLR174', `${line}\n`)).toHaveLength(count);
  });

  it.each([
    ["{ 'CONFIG' => '' }", ["'CONFIG'"]],
    ["{ 'config' => 'hidden' }", ["'config'"]],
    ["{ 'KEYS' => '', 'FLUSHALL' => '' }", []],
    ["{ 'CONFIG' => 'CONFIG' }", []],
  ])('GLR177: %s', (renamed, expected) => {
    expect(marked('GLR177', `${SENTINEL}redis['rename_commands'] = ${renamed}\n`)).toEqual(expected);
    expect(marked('GLR177', `redis['rename_commands'] = ${renamed}\n`)).toEqual([]);
  });
});

describe('master and role (GLR176)', () => {
  it.each([
    ['redis_replica_role', 'true', 1],
    ['redis_replica_role', 'false', 0],
    ['redis_master_role', 'false', 1],
    ['redis_master_role', 'true', 0],
    ['application_role', 'false', 0],
  ])('%s with %s', (role, value, count) => {
    expect(findingsOf('GLR176', `roles ['${role}']\nredis['master'] = ${value}\n`)).toHaveLength(count);
  });
});
