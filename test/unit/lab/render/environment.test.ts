import { describe, expect, it } from 'vitest';
import { renderEnvironment } from '../../../../src/lab/render/environment';
import { renderGateway } from '../../../../src/lab/render/gateway';
import { contentOf, sampleContext } from './sample-context';

describe('lab.env', () => {
  it('tells the scripts of a node who is who', () => {
    expect(renderEnvironment(sampleContext({ node: 'node2' })).content).toBe(
      [
        "LAB_NAME='sample'",
        "LAB_VIP='172.30.5.100'",
        "LAB_NODE='node2'",
        "LAB_NODE_ADDRESS='172.30.5.12'",
        "LAB_CONSUL_SERVERS='3'",
        "LAB_CONSUL_PEERS='172.30.5.11 172.30.5.13'",
        "LAB_CONSUL_VOTERS='172.30.5.11 172.30.5.12 172.30.5.13'",
        "LAB_PATRONI_SCOPE='postgresql-ha'",
        "LAB_PATRONI_PORT='8008'",
        "LAB_POSTGRESQL_PORT='5432'",
        "LAB_DATABASE_NODES='node1=172.30.5.11 node2=172.30.5.12 node3=172.30.5.13'",
        "LAB_DATABASE='gitlabhq_production'",
        "LAB_PGBOUNCER_PORT='6432'",
        "LAB_REDIS_PORT='6379'",
        "LAB_REDIS_MASTER_NAME='gitlab-redis'",
        "LAB_REDIS_INITIAL_MASTER='172.30.5.11'",
        "LAB_SENTINELS='172.30.5.11 172.30.5.12 172.30.5.13'",
        "LAB_SENTINEL_PORT='26379'",
        "LAB_SENTINEL_QUORUM='2'",
        "LAB_SENTINEL_DOWN_AFTER_MS='1500'",
        "LAB_SENTINEL_FAILOVER_TIMEOUT_MS='5000'",
        "LAB_SENTINEL_INFO_PERIOD_MS='1000'",
        "LAB_SENTINEL_PING_PERIOD_MS='250'",
        "LAB_REDIS_FAILOVER_SECONDS='7'",
        '',
      ].join('\n'),
    );
  });

  it('quotes what gitlab.rb gives', () => {
    const context = sampleContext({
      change: (settings) => ({ ...settings, redis: { ...settings.redis, masterName: "a'; reboot #" } }),
    });
    expect(renderEnvironment(context).content).toContain(`LAB_REDIS_MASTER_NAME='a'\\''; reboot #'\n`);
  });

  it('of the gateway says only where the virtual address is', () => {
    const text = contentOf(renderGateway(sampleContext()), '/opt/gitlab/etc/lab.env');
    expect(text).toBe("LAB_NAME='sample'\nLAB_VIP='172.30.5.100'\n");
  });

  const PAGE = 'frontend page\n    mode http\n    bind 172.30.5.100:80\n';
  const TLS = 'frontend tls\n    mode http\n    bind 172.30.5.100:443 ssl crt /etc/x.pem\n';
  const SSH =
    'frontend ssh\n    bind 172.30.5.100:2200\n    default_backend sshd\nbackend sshd\n    server node1 172.30.5.11:2222\n';

  it.each([
    ['HTTP alone', PAGE, []],
    ['HTTP and SSH, without HTTPS', PAGE + SSH, ["LAB_SSH_PORT='2200'"]],
    [
      'HTTP and SSH elsewhere',
      PAGE.replace(':80', ':8080') + SSH,
      ["LAB_HTTP_PORT='8080'", "LAB_SSH_PORT='2200'"],
    ],
    ['all three', PAGE + TLS + SSH, ["LAB_HTTPS_PORT='443'", "LAB_SSH_PORT='2200'"]],
  ])('of the gateway says which entrances there are: %s', (_case, haproxyCfg, ports) => {
    const text = contentOf(renderGateway({ ...sampleContext(), haproxyCfg }), '/opt/gitlab/etc/lab.env');
    expect(text.trim().split('\n').slice(2)).toEqual(ports);
  });
});

