import { describe, expect, it } from 'vitest';
import { renderRedis } from '../../../../src/services/redis/render';
import { contentOf, sampleService } from '../../lab/render/sample-context';

const lines = (text: string): readonly string[] =>
  text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

describe('Redis', () => {
  it('is configured like this, without saying who is master', () => {
    const text = contentOf(
      renderRedis(sampleService({ node: 'node3' })),
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
