import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { renderPatroni } from '../../../../src/services/patroni/render';
import { scramVerifier } from '../../../../src/services/core/scram';
import { contentOf, sampleService, SECRETS } from '../../lab/render/sample-context';

type Choices = Parameters<typeof sampleService>[0];
const yaml = (choices?: Choices): Record<string, unknown> =>
  parse(contentOf(renderPatroni(sampleService(choices)), '/var/opt/gitlab/patroni/patroni.yaml')) as never;
const roles = (choices?: Choices): string =>
  contentOf(renderPatroni(sampleService(choices)), '/var/opt/gitlab/patroni/roles.sql');

describe('dcs.json', () => {
  it.each(['fast', 'production'] as const)('is what a first start puts into the DCS (%s)', (timings) => {
    const files = renderPatroni(sampleService({ timings }));
    const applied: unknown = JSON.parse(contentOf(files, '/var/opt/gitlab/patroni/dcs.json'));
    expect(yaml({ timings })['bootstrap']).toEqual({ dcs: applied });
  });

  it('goes to the own REST interface with a password that only the owner reads', () => {
    const file = renderPatroni(sampleService()).find(({ path }) => path.endsWith('rest.curlrc'));
    expect(file).toMatchObject({
      mode: 0o600,
      content: 'url = "http://127.0.0.1:8008/config"\nuser = "patroni:secret-patroni"\n',
    });
  });
});

