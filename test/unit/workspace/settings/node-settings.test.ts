import { describe, expect, test } from 'vitest';
import type { NodeSettings } from '../../../../src/services/settings';
import { brief, read, readWith, rolesOf, workspace } from '../workspace-sample';

/** The settings of node1 with further lines in its gitlab.rb. */
async function settingsWith(lines: string): Promise<NodeSettings> {
  const { spec, findings } = await readWith(lines);
  expect(findings.map(brief)).toEqual([]);
  const settings = spec?.nodes[0]?.settings;
  if (settings === undefined) throw new Error('node1 has no settings');
  return settings;
}

describe('what gitlab.rb sets reaches the settings', () => {
  test.each<[string, unknown]>([
    ["patroni['port'] = '8009'", { patroni: { restPort: 8009 } }],
    ["patroni['ttl'] = 30", { patroni: { ttl: 30 }, timings: { patroniTtl: 30 } }],
    ["patroni['loop_wait'] = 10", { patroni: { loopWait: 10 }, timings: { patroniLoopWait: 10 } }],
    [
      "patroni['retry_timeout'] = 10",
      { patroni: { retryTimeout: 10 }, timings: { patroniRetryTimeout: 10 } },
    ],
    ["patroni['maximum_lag_on_failover'] = 2_097_152", { patroni: { maximumLagOnFailover: 2097152 } }],
    [
      "patroni['master_start_timeout'] = 300",
      { patroni: { primaryStartTimeout: 300 }, timings: { patroniPrimaryStartTimeout: 300 } },
    ],
    ["patroni['use_pg_rewind'] = false", { patroni: { usePgRewind: false } }],
    ["patroni['use_slots'] = false", { patroni: { useSlots: false } }],
    [
      "patroni['consul']['checks'] = []",
      { patroni: { sessionFollowsGossip: false }, timings: { patroniSessionFollowsGossip: false } },
    ],
    ["patroni['consul']['checks'] = ['serfHealth']", { patroni: { sessionFollowsGossip: true } }],
    ["postgresql['max_connections'] = 200", { postgresql: { maxConnections: 200 } }],
    [
      "patroni['postgresql'] = { max_connections: 300 }\npostgresql['max_connections'] = 200",
      { postgresql: { maxConnections: 300 } },
    ],
    ["patroni['postgresql']['max_wal_senders'] = 7", { postgresql: { maxWalSenders: 7 } }],
    ["postgresql['shared_buffers'] = '128MB'", { postgresql: { sharedBuffers: '128MB' } }],
    ["postgresql['wal_keep_segments'] = 20", { postgresql: { walKeepSize: '320MB' } }],
    ["postgresql['wal_keep_size'] = 160", { postgresql: { walKeepSize: '160MB' } }],
    [
      "postgresql['synchronous_commit'] = 'remote_apply'",
      { postgresql: { synchronousCommit: 'remote_apply' } },
    ],
    ["postgresql['work_mem'] = '8MB'", { postgresql: { parameters: { work_mem: '8MB' } } }],
    ["postgresql['log_checkpoints'] = true", { postgresql: { parameters: { log_checkpoints: 'on' } } }],
    [
      "postgresql['trust_auth_cidr_addresses'] = %w(127.0.0.1/32)",
      { postgresql: { passwordNetworks: ['172.30.0.0/24', '127.0.0.1/32'] } },
    ],
    ["pgbouncer['pool_mode'] = 'session'", { pgbouncer: { poolMode: 'session' } }],
    ["pgbouncer['max_client_conn'] = '512'", { pgbouncer: { maxClientConnections: 512 } }],
    ["pgbouncer['listen_addr'] = '172.30.0.11'", { pgbouncer: { listenAddress: '172.30.0.11' } }],
    ["pgbouncer['listen_addr'] = '127.0.0.1'", { pgbouncer: { listenAddress: '127.0.0.1' } }],
    ["redis['maxmemory'] = '256mb'", { redis: { maxMemory: '256mb' } }],
    ["redis['maxmemory_policy'] = 'allkeys-lru'", { redis: { maxMemoryPolicy: 'allkeys-lru' } }],
    ["redis['bind'] = '172.30.0.11 127.0.0.1'", { redis: { bind: '172.30.0.11 127.0.0.1' } }],
    ["sentinel['quorum'] = 3", { sentinel: { quorum: 3 } }],
    [
      "sentinel['down_after_milliseconds'] = 10000",
      { sentinel: { downAfterMs: 10000 }, timings: { sentinelDownAfterMs: 10000 } },
    ],
    [
      "consul['configuration'] = { performance: { raft_multiplier: 5 }, 'log_level' => 'DEBUG' }",
      { consul: { raftMultiplier: 5, logLevel: 'debug' }, timings: { consulRaftMultiplier: 5 } },
    ],
    [
      "consul['configuration'] = { gossip_lan: { probe_interval: '1s', probe_timeout: '500ms', suspicion_mult: 4 } }",
      { timings: { consulProbeIntervalMs: 1000, consulProbeTimeoutMs: 500, consulSuspicionMultiplier: 4 } },
    ],
  ])('%s', async (line, expected) => {
    expect(await settingsWith(`${line}\n`)).toMatchObject(expected as Record<string, unknown>);
  });

  test("nil keeps the lab's default", async () => {
    const [touched, untouched] = [await settingsWith("patroni['ttl'] = nil\n"), await settingsWith('')];
    expect(touched).toEqual(untouched);
  });

  test("redis['master'] written out wins over the roles", async () => {
    const { spec } = await read({
      'nodes/node1/gitlab.rb': `${rolesOf(1)}`,
      'nodes/node2/gitlab.rb': `${rolesOf(1)}redis['master'] = true\n`,
    });
    expect(spec?.nodes.map((one) => one.settings.redis.initialMaster)).toEqual([false, true, false]);
  });
});

