import type { RenderContext, Renderer } from './context';
import { PATHS } from './paths';
import { listenAddresses } from '../../services/core/placement';
import { redisWord } from '../../services/core/quote';
import { REDIS_USER } from './users';

/**
 * The part of redis.conf that does not depend on who is master. At every start the node's `redis-role` asks the
 * Sentinels and writes redis.conf from it: a node that comes back must not believe what it was before.
 */
export const renderRedis: Renderer = (context) => [
  { path: PATHS.redisBase, content: redisBase(context), mode: 0o600, ...REDIS_USER },
];

function redisBase({ node, secrets, settings }: RenderContext): string {
  const { redis } = settings;
  const password = redisWord(secrets.redis);
  return lines([
    `bind ${listenAddresses(redis.bind, node).join(' ')}`,
    `port ${redis.port}`,
    'daemonize no',
    'logfile ""',
    `dir ${PATHS.redisHome}`,
    `requirepass ${password}`,
    `masterauth ${password}`,
    `replica-announce-ip ${node.address}`,
    `replica-announce-port ${redis.port}`,
    '# Snapshots as the package takes them.',
    'save 900 1',
    'save 300 10',
    'save 60 10000',
    'appendonly no',
    `maxmemory ${redis.maxMemory}`,
    `maxmemory-policy ${redis.maxMemoryPolicy}`,
    '# A master cut off from its replicas stops taking writes that a failover would lose.',
    `min-replicas-to-write ${redis.minReplicasToWrite}`,
    `min-replicas-max-lag ${redis.minReplicasMaxLag}`,
    '# Replicas are fed at once, without a detour over the disk.',
    'repl-diskless-sync yes',
    'repl-diskless-sync-delay 0',
    'repl-ping-replica-period 2',
    'repl-timeout 10',
    'tcp-keepalive 10',
  ]);
}

function lines(content: readonly string[]): string {
  return `${content.join('\n')}\n`;
}
