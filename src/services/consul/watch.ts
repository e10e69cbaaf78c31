import { nodesOf } from '../../observe/placement';
import { BackOff } from '../core/watch/back-off';
import type { WatchContext } from '../core/watch/context';
import { ConsulConnection } from './watch-http';
import type { ConsulAnswer } from './watch-http';
import { parseAutopilot, parseChecks, parseLeaderKey, parsePatroniKeys, parseRaftLeader } from './answers';
import { pause } from '../core/watch/hints';
import { reasonOf } from '../core/watch/keep-connected';

/** Consul's HTTP API on the node itself. */
const AGENT = { host: '127.0.0.1', port: 8500 };
/** How long a blocking query waits for a change, and how much later its answer may come (Consul adds 1/16). */
const WAIT_S = 8;
const BLOCKED_MS = (WAIT_S * 17 * 1_000) / 16 + 3_000;
/** An agent that does not say within this time who leads is left for another one. */
const LEADER_ANSWER_MS = 1_200;
const OPERATOR_ANSWER_MS = 3_000;
const LEADER_EVERY_MS = 1_000;
const HURRIED_LEADER_EVERY_MS = 400;
const SERVERS_EVERY_MS = 2_000;
/** Patroni writes its member and status keys every second; reading them all that often would be a waste. */
const KEYS_GAP_MS = 600;
const CHECKS_GAP_MS = 400;
const HURRY_MS = 5_000;

/** An agent that answers but knows of no Raft leader: cut off, or the quorum is lost. */
class NoRaftLeader extends Error {
  override readonly name = 'NoRaftLeader';
}

/**
 * Watches Consul through the agent of one node and moves to another one as soon as that agent cannot be reached
 * or knows of no Raft leader. When no agent that can be reached knows of one, the quorum is lost, and that is
 * what is told. Changes arrive through blocking queries (stale ones: any agent answers from its own copy).
 */
export async function watchConsul(context: WatchContext, patroniScope: string): Promise<void> {
  const { signal, hints } = context;
  const servers = nodesOf(context.cluster, 'consul');
  const backOff = new BackOff(150, 2_000);
  const leaderless = new Set<string>();
  let failures = 0;
  for (let turn = 0; !signal.aborted && servers.length > 0; turn += 1) {
    const candidates = rank(servers, context);
    const node = candidates[turn % Math.max(1, candidates.length)];
    if (node === undefined) {
      context.emit({
        kind: 'source',
        at: context.now(),
        source: 'consul',
        connected: false,
        reason: 'no node runs',
      });
      await pause(5_000, signal, hints);
      continue;
    }
    const startedAt = context.now();
    const failure = await session(context, node, patroniScope);
    if (signal.aborted) return;
    if (context.now() - startedAt > 3_000) {
      failures = 0;
      leaderless.clear();
      backOff.reset();
    }
    failures += 1;
    context.log(`consul through ${node}: ${reasonOf(failure)}`);
    if (failure instanceof NoRaftLeader) leaderless.add(node);
    else leaderless.delete(node);
    if (failures < candidates.length) continue;
    const told = candidates.filter((name) => leaderless.has(name));
    if (told.length > 0) {
      context.emit({ kind: 'consul-leader', at: context.now(), via: node, address: undefined });
    } else {
      const reason = reasonOf(failure);
      context.emit({ kind: 'source', at: context.now(), source: 'consul', connected: false, reason });
    }
    hints.hurry(HURRY_MS);
    await pause(backOff.next(), signal, hints);
  }
}

/** Nodes that see the others first; nodes that are cut may still answer, and are asked when nobody else is left. */
function rank(servers: readonly string[], context: WatchContext): readonly string[] {
  const seeing = servers.filter((node) => context.hints.sees(node));
  return seeing.length > 0 ? seeing : servers.filter((node) => context.hints.runs(node));
}

/** Asks one agent until something fails; gives the failure. */
async function session(context: WatchContext, node: string, scope: string): Promise<unknown> {
  const own = new AbortController();
  const stop = (): void => own.abort();
  context.signal.addEventListener('abort', stop, { once: true });
  const leaveWhenBlind = context.hints.onChange(() => {
    if (!context.hints.sees(node)) own.abort(new Error(`${node} was lost`));
  });
  const connections: ConsulConnection[] = [];
  const connect = (): ConsulConnection => {
    const connection = new ConsulConnection(async () =>
      (await context.transport(node)).dial(AGENT, own.signal, { endTogether: true }),
    );
    connections.push(connection);
    return connection;
  };
  const query: Query = { context, node, signal: own.signal, connect };
  try {
    await watchLeader(query, () => watchContents(query, scope));
    return new Error('the connection ended');
  } catch (error) {
    return own.signal.aborted && own.signal.reason instanceof Error ? own.signal.reason : error;
  } finally {
    own.abort();
    leaveWhenBlind();
    context.signal.removeEventListener('abort', stop);
    for (const connection of connections) connection.close();
  }
}