describe('values that do not fit are errors with a remedy', () => {
  test.each([
    [
      "patroni['ttl'] = '30s'",
      "patroni['ttl'] must be a whole number, not a text ('30s').",
      'Write a number from 1 to 3600.',
    ],
    [
      "patroni['ttl'] = 0",
      "patroni['ttl'] is 0, which is outside 1 to 3600.",
      'Write a number from 1 to 3600.',
    ],
    [
      "patroni['scope'] = 'a b'",
      "patroni['scope'] is 'a b', which is no plain name.",
      'Use letters, digits, "_", "." and "-" only.',
    ],
    [
      "patroni['use_slots'] = 'false'",
      "patroni['use_slots'] is the text 'false', and every text counts as true.",
      'Write true or false without quotes.',
    ],
    [
      "redis['port'] = 0",
      "redis['port'] is 0, which is outside 1 to 65535.",
      'Write a number from 1 to 65535.',
    ],
    [
      "redis['bind'] = '127.0.0.1'",
      "redis['bind'] is '127.0.0.1', where no other node reaches it.",
      "Use '0.0.0.0' or the node's own address.",
    ],
    [
      "pgbouncer['pool_mode'] = 'transactions'",
      "pgbouncer['pool_mode'] is 'transactions', which it does not know.",
      'Use one of: session, transaction, statement.',
    ],
    [
      "postgresql['shared_buffers'] = 'lots'",
      "postgresql['shared_buffers'] is 'lots', which is no size.",
      "Write a number and a unit (kB, MB, GB), for example '256MB'.",
    ],
    [
      'postgresql[\'work_mem\'] = "1MB\\nlogging = on"',
      "postgresql['work_mem'] holds control characters or is too long.",
      'Write it on one line.',
    ],
    [
      "postgresql['md5_auth_cidr_addresses'] = %w(10.0.0.1)",
      "postgresql['md5_auth_cidr_addresses'] holds '10.0.0.1', which does not belong there.",
      'Correct this element.',
    ],
    [
      "postgresql['md5_auth_cidr_addresses'] = %w(10.0.0.0/99)",
      "postgresql['md5_auth_cidr_addresses'] holds '10.0.0.0/99', which does not belong there.",
      'Correct this element.',
    ],
    [
      "gitlab_rails['db_username'] = 'gitlab-psql'",
      "gitlab_rails['db_username'] is 'gitlab-psql', an account that the cluster needs for itself.",
      "Choose another name, for example 'gitlab'.",
    ],
    [
      "gitlab_rails['db_username'] = 'gitlab_replicator'",
      "gitlab_rails['db_username'] is 'gitlab_replicator', an account that the cluster needs for itself.",
      "Choose another name, for example 'gitlab'.",
    ],
    [
      "postgresql['sql_user'] = 'pgbouncer'",
      "postgresql['sql_user'] is 'pgbouncer', an account that the cluster needs for itself.",
      "Choose another name, for example 'gitlab'.",
    ],
    [
      "gitlab_rails['db_username'] = 'pg_foo'",
      "gitlab_rails['db_username'] is 'pg_foo'; PostgreSQL keeps pg_… for its own roles.",
      "Choose another name, for example 'gitlab'.",
    ],
    [
      "gitlab_rails['db_username'] = 'public'",
      "gitlab_rails['db_username'] is 'public', a word that names no account.",
      "Choose another name, for example 'gitlab'.",
    ],
    [
      "gitlab_rails['db_username'] = 'none'",
      "gitlab_rails['db_username'] is 'none', a word that names no account.",
      "Choose another name, for example 'gitlab'.",
    ],
    [
      `gitlab_rails['db_username'] = '${'u'.repeat(64)}'`,
      "gitlab_rails['db_username'] has 64 bytes, and PostgreSQL keeps 63 of a name.",
      'Use at most 63 letters.',
    ],
    ...['template0', 'template1', 'postgres'].map((database): [string, string, string] => [
      `gitlab_rails['db_database'] = '${database}'`,
      `gitlab_rails['db_database'] is '${database}', a database that PostgreSQL makes for itself.`,
      "Choose another name, for example 'gitlabhq_production'.",
    ]),
    [
      "gitlab_rails['db_database'] = 'pgbouncer'",
      "gitlab_rails['db_database'] is 'pgbouncer', a word that names no database.",
      "Choose another name, for example 'gitlabhq_production'.",
    ],
    [
      `gitlab_rails['db_database'] = '${'d'.repeat(64)}'`,
      "gitlab_rails['db_database'] has 64 bytes, and PostgreSQL keeps 63 of a name.",
      'Use at most 63 letters.',
    ],
    ...['.', '..'].map((scope): [string, string, string] => [
      `patroni['scope'] = '${scope}'`,
      `patroni['scope'] is '${scope}', which leads to another path in Consul.`,
      "Write a name, for example 'gitlab'.",
    ]),
    [
      "consul['configuration'] = { datacenter: 'd.c' }",
      "consul['configuration']['datacenter'] is 'd.c', which Consul refuses.",
      "Use letters, digits, '-' and '_' only, for example 'gitlab_consul'.",
    ],
    [
      "consul['configuration'] = { retry_join: %w(172.30.0.12, 172.30.0.13) }",
      "consul['configuration']['retry_join'] holds '172.30.0.12,', which does not belong there.",
      'Correct this element. %w(...) takes no commas.',
    ],
    [
      "consul['configuration'] = true",
      "consul['configuration'] must be a hash, not a boolean.",
      'Write a hash: { key => value }.',
    ],
  ])('%s', async (line, message, remedy) => {
    const { spec, findings } = await readWith(`${line}\n`);
    expect(findings).toMatchObject([
      { code: 'LAB002', severity: 'error', message, remedy, range: { start: { line: 1 } } },
    ]);
    expect(spec).toBeUndefined();
  });

  test.each([
    ["roles ['patroni']", 'GitLab knows no role "patroni".', 'LAB030'],
    [
      'roles %w[redis_master_role redis_replica_role]',
      'A node cannot have both redis_master_role and redis_replica_role.',
      'LAB030',
    ],
    ["roles [ENV['ROLE']]", 'The roles cannot be known here: it reads the environment (ENV).', 'LAB001'],
  ])('%s', async (line, message, code) => {
    const { findings } = await read({ 'nodes/node1/gitlab.rb': line });
    expect(findings).toContainEqual(expect.objectContaining({ code, severity: 'error', message }));
  });

  test('a whole hash that is not known is one error, not one for each of its keys', async () => {
    const { findings } = await readWith("consul['configuration'] = JSON.parse('{}')\n");
    expect(findings.map(brief)).toEqual([
      "error LAB001 nodes/node1/gitlab.rb:2 consul['configuration']['server'] (and 8 more) cannot be evaluated: it calls JSON.parse.",
    ]);
  });
});

