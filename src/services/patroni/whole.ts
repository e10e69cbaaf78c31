import type { NodeView, View } from '../core/live/view';
import { PATRONI_REST } from './facts';
import { isStreaming } from './health';
import { databaseView } from './view';

/** The database as everybody may see it. */
export interface DatabaseState {
  readonly leader: string | undefined;
  readonly syncStandby: readonly string[];
  readonly timeline: number | undefined;
  /** Members that run and follow (or lead). */
  readonly streaming: readonly string[];
}

export function databaseState(view: View): DatabaseState {
  const { leader, syncStandby } = databaseView(view);
  return {
    leader: leader.holder,
    syncStandby,
    timeline: timelineOf(view, view.node(leader.holder)),
    streaming: view.nodes.filter((node) => isStreaming(view, node)).map(({ name }) => name),
  };
}

/** A leader, every member streaming, and, where there are several, a synchronous standby. */
export function missingInDatabase(state: DatabaseState, members: readonly string[]): readonly string[] {
  const { leader, syncStandby, streaming } = state;
  const behind = members.filter((name) => !streaming.includes(name));
  return [
    ...(leader === undefined ? ['database: no leader'] : []),
    ...(behind.length > 0 ? [`database: not streaming: ${behind.join(', ')}`] : []),
    ...(members.length > 1 && syncStandby.length === 0 ? ['database: no synchronous standby'] : []),
  ];
}

function timelineOf(view: View, leader: NodeView | undefined): number | undefined {
  if (!leader) return undefined;
  const { members, keys } = databaseView(view);
  const rest = leader.fact(PATRONI_REST)?.value?.timeline;
  const known = [rest, members[leader.name]?.timeline].filter((timeline) => timeline !== undefined);
  return known.length > 0 ? Math.max(...known) : keys?.historyTimeline;
}
