import { mayServe } from '../core/live/view';
import type { Held, NodeView, View } from '../core/live/view';
import { dcsView } from './dcs';
import { PATRONI_KEYS, PATRONI_LEADER, PATRONI_REST } from './facts';
import type { PatroniKeys, PatroniMember, PatroniRest } from './facts';

export interface QuorumStandbys {
  readonly members: readonly string[];
  /** How many of them a commit waits for; undefined while only the nodes' own word is known. */
  readonly acknowledging: number | undefined;
}

/** What is concluded about the database as a whole. */
export interface DatabaseView {
  readonly leader: Held;
  /** Patroni's keys, only while the store they are in has a quorum to vouch for them. */
  readonly keys: PatroniKeys | undefined;
  /** Member key of each node that has one. */
  readonly members: Readonly<Record<string, PatroniMember>>;
  /** Standbys whose acknowledgement a commit waits for. */
  readonly syncStandby: readonly string[];
  /** In quorum mode instead of them: the standbys of which some must acknowledge, whichever. */
  readonly quorum: QuorumStandbys | undefined;
  readonly syncKnown: boolean;
}

/** Who leads the database and who stands by, as the DCS says; without the DCS as the nodes say. */
export function databaseView(view: View): DatabaseView {
  return view.conclude(conclude);
}

/** True when this answer of Patroni's REST API claims a running leader. */
export function isLeading(answer: PatroniRest | undefined): boolean {
  return answer !== undefined && LEADER_ROLES.has(answer.role) && answer.state === 'running';
}

/** Patroni 4 says primary, older versions master; a standby cluster's leader leads too. */
export const LEADER_ROLES: ReadonlySet<string> = new Set(['primary', 'master', 'standby_leader', 'leader']);

function conclude(view: View): DatabaseView {
  const found = dcsView(view).quorum === 'yes' ? view.fact(PATRONI_KEYS) : undefined;
  if (!found) return { ...leaderByRest(view.nodes), keys: undefined, members: {} };
  const keys = found.value;
  const nodeOf = (member: string | undefined): string | undefined => memberNode(view, keys, member);
  const serves = (name: string | undefined): boolean => mayServe(view.node(name), 'patroni');
  const members: Record<string, PatroniMember> = {};
  for (const member of keys.members) {
    const name = nodeOf(member.name);
    if (name !== undefined) members[name] = member;
  }
  const keyHolder = nodeOf(newestLeader(view, keys, found.index));
  const standbys = keys.sync.standbys
    .map(nodeOf)
    .filter((name) => name !== undefined)
    .filter((name) => name !== keyHolder && serves(name));
  return {
    leader: { known: true, holder: serves(keyHolder) ? keyHolder : undefined },
    keys,
    members,
    ...standbysOf(standbys, keys.sync.acknowledging, keys.sync.acknowledging !== undefined),
    syncKnown: true,
  };
}

function standbysOf(
  names: readonly string[],
  acknowledging: number | undefined,
  quorum: boolean,
): Pick<DatabaseView, 'syncStandby' | 'quorum'> {
  return quorum
    ? { syncStandby: [], quorum: { members: names, acknowledging } }
    : { syncStandby: names, quorum: undefined };
}

/** The single leader key is read more often than all keys together: the one with the higher index is newer. */
function newestLeader(view: View, keys: PatroniKeys, index = 0): string | undefined {
  const alone = view.fact(PATRONI_LEADER);
  return alone && (alone.index ?? 0) > index ? alone.value : keys.leader;
}

/** Members are named freely in patroni.yml; the address of their connection URL says which node they are. */
function memberNode(view: View, keys: PatroniKeys, member: string | undefined): string | undefined {
  if (member === undefined) return undefined;
  const address = keys.members.find(({ name }) => name === member)?.address;
  return view.placement.nodeAt(address) ?? view.node(member)?.name;
}

/** Without the DCS: the node whose own REST API says it leads; of several the one on the newest timeline. */
function leaderByRest(
  nodes: readonly NodeView[],
): Pick<DatabaseView, 'leader' | 'syncStandby' | 'quorum' | 'syncKnown'> {
  const answers = nodes
    .filter((node) => mayServe(node, 'patroni'))
    .map((node) => ({ name: node.name, asked: node.fact(PATRONI_REST) }));
  const claims = answers.filter(({ asked }) => isLeading(asked?.value));
  const newest = Math.max(...claims.map(({ asked }) => asked?.value?.timeline ?? 0));
  const best = claims.filter(({ asked }) => (asked?.value?.timeline ?? 0) === newest);
  const allAsked = answers.every(({ asked }) => asked !== undefined);
  const sync = answers.filter(({ asked }) => asked?.value?.syncStandby === true);
  const voting = answers.filter(({ asked }) => asked?.value?.quorumStandby === true);
  return {
    leader: { known: best.length === 1 || allAsked, holder: best.length === 1 ? best[0]?.name : undefined },
    ...standbysOf(
      (voting.length > 0 ? voting : sync).map(({ name }) => name),
      undefined,
      voting.length > 0,
    ),
    syncKnown: allAsked,
  };
}
