/** Events of all labs in groups, each with its cause: what was done, or what happened by itself. Pure. */
import type { Message } from '../../words/message';
import type { Event, EventKind } from '../../observe/event';

/** What a group began with. */
export type Cause = 'fault' | 'order' | 'healing' | 'unprompted';

/** What belongs to one thing that was done or happened. */
export interface EventGroup {
  /** Counts up; never used twice. */
  readonly id: number;
  readonly lab: string;
  readonly cause: Cause;
  readonly title: Message;
  /** When it was ordered, or noticed. Milliseconds since the epoch. */
  readonly startedAt: number;
  /** When the cluster was whole again; undefined while it is not, or was not touched. */
  readonly wholeAt: number | undefined;
  /** By time; the cause itself first. */
  readonly events: readonly Event[];
}

export interface EventLog {
  /** Oldest first. */
  readonly groups: readonly EventGroup[];
  readonly nextId: number;
}

export const NO_EVENTS: EventLog = { groups: [], nextId: 1 };

const GROUPS_KEPT = 50;
const EVENTS_KEPT = 100;
/** What happens after this long without anything else has another cause. */
const QUIET_MS = 30_000;
/** What happens this long after a cluster became whole still belongs to it. */
const AFTER_WHOLE_MS = 5_000;

const OPENS: Readonly<Partial<Record<EventKind, Cause>>> = {
  'fault-injected': 'fault',
  'order-given': 'order',
};
/** About our own eyes, not about the cluster. */
const NOT_TOLD: ReadonlySet<EventKind> = new Set(['source-lost', 'source-found']);

/** The log with one event more, in the group it belongs to. */
export function addEvent(log: EventLog, lab: string, event: Event): EventLog {
  if (NOT_TOLD.has(event.kind)) return log;
  const group = groupFor(log, lab, event);
  if (group) return { ...log, groups: log.groups.map((one) => (one === group ? joined(one, event) : one)) };
  const cause = OPENS[event.kind] ?? (event.kind === 'fault-healed' ? 'healing' : 'unprompted');
  const opened = {
    id: log.nextId,
    lab,
    cause,
    title: event.text,
    startedAt: event.at,
    wholeAt: undefined,
    events: [event],
  };
  return { groups: [...log.groups, opened].slice(-GROUPS_KEPT), nextId: log.nextId + 1 };
}

/** The group an event was put into last; for telling how long after its cause it came. */
export function groupOf(log: EventLog, event: Event): EventGroup | undefined {
  return log.groups.findLast(({ events }) => events.includes(event));
}

function groupFor(log: EventLog, lab: string, event: Event): EventGroup | undefined {
  if (OPENS[event.kind] !== undefined) return undefined;
  const own = log.groups.filter((group) => group.lab === lab);
  const { since } = event;
  if (since !== undefined) return own.findLast(({ startedAt }) => startedAt <= since);
  const newest = own.at(-1);
  if (!newest) return undefined;
  // Whoever heals something says so when it is done, and an order's end belongs to the order.
  if (event.kind === 'fault-healed' && newest.cause !== 'order') return undefined;
  const over = newest.wholeAt === undefined ? undefined : newest.wholeAt + AFTER_WHOLE_MS;
  const quiet = lastAt(newest) + QUIET_MS;
  return event.at <= (over ?? quiet) ? newest : undefined;
}

function joined(group: EventGroup, event: Event): EventGroup {
  const [cause, ...others] = group.events;
  const sorted = [...others, event].sort((a, b) => a.at - b.at).slice(-(EVENTS_KEPT - 1));
  return {
    ...group,
    events: cause ? [cause, ...sorted] : sorted,
    wholeAt: event.kind === 'cluster-whole' ? event.at : group.wholeAt,
  };
}

function lastAt({ startedAt, events }: EventGroup): number {
  return events.reduce((latest, { at }) => Math.max(latest, at), startedAt);
}
