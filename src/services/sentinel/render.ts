import type { ServiceContext } from '../core/context';
import { privateFile } from '../core/file';
import type { NodeFile } from '../core/file';
import { listenAddresses, votersOf } from '../core/placement';
import { redisWord } from '../core/notation/quote';
import { REDIS_USER } from '../redis/account';
import { firstMasterAddress } from '../redis/first-master';
import { REDIS_PASSWORD } from '../redis/secrets';
import { REDIS_SETTINGS } from '../redis/settings';
import { SENTINEL_SETTINGS } from './settings';

const HOME = '/var/opt/gitlab/sentinel';

/**
 * What Sentinel starts from; it writes its memory (epochs, peers, the present master) into its own copy. Its password
 * is Redis' password: whoever may order a failover could read the data as well.
 */
export function renderSentinel(context: ServiceContext): readonly NodeFile[] {
  return [privateFile(`${HOME}/sentinel.base.conf`, sentinelBase(context), REDIS_USER)];
}

/** Who watches the master, and how: also for scripts of Redis, which ask the Sentinels before they start it. */
export function sentinelEnvironment(context: ServiceContext): Readonly<Record<string, string | number>> {
  const { port, quorum, downAfterMs, failoverTimeoutMs } = context.settings(SENTINEL_SETTINGS);
  return {
    LAB_SENTINELS: votersOf(context, 'cache')
      .map(({ address }) => address)
      .join(' '),
    LAB_SENTINEL_PORT: port,
    LAB_SENTINEL_QUORUM: quorum,
    LAB_SENTINEL_DOWN_AFTER_MS: downAfterMs,
    LAB_SENTINEL_FAILOVER_TIMEOUT_MS: failoverTimeoutMs,
    LAB_SENTINEL_INFO_PERIOD_MS: context.timings.sentinelInfoPeriodMs,
    // A Sentinel that pings only once per down-after period takes a master it has just turned to for down.
    LAB_SENTINEL_PING_PERIOD_MS: Math.min(1000, Math.max(100, Math.floor(downAfterMs / 6))),
    // How long a crashed master waits for another one: detection, election, and some patience.
    LAB_REDIS_FAILOVER_SECONDS: Math.ceil(downAfterMs / 1000) + 5,
  };
}

function sentinelBase(context: ServiceContext): string {
  const { node } = context;
  const redis = context.settings(REDIS_SETTINGS);
  const sentinel = context.settings(SENTINEL_SETTINGS);
  const name = redisWord(redis.masterName);
  const password = redisWord(context.secret(REDIS_PASSWORD));
  return [
    `bind ${listenAddresses(sentinel.bind, node).join(' ')}`,
    `port ${sentinel.port}`,
    'daemonize no',
    'logfile ""',
    `dir ${HOME}`,
    'protected-mode no',
    `requirepass ${password}`,
    `sentinel sentinel-pass ${password}`,
    `sentinel announce-ip ${node.address}`,
    `sentinel announce-port ${sentinel.port}`,
    `sentinel monitor ${name} ${firstMasterAddress(context)} ${redis.port} ${sentinel.quorum}`,
    `sentinel auth-pass ${name} ${password}`,
    `sentinel down-after-milliseconds ${name} ${sentinel.downAfterMs}`,
    `sentinel failover-timeout ${name} ${sentinel.failoverTimeoutMs}`,
    `sentinel parallel-syncs ${name} 1`,
    'sentinel deny-scripts-reconfig yes',
    '',
  ].join('\n');
}