describe('probe.json', () => {
  it("holds a client's view, and the application's passwords only", () => {
    const text = contentOf(renderGateway(sampleContext()), '/opt/gitlab/etc/probe.json');
    expect(JSON.parse(text)).toEqual({
      host: '172.30.5.100',
      postgres: {
        port: 6432,
        database: 'gitlabhq_production',
        user: 'gitlab',
        password: 'secret-application',
      },
      redis: { port: 6379, password: 'secret-redis' },
    });
  });

  it('leads where haproxy.cfg lets clients in, whatever ports the services have', () => {
    const haproxyCfg = [
      'frontend visitors\n    mode http\n    bind 172.30.5.100:8080',
      'frontend database\n    bind 172.30.5.100:5433\n    default_backend pool',
      'backend pool\n    server node1 172.30.5.11:6433',
      'frontend cache\n    bind 172.30.5.100:6379\n    default_backend redis',
      'backend redis\n    server node1 172.30.5.11:6380\n',
    ].join('\n');
    const context = sampleContext({
      change: (settings) => ({
        ...settings,
        pgbouncer: { ...settings.pgbouncer, port: 6433 },
        redis: { ...settings.redis, port: 6380 },
      }),
    });
    const files = renderGateway({ ...context, haproxyCfg });
    expect(JSON.parse(contentOf(files, '/opt/gitlab/etc/probe.json'))).toMatchObject({
      http: { port: 8080 },
      postgres: { port: 5433 },
      redis: { port: 6379 },
      ways: ['postgres', 'redis'],
    });
    expect(contentOf(files, '/opt/gitlab/etc/lab.env')).toContain("LAB_HTTP_PORT='8080'\n");
  });

  describe('where the application runs', () => {
    const layers = ['coordination', 'database', 'cache', 'access', 'git', 'application', 'objects'] as const;
    const backends = [
      'frontend ssh\n    bind 172.30.5.100:22\n    default_backend sshd',
      'backend sshd\n    server node1 172.30.5.11:2222 send-proxy-v2',
      'backend gitlab\n    mode http\n    server node1 172.30.5.11:80\n',
    ].join('\n');
    const ways = (frontend: string): Record<string, unknown> => {
      const context = sampleContext({ layers });
      const outside = [{ name: 'object-storage', address: '172.30.5.240' }];
      const cluster = { ...context.cluster, outside };
      const files = renderGateway({ ...context, cluster, haproxyCfg: `${frontend}\n${backends}` });
      return JSON.parse(contentOf(files, '/opt/gitlab/etc/probe.json')) as Record<string, unknown>;
    };

    it('visitors come in by HTTP, and objects go straight to the store', () => {
      const probe = ways(
        'frontend page\n    mode http\n    bind 172.30.5.100:8888\n    default_backend gitlab',
      );
      const token = expect.stringMatching(/^glpat-/) as string;
      const visitor = { port: 8888, token, domain: 'gitlab.example.com' };
      expect(probe).toMatchObject({ web: visitor, commit: visitor, job: visitor, 'git-ssh': { port: 22 } });
      expect(probe['web']).toEqual(visitor);
      expect(probe['object']).toMatchObject({ host: '172.30.5.240', port: 9000, region: 'us-east-1' });
      // Whether a cluster is whole is told by what is quickly tried.
      expect(probe['ways']).toBeUndefined();
    });

    it('visitors come in by TLS where the virtual address speaks it', () => {
      const probe = ways(
        'frontend page\n    mode http\n    bind 172.30.5.100:80\n    bind 172.30.5.100:443 ssl crt /etc/x.pem\n    default_backend gitlab',
      );
      expect([probe['web'], probe['job']]).toMatchObject([
        { port: 443, tls: true },
        { port: 443, tls: true },
      ]);
    });
  });

  it.each([
    ['nobody serves the virtual address', 'access', undefined],
    ['there is no database', 'database', ['redis']],
    ['there is no Redis', 'cache', ['postgres']],
  ] as const)('knows no way where %s', (_case, layer, ways) => {
    const haproxyCfg = [
      'frontend database\n    bind :6432\n    default_backend pool',
      'backend pool\n    server node1 172.30.5.11:6432',
      'frontend cache\n    bind :6379\n    default_backend redis',
      'backend redis\n    server node1 172.30.5.11:6379\n',
    ].join('\n');
    const files = renderGateway({ ...sampleContext({ without: [layer] }), haproxyCfg });
    const probe = JSON.parse(contentOf(files, '/opt/gitlab/etc/probe.json')) as { ways?: string[] };
    expect(probe.ways).toEqual(ways);
  });
});
