import type { RenderContext, Renderer } from './context';
import { PATHS } from './paths';
import { listenAddresses, nodesOf } from '../../services/core/placement';
import { redisWord } from '../../services/core/quote';
import { REDIS_USER } from './users';

/**
 * What Sentinel starts from; it writes its memory (epochs, peers, the present master) into its own copy. Its password
 * is Redis' password: whoever may order a failover could read the data as well.
 */
export const renderSentinel: Renderer = (context) => [
  { path: PATHS.sentinelBase, content: sentinelBase(context), mode: 0o600, ...REDIS_USER },
];

/** The node that is master as long as no Sentinel knows better: the one configured so, else the first. */
export function initialMasterAddress(context: Pick<RenderContext, 'cluster' | 'allSettings'>): string {
  const nodes = nodesOf(context, 'cache');
  const chosen = nodes.find((node) => context.allSettings[node.name]?.redis.initialMaster) ?? nodes[0];
  return chosen?.address ?? '';
}

function sentinelBase(context: RenderContext): string {
  const { node, secrets, settings } = context;
  const { redis, sentinel } = settings;
  const name = redisWord(redis.masterName);
  const password = redisWord(secrets.redis);
  return [
    `bind ${listenAddresses(sentinel.bind, node).join(' ')}`,
    `port ${sentinel.port}`,
    'daemonize no',
    'logfile ""',
    `dir ${PATHS.sentinelHome}`,
    'protected-mode no',
    `requirepass ${password}`,
    `sentinel sentinel-pass ${password}`,
    `sentinel announce-ip ${node.address}`,
    `sentinel announce-port ${sentinel.port}`,
    `sentinel monitor ${name} ${initialMasterAddress(context)} ${redis.port} ${sentinel.quorum}`,
    `sentinel auth-pass ${name} ${password}`,
    `sentinel down-after-milliseconds ${name} ${sentinel.downAfterMs}`,
    `sentinel failover-timeout ${name} ${sentinel.failoverTimeoutMs}`,
    `sentinel parallel-syncs ${name} 1`,
    'sentinel deny-scripts-reconfig yes',
    '',
  ].join('\n');
}
