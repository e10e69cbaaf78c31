/** What happened, as rows: newest group first, within a group in the order in which it happened. Pure. */
import { translate } from '../../words/message';
import type { Message } from '../../words/message';
import type { Event, EventKind } from '../../observe/event';
import type { Tone } from '../topology/tree-node';
import { clockText, secondsText } from '../words/time-text';
import type { Localizer } from '../words/localizer';
import type { Cause, EventGroup, EventLog } from './event-log';

/** What a row stands for. */
export type EventRowTarget =
  | { readonly kind: 'group'; readonly group: EventGroup }
  | { readonly kind: 'event'; readonly lab: string; readonly event: Event };

export interface EventRow {
  /** Stable: of the same event always the same. */
  readonly id: string;
  readonly target: EventRowTarget;
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  /** Name of a codicon. */
  readonly icon: string;
  readonly tone: Tone;
  readonly accessibleLabel: string;
  readonly expanded: boolean;
  readonly children: readonly EventRow[];
}

const CAUSE_ICONS: Readonly<Record<Cause, string>> = {
  fault: 'zap',
  order: 'tools',
  healing: 'heart',
  unprompted: 'pulse',
};

const BAD: ReadonlySet<EventKind> = new Set([
  'service-down',
  'node-down',
  'node-paused',
  'node-cut',
  'cluster-degraded',
  'writes-missing',
]);
const GOOD: ReadonlySet<EventKind> = new Set([
  'service-up',
  'node-up',
  'node-reconnected',
  'cluster-whole',
  'writes-again',
  'writes-went-on',
]);

/** What is shown of events, besides the events themselves. */
export interface EventRowOptions {
  /** Whether a group's lab must be named. */
  readonly severalLabs: boolean;
  /** What only one node may hold, by the kind of event that tells that it moved: "database leader". */
  readonly holderTitles: ReadonlyMap<string, Message>;
}

/** Rows of all groups. */
export function eventRows(log: EventLog, options: EventRowOptions, l10n: Localizer): readonly EventRow[] {
  const newest = log.groups.at(-1);
  return [...log.groups].reverse().map((group) => groupRow(group, group === newest, options, l10n));
}

/** What a group comes to, e.g. "outage 6.5 s" or "writes went on"; empty while that is not known. */
export function groupOutcome(group: EventGroup, l10n: Localizer): string {
  const kinds = group.events.map(({ kind }) => kind);
  if (kinds.includes('writes-missing')) return l10n.t('writes missing');
  const outage = outageOfGroup(group);
  if (outage !== undefined) return l10n.t('outage {0}', secondsText(outage));
  if (kinds.includes('writes-went-on')) return l10n.t('no outage');
  if (group.wholeAt !== undefined && group.cause !== 'unprompted') {
    return l10n.t('whole after {0}', secondsText(group.wholeAt - group.startedAt));
  }
  return '';
}

/** The longest time in which clients were not served, milliseconds; undefined when none was told. */
function outageOfGroup({ events }: EventGroup): number | undefined {
  const outages = events.flatMap(({ kind, at, since }) =>
    kind === 'writes-again' && since !== undefined ? [at - since] : [],
  );
  return outages.length === 0 ? undefined : Math.max(...outages);
}

function groupRow(group: EventGroup, newest: boolean, options: EventRowOptions, l10n: Localizer): EventRow {
  const id = `group:${group.id}`;
  const outcome = groupOutcome(group, l10n);
  const time = clockText(group.startedAt);
  const lab = options.severalLabs ? group.lab : '';
  const description = [outcome, time, lab].filter((part) => part !== '').join(' · ');
  const alone = group.cause === 'unprompted' && group.events.length === 1;
  const children = alone ? [] : group.events.slice(group.cause === 'unprompted' ? 0 : 1);
  const [first] = group.events;
  const title = translate(group.title, l10n);
  return {
    id,
    target: alone && first ? { kind: 'event', lab: group.lab, event: first } : { kind: 'group', group },
    label: title,
    description,
    tooltip: [title, description].join('\n'),
    icon: CAUSE_ICONS[group.cause],
    tone: outcomeTone(group),
    accessibleLabel: [title, description].filter((part) => part !== '').join(', '),
    expanded: newest,
    children: children.map((event, index) =>
      eventRow(event, group, `${id}/${index}:${event.at}`, options, l10n),
    ),
  };
}

function eventRow(
  event: Event,
  group: EventGroup,
  id: string,
  { holderTitles }: EventRowOptions,
  l10n: Localizer,
): EventRow {
  const text = translate(event.text, l10n);
  const after = secondsText(Math.max(0, event.at - group.startedAt));
  return {
    id,
    target: { kind: 'event', lab: group.lab, event },
    label: after,
    description: shortText(event, holderTitles, l10n),
    tooltip: `${clockText(event.at)} · ${text}`,
    icon: 'circle-small-filled',
    tone: toneOf(event.kind),
    accessibleLabel: l10n.t('{0} after {1}', text, after),
    expanded: false,
    children: [],
  };
}

function outcomeTone(group: EventGroup): Tone {
  if (group.events.some(({ kind }) => kind === 'writes-missing')) return 'bad';
  if (outageOfGroup(group) !== undefined) return 'warning';
  return group.wholeAt !== undefined || group.events.some(({ kind }) => kind === 'writes-went-on')
    ? 'good'
    : 'quiet';
}

function toneOf(kind: EventKind): Tone {
  if (BAD.has(kind)) return 'bad';
  return GOOD.has(kind) ? 'good' : 'quiet';
}

/** What fits into a side bar: "database leader: node1 → node2". */
function shortText(event: Event, holderTitles: ReadonlyMap<string, Message>, l10n: Localizer): string {
  const title = holderTitles.get(event.kind);
  const { from, to } = event;
  if (title === undefined || from === undefined || from === to) return translate(event.text, l10n);
  return `${translate(title, l10n)}: ${from} → ${to ?? '–'}`;
}
