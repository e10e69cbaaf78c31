import { describe, expect, it } from 'vitest';
import { serviceContext } from '../../../../src/lab/render/service-context';
import { renderSentinel } from '../../../../src/services/sentinel/render';
import type { NodeSettings } from '../../../../src/services/settings';
import { contentOf, sampleContext, sampleService } from '../../lab/render/sample-context';

const lines = (text: string): readonly string[] =>
  text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

describe('Sentinel', () => {
  const sentinel = (...arguments_: Parameters<typeof sampleService>) =>
    lines(
      contentOf(renderSentinel(sampleService(...arguments_)), '/var/opt/gitlab/sentinel/sentinel.base.conf'),
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
    const [file] = renderSentinel(serviceContext({ ...secondIsMaster, allSettings }));
    expect(file?.content).toContain('sentinel monitor "gitlab-redis" 172.30.5.12 6379 2');
  });

  it("waits as long as the package's in the production profile", () => {
    expect(sentinel({ timings: 'production' })).toContain(
      'sentinel down-after-milliseconds "gitlab-redis" 10000',
    );
  });
});
