import { portOf } from '../core/ports';
import { TransportError } from '../../transport/transport';
import type { WatchContext } from '../core/watch/context';
import { keepConnected } from '../core/watch/keep-connected';
import { poll } from '../core/watch/poll';
import type { Pace } from '../core/watch/poll';
import { connectRedis } from './watch-connection';
import { seenOn } from '../core/live/fact';
import { REDIS_INFO, REDIS_SOURCE } from './facts';
import { parseRedisInfo } from './info';
import { redis } from './service';

const PACE: Pace = { quietMs: 3_000, hurriedMs: 500 };

/** Asks a node's Redis for its role and its link over a connection that stays open. */
export function watchRedis(context: WatchContext, node: string): Promise<void> {
  const host = context.cluster.nodes.find(({ name }) => name === node)?.address ?? '127.0.0.1';
  const port = portOf(redis, 'redis', context.ports[node]);
  return keepConnected(context, REDIS_SOURCE, node, async (signal) => {
    try {
      const client = await connectRedis(context, node, { host, port }, signal);
      const asking = poll(context, node, PACE, signal, async () => {
        const answers = await Promise.all([
          client.command(['INFO', 'server']),
          client.command(['INFO', 'replication']),
        ]);
        const info = parseRedisInfo(answers.filter((answer) => typeof answer === 'string').join('\n'));
        context.emit(seenOn(REDIS_INFO, node, context.now(), info));
      });
      await Promise.race([asking, client.ended]);
    } catch (error) {
      // Nothing listens: that is an answer, while a node that cannot be reached is none.
      if (error instanceof TransportError && error.reason === 'refused')
        context.emit(seenOn(REDIS_INFO, node, context.now(), undefined));
      throw error;
    }
  });
}
