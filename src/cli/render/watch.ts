import type { Event } from '../../observe/event';
import { statusTable, summaryLines, titleLine } from './status';
import type { StatusView } from './status';
import type { Style } from './style';
import { table, truncate } from './table';
import { clock } from './time';

/** One event as a line: time, then the sentence. */
export function eventLine(event: Event, style: Style): string {
  const bad =
    event.kind.endsWith('-down') || ['node-cut', 'cluster-degraded', 'source-lost'].includes(event.kind);
  const good = event.kind.endsWith('-up') || ['node-reconnected', 'cluster-whole'].includes(event.kind);
  const paint = bad ? style.red : good ? style.green : style.yellow;
  return `${style.dim(clock(event.at))} ${paint(event.kind)} ${event.text}`;
}

/** One event for programs: a line of NDJSON. */
export function eventJson(event: Event): string {
  return JSON.stringify(event);
}

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
  const top = [
    titleLine(view, style),
    ...summary.split('\n'),
    '',
    ...statusTable(view.lab, view.state, style).split('\n'),
    '',
    `${style.bold('Events')} ${style.dim('(q or Ctrl-C ends)')}`,
  ];
  const room = Math.max(0, size.rows - top.length);
  const newest = room === 0 ? [] : events.slice(-room).map((event) => eventLine(event, style));
  return [...top, ...newest].slice(0, size.rows).map((line) => truncate(line, size.columns));
}
