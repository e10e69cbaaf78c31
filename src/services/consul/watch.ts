import { learned } from '../core/live/fact';
import { patroniQueries } from '../patroni/keys';
import { CONSUL_CHECKS, CONSUL_SERVERS, CONSUL_SOURCE, RAFT_LEADER } from './facts';
import type { ConsulQuery } from './query';
import type { Observation } from '../core/live/observation';
import { BackOff } from '../core/watch/back-off';
import type { WatchContext } from '../core/watch/context';
import { ConsulConnection } from './watch-http';
import { portOf } from '../core/ports';
import { consul } from './service';
import { parseAutopilot, parseChecks, parseRaftLeader } from './answers';
import { lastingLags } from './lag';
import type { LagSince } from './lag';
import { pause } from '../core/watch/hints';
import { reasonOf } from '../core/watch/keep-connected';
import { sessionThrough } from '../core/watch/session';

/** How long a blocking query waits for a change, and how much later its answer may come (Consul adds 1/16). */
const WAIT_S = 8;
const BLOCKED_MS = (WAIT_S * 17 * 1_000) / 16 + 3_000;
/** An agent that does not say within this time who leads is left for another one. */
const LEADER_ANSWER_MS = 1_200;
const OPERATOR_ANSWER_MS = 3_000;
const LEADER_EVERY_MS = 1_000;
const HURRIED_LEADER_EVERY_MS = 400;
const SERVERS_EVERY_MS = 2_000;
const HURRY_MS = 5_000;
/** The most that is waited between two answers while something happens. */
const HURRIED_GAP_MS = 150;

/** An agent that answers but knows of no Raft leader: cut off, or the quorum is lost. */
class NoRaftLeader extends Error {
  override readonly name = 'NoRaftLeader';
}

/**
 * Watches Consul through the agent of one node and moves to another one as soon as that agent cannot be reached
 * or knows of no Raft leader. When no agent that can be reached knows of one, the quorum is lost, and that is
 * what is told. Changes arrive through blocking queries (stale ones: any agent answers from its own copy).
 */
export async function watchConsul(context: WatchContext): Promise<void> {
  const { signal, hints } = context;
  const servers = context.placement.nodesOf('consul');
  const backOff = new BackOff(150, 2_000);
  const leaderless = new Set<string>();
  let failures = 0;
  for (let turn = 0; !signal.aborted && servers.length > 0; turn += 1) {
    const candidates = rank(servers, context);
    const node = candidates[turn % Math.max(1, candidates.length)];
    if (node === undefined) {
      context.emit(lost('no node runs', context.now()));
      await pause(5_000, signal, hints);
      continue;
    }
    const startedAt = context.now();
    const failure = await session(context, node);
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
      context.emit(learned(RAFT_LEADER, context.now(), { via: node, address: undefined }));
    } else {
      context.emit(lost(reasonOf(failure), context.now()));
    }
    hints.hurry(HURRY_MS);
    await pause(backOff.next(), signal, hints);
  }
}

function lost(reason: string, at: number): Observation {
  return { kind: 'source', at, source: CONSUL_SOURCE.id, connected: false, reason };
}

/** Nodes that see the others first; nodes that are cut may still answer, and are asked when nobody else is left. */
function rank(servers: readonly string[], context: WatchContext): readonly string[] {
  const seeing = servers.filter((node) => context.hints.sees(node));
  return seeing.length > 0 ? seeing : servers.filter((node) => context.hints.runs(node));
}

/** Asks one agent until something fails; gives the failure. */
function session(context: WatchContext, node: string): Promise<unknown> {
  // Consul's HTTP API listens on the node itself.
  const agent = { host: '127.0.0.1', port: portOf(consul, 'http', context.ports[node]) };
  return sessionThrough(
    context,
    node,
    (signal) =>
      new ConsulConnection(async () =>
        (await context.transport(node)).dial(agent, signal, { endTogether: true }),
      ),
    async ({ connect, signal }) => {
      const query: Query = { context, node, signal, connect };
      await watchLeader(query, () => watchContents(query));
    },
  );
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
  let lags: LagSince = new Map();
  for (;;) {
    const answer = await connection.get('/v1/status/leader', LEADER_ANSWER_MS + dialTime(contents), signal);
    const address = answer.status === 200 ? parseRaftLeader(answer.body) : undefined;
    if (address === undefined) throw new NoRaftLeader(`the agent of ${node} knows of no Raft leader`);
    context.emit(learned(RAFT_LEADER, context.now(), { via: node, address }));
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
      lags = await askServers(context, connection, signal, lags);
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
  lags: LagSince,
): Promise<LagSince> {
  const answer = await connection.get('/v1/operator/autopilot/health', OPERATOR_ANSWER_MS, signal);
  const parsed = parseAutopilot(answer.body);
  if (!parsed) return lags;
  const now = context.now();
  const { servers, since } = lastingLags(parsed.servers, lags, now);
  context.emit(learned(CONSUL_SERVERS, now, { ...parsed, servers }));
  return since;
}

async function watchContents(query: Query): Promise<void> {
  await Promise.all([...patroniQueries(query.context.declared), CHECKS].map((asked) => block(query, asked)));
}

const CHECKS: ConsulQuery = {
  path: '/v1/health/state/any?stale',
  gapMs: 400,
  read: (body, _, at) => learned(CONSUL_CHECKS, at, parseChecks(body)),
};

/** Repeats a blocking query; tells each answer, also the unchanged one after the wait. */
async function block(query: Query, { path, gapMs, hurries, read }: ConsulQuery): Promise<void> {
  const { context, signal } = query;
  const connection = query.connect();
  let index = 0;
  while (!signal.aborted) {
    const answer = await connection.get(`${path}&index=${index}&wait=${WAIT_S}s`, BLOCKED_MS, signal);
    if (answer.status !== 200 && answer.status !== 404) throw new Error(`Consul answered ${answer.status}`);
    if (answer.knownLeader) {
      context.emit(read(answer.body, answer.index, context.now()));
      if (hurries) context.hints.hurry(HURRY_MS);
    }
    // Consul's advice: an index that went back means that its history began anew.
    index = answer.index < index ? 0 : answer.index;
    if (index === 0) await pause(500, signal);
    else if (gapMs > 0)
      await pause(context.hints.hurried() ? Math.min(gapMs, HURRIED_GAP_MS) : gapMs, signal);
  }
}