interface Query {
  readonly context: WatchContext;
  readonly node: string;
  readonly signal: AbortSignal;
  readonly connect: () => ConsulConnection;
}

/** Asks every second who leads: proof that this agent is worth listening to. Starts the rest once it knows. */
async function watchLeader(query: Query, startContents: () => Promise<void>): Promise<void> {
  const { context, node, signal } = query;
  const connection = query.connect();
  let contents: Promise<void> | undefined;
  let serversAt = 0;
  let before: string | undefined;
  for (;;) {
    const answer = await connection.get('/v1/status/leader', LEADER_ANSWER_MS + dialTime(contents), signal);
    const address = answer.status === 200 ? parseRaftLeader(answer.body) : undefined;
    if (address === undefined) throw new NoRaftLeader(`the agent of ${node} knows of no Raft leader`);
    context.emit({ kind: 'consul-leader', at: context.now(), via: node, address });
    if (before !== undefined && before !== address) context.hints.hurry(HURRY_MS);
    if (!contents) {
      contents = startContents();
      // When the leader's answer fails first, nobody waits for this one any more; its failure is the same.
      contents.catch(() => undefined);
    }
    const rest = context.hints.hurried() ? HURRIED_LEADER_EVERY_MS : LEADER_EVERY_MS;
    if (
      before !== address ||
      context.now() - serversAt >= (context.hints.hurried() ? rest : SERVERS_EVERY_MS)
    ) {
      serversAt = context.now();
      await askServers(context, connection, signal);
    }
    before = address;
    await Promise.race([pause(rest, signal, context.hints), contents]);
    if (signal.aborted) return;
  }
}

/** The first request of a session also opens the connection, which takes longer on a busy machine. */
function dialTime(started: unknown): number {
  return started === undefined ? 2_000 : 0;
}

async function askServers(
  context: WatchContext,
  connection: ConsulConnection,
  signal: AbortSignal,
): Promise<void> {
  const answer = await connection.get('/v1/operator/autopilot/health', OPERATOR_ANSWER_MS, signal);
  const parsed = parseAutopilot(answer.body);
  if (parsed) context.emit({ kind: 'consul-servers', at: context.now(), ...parsed });
}

async function watchContents(query: Query, scope: string): Promise<void> {
  const { context } = query;
  const prefix = `/v1/kv/service/${encodeURIComponent(scope)}/`;
  await Promise.all([
    block(query, `${prefix}leader?stale`, 0, (answer) => {
      const leader = parseLeaderKey(answer.body);
      context.emit({ kind: 'patroni-leader', at: context.now(), index: answer.index, leader });
      context.hints.hurry(HURRY_MS);
    }),
    block(query, `${prefix}?recurse&stale`, KEYS_GAP_MS, (answer) => {
      const keys = parsePatroniKeys(answer.body, scope);
      context.emit({ kind: 'patroni-keys', at: context.now(), index: answer.index, keys });
    }),
    block(query, '/v1/health/state/any?stale', CHECKS_GAP_MS, (answer) => {
      context.emit({ kind: 'consul-checks', at: context.now(), checks: parseChecks(answer.body) });
    }),
  ]);
}

/** Repeats a blocking query; calls back with each answer, also with the unchanged one after the wait. */
async function block(
  query: Query,
  path: string,
  gapMs: number,
  onAnswer: (answer: ConsulAnswer) => void,
): Promise<void> {
  const { signal } = query;
  const connection = query.connect();
  let index = 0;
  while (!signal.aborted) {
    const answer = await connection.get(`${path}&index=${index}&wait=${WAIT_S}s`, BLOCKED_MS, signal);
    if (answer.status !== 200 && answer.status !== 404) throw new Error(`Consul answered ${answer.status}`);
    if (answer.knownLeader) onAnswer(answer);
    // Consul's advice: an index that went back means that its history began anew.
    index = answer.index < index ? 0 : answer.index;
    if (index === 0) await pause(500, signal);
    else if (gapMs > 0) await pause(gapMs, signal);
  }
}
