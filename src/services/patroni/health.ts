import { listed, say } from '../../words/message';
import type { Message } from '../../words/message';
import type { Role } from '../core/live/health';
import type { NodeView, View } from '../core/live/view';
import { dcsView } from './dcs';
import { PATRONI_REST } from './facts';
import type { PatroniMember, PatroniRest } from './facts';
import { databaseView, isLeading, LEADER_ROLES } from './view';
import type { QuorumStandbys } from './view';
import { facts } from '../core/live/health';
import type { Facts, Verdict } from '../core/live/health';

/**
 * PostgreSQL under Patroni. The DCS decides who leads; each node's own REST API says whether PostgreSQL runs
 * and follows, because it is asked directly and even when Consul has no quorum.
 */
export function patroniVerdict(view: View, node: NodeView): Verdict {
  const member = databaseView(view).members[node.name];
  const rest = node.fact(PATRONI_REST)?.value;
  if (!member && !rest) return nothingSaid(view, node);
  const role = roleOf(view, node.name);
  const judged = { ...judge(view, node, member, rest, role), facts: databaseFacts(view, member, rest) };
  return role === undefined ? judged : { ...judged, role };
}

/** A replica that receives the leader's log, or the running leader itself. */
export function isStreaming(view: View, node: NodeView): boolean {
  const database = databaseView(view);
  const member = database.members[node.name];
  const rest = node.fact(PATRONI_REST)?.value;
  if (!node.usable || (!member && !rest)) return false;
  if (!runs(rest?.state ?? member?.state)) return false;
  if (database.leader.holder === node.name) return true;
  return !isLeading(rest) && replicationOf(view, member, rest) === 'streaming';
}

/** What a standby is to its leader; a plain replica is not named. */
const FOLLOWS: Readonly<Record<string, Message>> = {
  'sync-standby': say('synchronous standby'),
  'quorum-standby': say('quorum standby'),
};

/** States of Patroni on the way to a running PostgreSQL. */
const PASSING: ReadonlySet<string> = new Set([
  'starting',
  'restarting',
  'creating replica',
  'initializing new cluster',
  'running custom bootstrap script',
  'starting after custom bootstrap',
]);

function nothingSaid(view: View, node: NodeView): Verdict {
  const answered = node.fact(PATRONI_REST) !== undefined;
  const { title } = dcsView(view);
  if (databaseView(view).keys)
    return answered
      ? { health: 'failed', detail: say('no member key in {0}, and its REST API does not answer', title) }
      : { health: 'unknown', detail: say('no member key in {0}', title) };
  return answered
    ? { health: 'failed', detail: say("Patroni's REST API does not answer") }
    : { health: 'unknown', detail: say('Patroni has not been reached') };
}

function judge(
  view: View,
  node: NodeView,
  member: PatroniMember | undefined,
  rest: PatroniRest | undefined,
  role: Role | undefined,
): Verdict {
  const state = rest?.state ?? member?.state ?? 'unknown';
  if (!runs(state))
    return {
      health: PASSING.has(state) ? 'degraded' : 'failed',
      detail: listed(['PostgreSQL', state], ': '),
    };
  if (role === 'leader')
    return rest && !LEADER_ROLES.has(rest.role)
      ? { health: 'degraded', detail: say('holds the leader key; PostgreSQL is being promoted') }
      : leaderVerdict(view);
  const { leader, keys } = databaseView(view);
  if (isLeading(rest)) {
    return leader.holder === undefined
      ? { health: 'degraded', detail: say('says it leads; nobody confirms it') }
      : {
          health: 'degraded',
          detail: say('still says it leads, but {0} holds the leader key', leader.holder),
        };
  }
  const replication = replicationOf(view, member, rest);
  if (!leader.known) return { health: 'unknown', detail: say('runs; who leads is not known') };
  if (leader.holder === undefined)
    return { health: 'degraded', detail: say('runs, but there is no leader to follow') };
  if (replication !== 'streaming')
    return {
      health: 'degraded',
      detail: say('does not stream from {0} ({1})', leader.holder, replication ?? state),
    };
  const { quorum, title } = dcsView(view);
  if (quorum === 'no')
    return {
      health: 'degraded',
      detail: say('streams from {0}; without {1} nobody could take over', leader.holder, title),
    };
  if (!keys)
    return { health: 'unknown', detail: say('streams from {0}; {1} cannot be asked', leader.holder, title) };
  return { health: 'ok', detail: say('{0} of {1}', FOLLOWS[role ?? ''] ?? say('replica'), leader.holder) };
}

function leaderVerdict(view: View): Verdict {
  const { keys, syncStandby, quorum: standbys } = databaseView(view);
  const { quorum, title } = dcsView(view);
  if (quorum === 'no')
    return { health: 'degraded', detail: say('leads by its own word only: {0} has no quorum', title) };
  if (quorum === 'unknown')
    return { health: 'unknown', detail: say('says it leads; {0} cannot be asked', title) };
  if (!keys) return { health: 'unknown', detail: say('says it leads; its key has not been read yet') };
  if (standbys) return { health: 'ok', detail: leadsQuorum(standbys) };
  return {
    health: 'ok',
    detail: syncStandby.length > 0 ? say('leader') : say('leader, no synchronous standby'),
  };
}

function leadsQuorum({ members, acknowledging }: QuorumStandbys): Message {
  if (acknowledging === undefined) return say('leader with a quorum of standbys');
  return say('leader; {0} of {1} standbys must acknowledge', acknowledging, members.length);
}

function roleOf(view: View, node: string): Role | undefined {
  const { leader, syncStandby, quorum } = databaseView(view);
  if (leader.holder === node) return 'leader';
  if (quorum?.members.includes(node) === true) return 'quorum-standby';
  if (syncStandby.includes(node)) return 'sync-standby';
  return leader.known ? 'replica' : undefined;
}

/** Versions that do not write how they replicate: on the leader's timeline counts as streaming. */
function replicationOf(
  view: View,
  member: PatroniMember | undefined,
  rest: PatroniRest | undefined,
): string | undefined {
  if (rest) return rest.replication ?? (rest.state === 'streaming' ? 'streaming' : undefined);
  if (!member || LEADER_ROLES.has(member.role)) return undefined;
  if (member.replication !== undefined) return member.replication;
  if (member.state === 'streaming') return 'streaming';
  const { leader, members } = databaseView(view);
  const timeline = leader.holder === undefined ? undefined : members[leader.holder]?.timeline;
  return timeline !== undefined && timeline === member.timeline ? 'streaming' : undefined;
}

function runs(state: string | undefined): boolean {
  return state === 'running' || state === 'streaming' || state === 'in archive recovery';
}

function databaseFacts(view: View, member: PatroniMember | undefined, rest: PatroniRest | undefined): Facts {
  const { leader, members, keys } = databaseView(view);
  const leading = leader.holder === undefined ? undefined : members[leader.holder]?.position;
  const own = member?.position;
  const behind = leading === undefined || own === undefined ? undefined : Math.max(0, leading - own);
  return facts({
    PostgreSQL: rest?.serverVersion,
    Patroni: rest?.patroniVersion ?? member?.version,
    State: rest?.state ?? member?.state,
    Timeline: rest?.timeline ?? member?.timeline,
    Lag: behind === undefined || member?.name === keys?.leader ? undefined : say('{0} bytes', behind),
  });
}
