import { describe, expect, it } from 'vitest';
import { inWords } from '../../../src/services/core/effect';
import { isServiceFile, programNeeds, waitingProgram } from '../../../src/services/effects';
import { renderNode } from '../../../src/lab/render';
import type { NodeSettings } from '../../../src/services/settings';
import { fileChanges } from '../../../src/lab/plan/effects/file-changes';
import { textsOf } from '../../../src/lab/plan/effects/in-force';
import type { FileTexts } from '../../../src/lab/plan/effects/in-force';
import { PATHS } from '../../../src/lab/render/paths';
import { sampleContext } from '../lab/render/sample-context';

type Change = Partial<{ [S in keyof NodeSettings]: Partial<NodeSettings[S]> }>;

/** The files of a node whose settings differ so. */
function filesWith(change: Change): FileTexts {
  const changed = (settings: NodeSettings): NodeSettings => {
    const parts = Object.entries(change).map(([name, part]) => [
      name,
      { ...settings[name as keyof NodeSettings], ...part },
    ]);
    return { ...settings, ...(Object.fromEntries(parts) as Partial<NodeSettings>) };
  };
  return textsOf(renderNode(sampleContext({ change: changed })));
}

/** `program need`, with what else matters of it. */
function needs(before: FileTexts, after: FileTexts): string[] {
  const said = programNeeds(fileChanges(before, after)).map(
    ({ program, need, handsOver = [], leaderFirst }) =>
      `${program} ${need}${need === 'restart' && handsOver.length > 0 ? ` after ${handsOver.join(', ')}` : ''}${
        leaderFirst === true ? ', leader first' : ''
      }`,
  );
  return [...new Set(said)].sort();
}

const SETTINGS: readonly (readonly [string, Change, readonly string[]])[] = [
  [
    'a higher max_connections',
    { postgresql: { maxConnections: 500 } },
    ['patroni reload', 'postgresql restart after patroni'],
  ],
  [
    'a lower max_connections',
    { postgresql: { maxConnections: 300 } },
    ['patroni reload', 'postgresql restart after patroni, leader first'],
  ],
  [
    'fewer senders',
    { postgresql: { maxWalSenders: 5 } },
    ['patroni reload', 'postgresql restart after patroni, leader first'],
  ],
  [
    'fewer slots: no limit that a standby must keep',
    { postgresql: { maxReplicationSlots: 4 } },
    ['patroni reload', 'postgresql restart after patroni'],
  ],
  [
    'other shared_buffers',
    { postgresql: { sharedBuffers: '96MB' } },
    ['patroni reload', 'postgresql restart after patroni'],
  ],
  ['other work_mem', { postgresql: { parameters: { work_mem: '8MB' } } }, ['patroni reload']],
  [
    'more max_worker_processes',
    { postgresql: { parameters: { max_worker_processes: '12' } } },
    ['patroni reload', 'postgresql restart after patroni'],
  ],
  ['another wal_keep_size', { postgresql: { walKeepSize: '320MB' } }, ['patroni reload']],
  [
    'another port of PostgreSQL',
    { postgresql: { port: 5433 } },
    ['patroni together', 'pgbouncer-watch restart'],
  ],
  ['another account', { postgresql: { databaseUser: 'git' } }, ['patroni reload']],
  ['another ttl', { patroni: { ttl: 45 } }, ['patroni reload']],
  [
    'a session that outlives gossip',
    { patroni: { sessionFollowsGossip: false } },
    ['patroni restart after patroni'],
  ],
  ['another scope', { patroni: { scope: 'other' } }, ['patroni together', 'pgbouncer-watch restart']],
  ['another pool', { pgbouncer: { poolMode: 'session', defaultPoolSize: 30 } }, ['pgbouncer reload']],
  ['other addresses of PgBouncer', { pgbouncer: { listenAddress: '127.0.0.1' } }, ['pgbouncer restart']],
  [
    'another port of PgBouncer',
    { pgbouncer: { port: 6433 } },
    ['pgbouncer together', 'pgbouncer-watch restart'],
  ],
  ['a limit for Redis', { redis: { maxMemory: '64mb', maxMemoryPolicy: 'allkeys-lru' } }, ['redis reload']],
  [
    'another port of Redis',
    { redis: { port: 6380 } },
    ['redis together', 'redis-exporter restart', 'sentinel together'],
  ],
  [
    'another name of the master',
    { redis: { masterName: 'other' } },
    ['redis together', 'sentinel reload', 'sentinel together'],
  ],
  ['another quorum', { sentinel: { quorum: 3 } }, ['sentinel reload']],
  ['other addresses of Sentinel', { sentinel: { bind: '127.0.0.1' } }, ['sentinel restart']],
  ['a talkative Consul', { consul: { logLevel: 'debug' } }, ['consul reload']],
  ['a patient Raft', { consul: { raftMultiplier: 5 } }, ['consul restart after patroni']],
  ['more servers at the beginning', { consul: { bootstrapExpect: 5 } }, ['consul nothing']],
  ['another datacenter', { consul: { datacenter: 'other' } }, ['consul together']],
  ['an option of the exporter', { redisExporter: { flags: { debug: 'true' } } }, ['redis-exporter restart']],
];

