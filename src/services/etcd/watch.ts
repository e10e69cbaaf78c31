import { learned, seenOn } from '../core/live/fact';
import { declaredIn } from '../core/live/declared';
import { portOf } from '../core/ports';
import { BackOff } from '../core/watch/back-off';
import type { WatchContext } from '../core/watch/context';
import { pause } from '../core/watch/hints';
import { keepConnected, reasonOf } from '../core/watch/keep-connected';
import { poll } from '../core/watch/poll';
import type { Pace } from '../core/watch/poll';
import { sessionThrough } from '../core/watch/session';
import { PATRONI_KEYS, PATRONI_LEADER, PATRONI_SCOPE } from '../patroni/facts';
import { patroniKeysOf } from '../patroni/keys';
import { base64, parseRange, parseStatus, rangeOf } from './answers';
import { ETCD_SOURCE, ETCD_STATUS } from './facts';
import { etcd } from './service';
import { EtcdConnection } from './watch-http';

const STATUS_PACE: Pace = { quietMs: 2_000, hurriedMs: 400 };
const ANSWER_MS = 2_000;
/** The first question also opens the connection, which takes longer on a busy machine. */
const DIAL_MS = 2_000;
const HURRY_MS = 5_000;
/** Patroni writes its member keys every second; all keys are read about as often, and when the leader's changes. */
const KEYS_GAP_MS = 900;
const HURRIED_GAP_MS = 250;

/** Asks a node's etcd how it is. */
export function watchEtcdMember(context: WatchContext, node: string): Promise<void> {
  let before: string | undefined;
  return keepConnected(context, ETCD_SOURCE, node, async (signal) => {
    const connection = connectTo(context, node, signal);
    const broken = new AbortController();
    let failure: unknown;
    try {
      await poll(context, node, STATUS_PACE, AbortSignal.any([signal, broken.signal]), async () => {
        try {
          const status = await askStatus(connection, signal);
          if (status === undefined) return;
          if (before !== undefined && before !== (status.leader ?? '')) context.hints.hurry(HURRY_MS);
          before = status.leader ?? '';
          context.emit(seenOn(ETCD_STATUS, node, context.now(), status));
        } catch (error) {
          failure = error;
          broken.abort();
        }
      });
      if (failure !== undefined) throw failure instanceof Error ? failure : new Error(reasonOf(failure));
    } finally {
      connection.close();
    }
  });
}

async function askStatus(
  connection: EtcdConnection,
  signal: AbortSignal,
): Promise<ReturnType<typeof parseStatus>> {
  const status = await connection.ask('/v3/maintenance/status', {}, ANSWER_MS + DIAL_MS, signal);
  // Without linearizable: as this member has it, also while there is no leader.
  const members = await connection.ask('/v3/cluster/member/list', { linearizable: false }, ANSWER_MS, signal);
  return parseStatus(status.body, members.body);
}

/**
 * Watches Patroni's keys through one member and moves to another one when that does not answer, or knows of no leader:
 * then a read is not answered, because it must be the newest state.
 */
export async function watchEtcd(context: WatchContext): Promise<void> {
  const { signal, hints } = context;
  const members = context.placement.membersOf(etcd.id);
  const backOff = new BackOff(150, 2_000);
  for (let turn = 0; !signal.aborted && members.length > 0; turn += 1) {
    const seeing = members.filter((node) => hints.sees(node));
    const node = seeing[turn % Math.max(1, seeing.length)];
    if (node === undefined) {
      await pause(5_000, signal, hints);
      continue;
    }
    const startedAt = context.now();
    const failure = await session(context, node);
    if (signal.aborted) return;
    if (context.now() - startedAt > 3_000) backOff.reset();
    context.log(`etcd through ${node}: ${reasonOf(failure)}`);
    if (turn % Math.max(1, seeing.length) === seeing.length - 1) await pause(backOff.next(), signal, hints);
  }
}

/** Reads through one member until something fails; gives the failure. */
function session(context: WatchContext, node: string): Promise<unknown> {
  return sessionThrough(
    context,
    node,
    (signal) => connectTo(context, node, signal),
    ({ connect, signal }) => readKeys(context, [connect(), connect()], signal),
  );
}

/** All keys again and again, and at once when the leader's key changes. */
async function readKeys(
  context: WatchContext,
  [asking, following]: readonly [EtcdConnection, EtcdConnection],
  signal: AbortSignal,
): Promise<void> {
  const scope = declaredIn(context.declared, PATRONI_SCOPE);
  const prefix = `/service/${scope}/`;
  let changed = (): void => undefined;
  let over: Error | undefined;
  const create = { create_request: { key: base64(`${prefix}leader`) } };
  const end = (error: Error): void => {
    over = error;
    changed();
  };
  following
    .follow('/v3/watch', create, signal, (line) => {
      if (!line.includes('"events"')) return;
      context.hints.hurry(HURRY_MS);
      changed();
    })
    .then(
      () => end(new Error('the watch of the leader key ended')),
      (error: unknown) => end(error instanceof Error ? error : new Error(reasonOf(error))),
    );
  let patience = ANSWER_MS + DIAL_MS;
  while (!signal.aborted) {
    const next = new Promise<void>((resolve) => (changed = resolve));
    const answer = await asking.ask('/v3/kv/range', rangeOf(prefix), patience, signal);
    const range = parseRange(answer.body);
    if (answer.status !== 200 || range === undefined) throw new Error(`etcd answered ${answer.status}`);
    patience = ANSWER_MS;
    const at = context.now();
    const keys = patroniKeysOf(range.values, prefix);
    context.emit(learned(PATRONI_KEYS, at, keys, range.revision));
    context.emit(learned(PATRONI_LEADER, at, keys.leader, range.revision));
    const gap = pause(context.hints.hurried() ? HURRIED_GAP_MS : KEYS_GAP_MS, signal);
    // Not raced against the watch itself: a promise that lasts would keep something of each race.
    await Promise.race([gap, next]);
    if (over) throw over;
  }
}

function connectTo(context: WatchContext, node: string, signal: AbortSignal): EtcdConnection {
  // In the node itself: a node that is cut off can still be asked.
  const address = { host: '127.0.0.1', port: portOf(etcd, 'client', context.ports[node]) };
  return new EtcdConnection(async () =>
    (await context.transport(node)).dial(address, signal, { endTogether: true }),
  );
}
