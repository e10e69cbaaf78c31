import { portOf } from '../core/ports';
import type { WatchContext } from '../core/watch/context';
import { keepConnected } from '../core/watch/keep-connected';
import { poll } from '../core/watch/poll';
import type { Pace } from '../core/watch/poll';
import { connectRedis } from '../redis/watch-connection';
import { toRecord } from '../redis/resp';
import { seenOn } from '../core/live/fact';
import { declaredIn } from '../core/live/declared';
import { REDIS_MASTER_NAME } from '../redis/facts';
import { SENTINEL_SOURCE, SENTINEL_VIEW } from './facts';
import { parseSentinelMaster } from './master';
import { sentinel } from './service';

/** Pushes tell changes; the polls are ground truth and show that the connection lives. */
const PACE: Pace = { quietMs: 4_000, hurriedMs: 1_000 };
const HURRY_MS = 5_000;

/**
 * Listens to a node's Sentinel (all its messages: +sdown, +odown, +switch-master …) and asks it about the master
 * after each, over the same connection.
 */
export function watchSentinel(context: WatchContext, node: string): Promise<void> {
  const masterName = declaredIn(context.declared, REDIS_MASTER_NAME);
  const host = context.cluster.nodes.find(({ name }) => name === node)?.address ?? '127.0.0.1';
  const port = portOf(sentinel, 'sentinel', context.ports[node]);
  return keepConnected(context, SENTINEL_SOURCE, node, async (signal) => {
    const client = await connectRedis(context, node, { host, port }, signal);
    let asking = false;
    let again = false;
    const ask = async (): Promise<void> => {
      again = asking;
      if (asking) return;
      asking = true;
      do {
        again = false;
        const fields = toRecord(await client.command(['SENTINEL', 'MASTER', masterName]));
        const view = parseSentinelMaster(fields);
        if (view) context.emit(seenOn(SENTINEL_VIEW, node, context.now(), view));
      } while (askedAgain());
      asking = false;
    };
    const askedAgain = (): boolean => again;
    client.onPush = ([, , channel]) => {
      if (typeof channel !== 'string' || !/^[+-]/.test(channel)) return;
      context.hints.hurry(HURRY_MS);
      ask().catch(() => client.close());
    };
    client.send(['PSUBSCRIBE', '*']);
    await Promise.race([poll(context, node, PACE, signal, ask), client.ended]);
  });
}
