import { translate } from '../../words/message';
import type { Event } from '../../observe/event';
import { addEvent, groupOf, NO_EVENTS } from '../../presentation/events/event-log';
import type { EventLog } from '../../presentation/events/event-log';
import { statusMatrix, statusTable, summaryLines, titleLine } from './status';
import type { StatusView } from './status';
import type { Style } from './style';
import { table, truncate } from './table';
import { preciseClockText, secondsText } from '../../presentation/words/time-text';

/**
 * One event as a line: time, then the sentence.
 * @param afterMs how long after what caused it, milliseconds; told when there was a cause
 */
export function eventLine(event: Event, style: Style, afterMs?: number): string {
  const bad =
    event.kind.endsWith('-down') || ['node-cut', 'cluster-degraded', 'source-lost'].includes(event.kind);
  const good = event.kind.endsWith('-up') || ['node-reconnected', 'cluster-whole'].includes(event.kind);
  const paint = bad ? style.red : good ? style.green : style.yellow;
  const after = afterMs === undefined ? '' : ` ${style.dim(`+${secondsText(afterMs)}`)}`;
  return `${style.dim(preciseClockText(event.at))} ${paint(event.kind)} ${translate(event.text, style.l10n)}${after}`;
}

/** The line of an event with how long after the beginning of its group it came, where it is not that itself. */
export function groupedLine(event: Event, log: EventLog, style: Style): string {
  const group = groupOf(log, event);
  const first = group === undefined || group.events[0] === event;
  return eventLine(event, style, first ? undefined : Math.max(0, event.at - group.startedAt));
}

/**
 * What there is when watching begins, for programs: the first line of NDJSON. It looks like an event, so that whoever
 * reads by `kind` may pass over it.
 */
export function snapshotJson({ state, notWhole, now }: StatusView): string {
  const text =
    notWhole.length === 0 ? 'the cluster is whole' : `not whole: ${notWhole.map(String).join('; ')}`;
  return JSON.stringify({ at: now, kind: 'snapshot', text, whole: notWhole.length === 0, notWhole, state });
}

/** One event for programs: a line of NDJSON. */
export function eventJson(event: Event): string {
  return JSON.stringify(event);
}

/** With fewer lines than this left for events, the table gives way to the matrix. */
const EVENTS_AT_LEAST = 6;

/**
 * The picture of a terminal: state on top, newest events below, cut to what fits.
 * @param events oldest first
 */
export function watchScreen(
  view: StatusView,
  events: readonly Event[],
  size: { readonly columns: number; readonly rows: number },
  style: Style,
): readonly string[] {
  const summary = table(summaryLines(view, style).map(([label, text]) => [`  ${style.dim(label)}`, text]));
  const around = [
    titleLine(view, style),
    ...summary.split('\n'),
    '',
    '',
    `${style.bold(style.l10n.t('Events'))} ${style.dim(style.l10n.t('(q or Ctrl-C ends)'))}`,
  ];
  const full = statusTable(view.lab, view.state, style, size.columns).split('\n');
  const fits = around.length + full.length + EVENTS_AT_LEAST <= size.rows;
  const middle = fits ? full : statusMatrix(view.state, style).split('\n');
  const top = [...around.slice(0, -2), ...middle, ...around.slice(-2)];
  const room = Math.max(0, size.rows - top.length);
  const log = events.reduce((sofar, event) => addEvent(sofar, view.lab.name, event), NO_EVENTS);
  const newest = room === 0 ? [] : events.slice(-room).map((event) => groupedLine(event, log, style));
  return [...top, ...newest].slice(0, size.rows).map((line) => truncate(line, size.columns));
}
