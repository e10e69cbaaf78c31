import { describe, expect, it } from 'vitest';
import { renderRedis } from '../../../../src/lab/render/redis';
import { renderSentinel } from '../../../../src/lab/render/sentinel';
import type { NodeSettings } from '../../../../src/services/settings';
import { contentOf, sampleContext } from './sample-context';

const lines = (text: string): readonly string[] =>
  text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

describe('Redis', () => {
  it('is configured like this, without saying who is master', () => {
    const text = contentOf(
      renderRedis(sampleContext({ node: 'node3' })),
      '/var/opt/gitlab/redis/redis.base.conf',
    );
    expect(lines(text)).toEqual([
      'bind 172.30.5.13 127.0.0.1',
      'port 6379',
      'daemonize no',
      'logfile ""',
      'dir /var/opt/gitlab/redis',
      'requirepass "secret-redis"',
      'masterauth "secret-redis"',
      'replica-announce-ip 172.30.5.13',
      'replica-announce-port 6379',
      'save 900 1',
      'save 300 10',
      'save 60 10000',
      'appendonly no',
      'maxmemory 0',
      'maxmemory-policy noeviction',
      'min-replicas-to-write 1',
      'min-replicas-max-lag 5',
      'repl-diskless-sync yes',
      'repl-diskless-sync-delay 0',
      'repl-ping-replica-period 2',
      'repl-timeout 10',
      'tcp-keepalive 10',
    ]);
  });
});

describe('Sentinel', () => {
  const sentinel = (...arguments_: Parameters<typeof sampleContext>) =>
    lines(
      contentOf(renderSentinel(sampleContext(...arguments_)), '/var/opt/gitlab/sentinel/sentinel.base.conf'),
    );

  it('starts from this', () => {
    expect(sentinel({ node: 'node2' })).toEqual([
      'bind 172.30.5.12 127.0.0.1',
      'port 26379',
      'daemonize no',
      'logfile ""',
      'dir /var/opt/gitlab/sentinel',
      'protected-mode no',
      'requirepass "secret-redis"',
      'sentinel sentinel-pass "secret-redis"',
      'sentinel announce-ip 172.30.5.12',
      'sentinel announce-port 26379',
      'sentinel monitor "gitlab-redis" 172.30.5.11 6379 2',
      'sentinel auth-pass "gitlab-redis" "secret-redis"',
      'sentinel down-after-milliseconds "gitlab-redis" 1500',
      'sentinel failover-timeout "gitlab-redis" 5000',
      'sentinel parallel-syncs "gitlab-redis" 1',
      'sentinel deny-scripts-reconfig yes',
    ]);
  });

  it('monitors the node that is configured as the first master', () => {
    const secondIsMaster = sampleContext();
    const withMaster = (settings: NodeSettings | undefined, initialMaster: boolean): NodeSettings => {
      if (!settings) throw new Error('no settings');
      return { ...settings, redis: { ...settings.redis, initialMaster } };
    };
    const allSettings = {
      node1: withMaster(secondIsMaster.allSettings['node1'], false),
      node2: withMaster(secondIsMaster.allSettings['node2'], true),
      node3: withMaster(secondIsMaster.allSettings['node3'], false),
    };
    const [file] = renderSentinel({ ...secondIsMaster, allSettings });
    expect(file?.content).toContain('sentinel monitor "gitlab-redis" 172.30.5.12 6379 2');
  });

  it("waits as long as the package's in the production profile", () => {
    expect(sentinel({ timings: 'production' })).toContain(
      'sentinel down-after-milliseconds "gitlab-redis" 10000',
    );
  });
});