describe('patroni.yaml', () => {
  it('names the member and where it answers', () => {
    expect(yaml({ node: 'node3' })).toMatchObject({
      scope: 'postgresql-ha',
      namespace: '/service',
      name: 'node3',
      restapi: {
        listen: '0.0.0.0:8008',
        connect_address: '172.30.5.13:8008',
        authentication: { username: 'patroni', password: 'secret-patroni' },
      },
      postgresql: {
        listen: '172.30.5.13,127.0.0.1:5432',
        connect_address: '172.30.5.13:5432',
        data_dir: '/var/opt/gitlab/postgresql/data',
        use_unix_socket: true,
        use_unix_socket_repl: true,
        callbacks: {
          on_start: '/opt/gitlab/lab/patroni-callback',
          on_role_change: '/opt/gitlab/lab/patroni-callback',
        },
      },
    });
  });

  it('is YAML 1.1, as Patroni reads it: no text that its parser takes for a boolean or a number is bare', () => {
    const change: NonNullable<Choices>['change'] = (settings) => ({
      ...settings,
      postgresql: {
        ...settings.postgresql,
        parameters: { track_io_timing: 'on', TimeZone: 'no', x: '1_000' },
      },
    });
    const text = contentOf(renderPatroni(sampleService({ change })), '/var/opt/gitlab/patroni/patroni.yaml');
    expect(text).toContain('synchronous_commit: "on"');
    expect(text).toContain('wal_log_hints: "on"');
    expect((parse(text, { version: '1.1' }) as never)['postgresql']).toMatchObject({
      parameters: { synchronous_commit: 'on', jit: 'off', track_io_timing: 'on', TimeZone: 'no', x: '1_000' },
    });
    expect(parse(text, { version: '1.1' })).toEqual(parse(text));
  });

  it('gives Patroni programs that wait a moment instead of being asked again after a second', () => {
    expect(yaml()['postgresql']).toMatchObject({
      bin_dir: '/usr/lib/postgresql/17/bin',
      bin_name: { pg_ctl: '/opt/gitlab/lab/pg_ctl', pg_isready: '/opt/gitlab/lab/pg_isready' },
    });
  });

  it('lets the session die with the gossip only with fast timings', () => {
    const url = 'http://127.0.0.1:8500';
    expect(yaml()['consul']).toMatchObject({ url, register_service: true, checks: ['serfHealth'] });
    expect(yaml({ timings: 'production' })['consul']).toMatchObject({ url, checks: [] });
  });

  it('asks etcd instead where cluster.yaml chooses it: all members, by the API of version 3', () => {
    expect(yaml({ dcs: 'etcd' })['etcd3']).toEqual({
      hosts: ['172.30.5.11:2379', '172.30.5.12:2379', '172.30.5.13:2379'],
    });
    const placed = { coordination: ['node3'] } as const;
    expect(yaml({ dcs: 'etcd', placed })['etcd3']).toEqual({ hosts: ['172.30.5.13:2379'] });
    expect([yaml({ dcs: 'etcd' })['consul'], yaml()['etcd3']]).toEqual([undefined, undefined]);
  });

  it.each([
    ['fast', { ttl: 20, loop_wait: 1, retry_timeout: 3, primary_start_timeout: 0 }],
    ['production', { ttl: 30, loop_wait: 10, retry_timeout: 10, primary_start_timeout: 300 }],
  ] as const)('puts the %s timings into the DCS', (timings, expected) => {
    expect(yaml({ timings })['bootstrap']).toMatchObject({
      dcs: {
        ...expected,
        maximum_lag_on_failover: 1_048_576,
        synchronous_mode: true,
        synchronous_mode_strict: false,
        synchronous_node_count: 1,
        postgresql: {
          use_pg_rewind: true,
          use_slots: true,
          parameters: { max_connections: 400, wal_level: 'replica', wal_log_hints: 'on' },
        },
      },
    });
  });

  it('admits by socket user or password, replicas and superuser from database nodes only, nobody by trust', () => {
    const { pg_hba } = yaml()['postgresql'] as { pg_hba: string[] };
    expect(pg_hba).toEqual([
      'local all gitlab-psql peer map=lab',
      'local replication gitlab_replicator peer map=lab',
      'host replication gitlab_replicator 127.0.0.1/32 scram-sha-256',
      'host replication gitlab_replicator 172.30.5.11/32 scram-sha-256',
      'host replication gitlab_replicator 172.30.5.12/32 scram-sha-256',
      'host replication gitlab_replicator 172.30.5.13/32 scram-sha-256',
      'host all gitlab-psql 172.30.5.11/32 scram-sha-256',
      'host all gitlab-psql 172.30.5.12/32 scram-sha-256',
      'host all gitlab-psql 172.30.5.13/32 scram-sha-256',
      'host all gitlab-psql 0.0.0.0/0 reject',
      'host all gitlab_replicator 0.0.0.0/0 reject',
      'host all pgbouncer 172.30.5.11/32 scram-sha-256',
      'host all pgbouncer 172.30.5.12/32 scram-sha-256',
      'host all pgbouncer 172.30.5.13/32 scram-sha-256',
      'local all gitlab scram-sha-256',
      'host all all 172.30.5.0/24 scram-sha-256',
      'host all all 127.0.0.1/32 scram-sha-256',
    ]);
  });

  it('admits the superuser from a node with Git storage and no database to where Praefect is made, only', () => {
    const { pg_hba } = yaml({ layers: ['git'], placed: { database: ['node1'], git: ['node1', 'node2'] } })[
      'postgresql'
    ] as { pg_hba: string[] };
    expect(pg_hba.filter((line) => line.includes('gitlab-psql'))).toEqual([
      'local all gitlab-psql peer map=lab',
      'host all gitlab-psql 172.30.5.11/32 scram-sha-256',
      'host postgres,praefect_production gitlab-psql 172.30.5.12/32 scram-sha-256',
      'host all gitlab-psql 0.0.0.0/0 reject',
    ]);
  });

  it('misses a client that vanished with locks within seconds, and ends a forgotten transaction as the package does', () => {
    expect(yaml()['postgresql']).toMatchObject({
      parameters: {
        tcp_keepalives_idle: 3,
        tcp_keepalives_interval: 1,
        tcp_keepalives_count: 3,
        tcp_user_timeout: '6s',
        idle_in_transaction_session_timeout: '60s',
      },
    });
  });

  it('lets parameters of gitlab.rb win over its own', () => {
    const parameters = { jit: 'on', work_mem: '16MB' };
    const change: NonNullable<Choices>['change'] = (settings) => ({
      ...settings,
      postgresql: { ...settings.postgresql, parameters },
    });
    expect(yaml()['postgresql']).toMatchObject({ parameters: { jit: 'off', shared_buffers: '64MB' } });
    expect(yaml({ change })['postgresql']).toMatchObject({ parameters });
  });
});

describe('roles.sql', () => {
  it('knows verifiers, not passwords', () => {
    const text = roles();
    for (const secret of Object.values(SECRETS)) expect(text).not.toContain(secret);
    for (const [role, password] of [
      ['gitlab-psql', 'secret-superuser'],
      ['gitlab_replicator', 'secret-replication'],
      ['pgbouncer', 'secret-pgbouncer'],
      ['gitlab', 'secret-application'],
    ] as const)
      expect(text).toContain(`ALTER ROLE "${role}" PASSWORD '${scramVerifier(role, password)}';`);
  });

  it('quotes the names gitlab.rb gives', () => {
    const text = roles({
      change: (settings) => ({
        ...settings,
        postgresql: { ...settings.postgresql, databaseName: "o'db", databaseUser: 'a"b' },
      }),
    });
    expect(text).toContain(`CREATE ROLE "a""b" LOGIN;`);
    expect(text).toContain(`WHERE datname = 'o''db'`);
  });
});
