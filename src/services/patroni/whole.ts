import { say } from '../../words/message';
import type { Message } from '../../words/message';
import type { NodeView, View } from '../core/live/view';
import { PATRONI_REST } from './facts';
import { isStreaming } from './health';
import { databaseView } from './view';
import type { QuorumStandbys } from './view';

/** The database as everybody may see it. */
export interface DatabaseState {
  readonly leader: string | undefined;
  /** Standbys whose acknowledgement a commit waits for; empty in quorum mode. */
  readonly syncStandby: readonly string[];
  /** In quorum mode only: the standbys of which some must acknowledge, whichever. */
  readonly quorum?: QuorumStandbys;
  readonly timeline: number | undefined;
  /** Members that run and follow (or lead). */
  readonly streaming: readonly string[];
}

/** Who leads the database, who follows and how, as everybody may see it. */
export function databaseState(view: View): DatabaseState {
  const { leader, syncStandby, quorum } = databaseView(view);
  return {
    leader: leader.holder,
    syncStandby,
    ...(quorum ? { quorum } : {}),
    timeline: timelineOf(view, view.node(leader.holder)),
    streaming: view.nodes.filter((node) => isStreaming(view, node)).map(({ name }) => name),
  };
}

/** A leader, every member streaming, and, where there are several, a standby that acknowledges: by name or of a quorum. */
export function missingInDatabase(state: DatabaseState, members: readonly string[]): readonly Message[] {
  const { leader, syncStandby, quorum, streaming } = state;
  const acknowledging = quorum?.members ?? syncStandby;
  const behind = members.filter((name) => !streaming.includes(name));
  return [
    ...(leader === undefined ? [say('database: no leader')] : []),
    ...(behind.length > 0 ? [say('database: not streaming: {0}', behind.join(', '))] : []),
    ...(members.length > 1 && acknowledging.length === 0 ? [noStandby(quorum !== undefined)] : []),
  ];
}

function noStandby(quorum: boolean): Message {
  return quorum ? say('database: no quorum standby') : say('database: no synchronous standby');
}

function timelineOf(view: View, leader: NodeView | undefined): number | undefined {
  if (!leader) return undefined;
  const { members, keys } = databaseView(view);
  const rest = leader.fact(PATRONI_REST)?.value?.timeline;
  const known = [rest, members[leader.name]?.timeline].filter((timeline) => timeline !== undefined);
  return known.length > 0 ? Math.max(...known) : keys?.historyTimeline;
}
