import type { ServiceContext } from '../core/context';
import { privateFile } from '../core/file';
import type { NodeFile } from '../core/file';
import { listenAddresses } from '../core/placement';
import { redisWord } from '../core/notation/quote';
import { REDIS_USER } from './account';
import { firstMasterAddress } from './first-master';
import { REDIS_PASSWORD } from './secrets';
import { REDIS_SETTINGS } from './settings';

const HOME = '/var/opt/gitlab/redis';

/**
 * The part of redis.conf that does not depend on who is master. At every start the node's `redis-role` asks the
 * Sentinels and writes redis.conf from it: a node that comes back must not believe what it was before.
 */
export function renderRedis(context: ServiceContext): readonly NodeFile[] {
  return [privateFile(`${HOME}/redis.base.conf`, redisBase(context), REDIS_USER)];
}

/** Where scripts reach it, and who is master as long as no Sentinel knows better. */
export function redisEnvironment(context: ServiceContext): Readonly<Record<string, string | number>> {
  const { port, masterName } = context.settings(REDIS_SETTINGS);
  return {
    LAB_REDIS_PORT: port,
    LAB_REDIS_MASTER_NAME: masterName,
    LAB_REDIS_INITIAL_MASTER: firstMasterAddress(context),
  };
}

function redisBase({ node, secret, settings }: ServiceContext): string {
  const redis = settings(REDIS_SETTINGS);
  const password = redisWord(secret(REDIS_PASSWORD));
  return lines([
    `bind ${listenAddresses(redis.bind, node).join(' ')}`,
    `port ${redis.port}`,
    'daemonize no',
    'logfile ""',
    `dir ${HOME}`,
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