describe('what a changed setting asks of the programs', () => {
  it.each(SETTINGS)('%s', (_name, change, expected) => {
    expect(needs(filesWith({}), filesWith(change))).toEqual([...expected].sort());
  });

  it.each([
    ['haproxy.cfg', '/etc/haproxy/haproxy.cfg', ['haproxy reload']],
    ['keepalived.conf', '/etc/keepalived/keepalived.conf', ['keepalived reload']],
  ])('%s', (_name, path, expected) => {
    const before = filesWith({});
    expect(needs(before, { ...before, [path]: `${before[path]}\n# more\n` })).toEqual(expected);
  });

  it.each([
    ['/var/opt/gitlab/gitlab-rails/etc/gitlab_workhorse_secret', ['gitlab-workhorse restart']],
    ['/var/opt/gitlab/gitlab-workhorse/options', ['gitlab-workhorse restart']],
    ['/var/opt/gitlab/gitlab-rails/etc/puma.rb', ['puma restart']],
    ['/var/opt/gitlab/gitlab-rails/etc/standin.json', ['puma restart', 'sidekiq restart']],
    ['/etc/swift/proxy-server.conf.d/20-accounts.conf', ['object-storage restart']],
    ['/etc/gitlab/ssl/gitlab.example.com.crt', ['nginx reload']],
  ])('%s asks it of those who read it', (path, expected) => {
    const said = programNeeds([{ path, before: 'a', after: 'b' }]);
    expect(said.map(({ program, need }) => `${program} ${need}`).sort()).toEqual(expected);
  });

  const reasonsOf = (path: string): readonly string[] =>
    programNeeds([{ path, before: 'a', after: 'b' }]).map(({ because }) => because.toString());

  it('says why in words, and nothing that is secret', () => {
    const said = programNeeds(
      fileChanges(filesWith({}), filesWith({ postgresql: { maxConnections: 300 } })),
    ).map(({ because }) => because);
    expect(new Set(said)).toEqual(new Set(['max_connections changes from 400 to 300']));
    expect(reasonsOf('/var/opt/gitlab/sidekiq/options')).toEqual(['options of Sidekiq change']);
    expect(reasonsOf('/var/opt/gitlab/gitlab-workhorse/options')).toEqual(['options of Workhorse change']);
    expect(reasonsOf('/var/opt/gitlab/gitlab-rails/etc/puma.rb')).toEqual(['puma.rb of Puma changes']);
    // Lists that only differ behind what there is room for.
    const long = { name: 'pg_hba', before: `${'x'.repeat(80)}1`, after: `${'x'.repeat(80)}2` };
    expect(inWords(long).toString()).toBe('pg_hba changes');
    const before = filesWith({});
    const other = Object.fromEntries(
      Object.entries(before).map(([path, text]) => [path, text.replaceAll(/secret-[a-z]+/g, 'another-one')]),
    );
    const told = JSON.stringify(programNeeds(fileChanges(before, other)));
    expect(told).not.toContain('another-one');
    expect(told).not.toContain('secret-');
  });
});

describe('the files of a node', () => {
  it('each belong to a service that says what their change means, or are read by no running program', () => {
    const unclaimed = Object.keys(filesWith({})).filter((path) => !isServiceFile(path));
    expect(unclaimed.sort()).toEqual(
      [PATHS.environment, PATHS.settings, PATHS.secrets, PATHS.gitlabRb, PATHS.authority]
        .sort()
        .filter((path) => path in filesWith({})),
    );
  });
});

describe('a program that waits for its next start', () => {
  it('is known by the name the node has for it', () => {
    expect(waitingProgram('postgresql')).toEqual({
      title: 'PostgreSQL',
      handsOver: ['patroni'],
      remedy: 'gitlab-ctl patroni restart',
    });
    expect(waitingProgram('patroni')).toBeUndefined();
  });
});