describe('what the lab does not use is said, never dropped', () => {
  test.each([
    ["nginx['gzip_enabled'] = true", 'LAB010', "nginx['gzip_enabled'] is not used by the lab."],
    ["pages_external_url 'http://x'", 'LAB010', 'pages_external_url is not used by the lab.'],
    [
      "patroni['tags'] = { 'nofailover' => true }",
      'LAB010',
      "patroni['tags']['nofailover'] is not used by the lab.",
    ],
    ["patroni['synchronous_mode'] = true", 'LAB010', "patroni['synchronous_mode'] is not used by the lab."],
    ["patroni['enabled'] = true", 'LAB010', "patroni['enabled'] is not used by the lab."],
    ["redis['password'] = 'x'", 'LAB011', "redis['password'] is replaced by the lab's own secret."],
    [
      "gitlab_rails['db_password'] = ENV['P']",
      'LAB011',
      "gitlab_rails['db_password'] is replaced by the lab's own secret.",
    ],
    [
      "pgbouncer['users']['pgbouncer']['password'] = 'x'",
      'LAB011',
      "pgbouncer['users']['pgbouncer']['password'] is replaced by the lab's own secret.",
    ],
    [
      "consul['encryption_key'] = 'x'",
      'LAB011',
      "consul['encryption_key'] is replaced by the lab's own secret.",
    ],
    [
      "patroni['connect_address'] = '172.30.0.11'",
      'LAB012',
      "patroni['connect_address'] has no effect in the lab: cluster.yaml decides it.",
    ],
  ])('%s', async (line, code, message) => {
    const { spec, findings } = await readWith(`${line}\n`);
    expect(findings).toMatchObject([
      { code, severity: 'information', message, range: { start: { line: 1 } } },
    ]);
    expect(spec).toBeDefined();
  });

  test('what is about Consul as the store of who leads is decided by cluster.yaml, where that chooses etcd', async () => {
    const path = 'nodes/node1/gitlab.rb';
    const changes = {
      'cluster.yaml': [...workspace()].find(([file]) => file === 'cluster.yaml')?.[1].concat('dcs: etcd\n'),
      [path]: `${rolesOf(0)}patroni['consul']['checks'] = []\n`,
    };
    const { spec, findings } = await read(changes);
    expect(findings.map(brief)).toEqual([
      `information LAB012 ${path}:2 patroni['consul']['checks'] has no effect in the lab: cluster.yaml decides it.`,
    ]);
    expect(spec?.nodes[0]?.settings.patroni.sessionFollowsGossip).toBe(true);
  });
});
