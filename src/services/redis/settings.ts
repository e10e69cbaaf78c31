import { boolean, oneOf, port, reachable, redisSize, word } from '../core/conversion';
import { HEARS_PLAIN } from '../core/hearing';
import { keysOf } from '../core/key-rule';
import { nodesOf } from '../core/placement';
import { settingsSection } from '../core/settings';
import type { SectionInput } from '../core/settings';
import { REDIS_MASTER_NAME } from './facts';

export interface RedisSettings {
  readonly bind: string;
  readonly port: number;
  /** True on the node that starts as master when no Sentinel knows better. */
  readonly initialMaster: boolean;
  readonly masterName: string;
  readonly maxMemory: string;
  readonly maxMemoryPolicy: string;
  readonly minReplicasToWrite: number;
  readonly minReplicasMaxLag: number;
}

const key = keysOf<RedisSettings>();

export const REDIS_SETTINGS = settingsSection({
  name: 'redis',
  defaults(input: SectionInput): RedisSettings {
    const nodes = nodesOf(input, 'cache');
    return {
      bind: '0.0.0.0',
      port: 6379,
      initialMaster: nodes[0]?.name === input.node.name,
      masterName: REDIS_MASTER_NAME.byDefault,
      maxMemory: '0',
      maxMemoryPolicy: 'noeviction',
      // A master that lost every replica stops taking writes nobody else would have.
      minReplicasToWrite: nodes.length > 2 ? 1 : 0,
      minReplicasMaxLag: input.timings.redisMinReplicasMaxLag,
    };
  },
  roles: {
    redis_replica_role: { initialMaster: false },
    redis_master_role: { initialMaster: true },
  },
  keys: [
    key('redis.bind', reachable, 'bind'),
    key('redis.port', port, 'port'),
    key('redis.master', boolean, 'initialMaster'),
    key('redis.master_name', word, 'masterName'),
    key('redis.maxmemory', redisSize, 'maxMemory'),
    key(
      'redis.maxmemory_policy',
      oneOf(
        'noeviction',
        'allkeys-lru',
        'allkeys-lfu',
        'allkeys-random',
        'volatile-lru',
        'volatile-lfu',
        'volatile-random',
        'volatile-ttl',
      ),
      'maxMemoryPolicy',
    ),
  ],
  ports: ({ port: redis }) => ({ redis }),
  hears: () => ({ redis: HEARS_PLAIN }),
  listens: ({ bind }) => bind,
  declares: ({ masterName }) => ({ [REDIS_MASTER_NAME.name]: masterName }),
  /** As soon as one node is named master, a node that says nothing of it is none. */
  settle(nodes) {
    const said = nodes.map(({ decided }) => decided.has('initialMaster'));
    const named = nodes.some(({ settings }, index) => said[index] === true && settings.initialMaster);
    return nodes.map(({ settings }, index) =>
      named && said[index] === false ? { ...settings, initialMaster: false } : settings,
    );
  },
});
