/** What the logs of several services say around a moment, as one text. Pure. */
import { readStamp } from '../words/log-stamp';

export interface LogLine {
  /** Milliseconds since the epoch, by the clock of the node. */
  readonly at: number;
  readonly node: string;
  /** Runit name. */
  readonly service: string;
  readonly text: string;
}

/** How `tail -v` announces a file. */
const HEADER = /^==> .*?([^/]+)\/current <==$/;

/**
 * The lines in what `tail -v` printed of the logs of one node. Lines without a stamp (the middle of one that was cut, an
 * error of tail) are left out.
 */
export function parseTail(output: string, node: string): readonly LogLine[] {
  const lines: LogLine[] = [];
  let service = '';
  for (const line of output.split('\n')) {
    const header = HEADER.exec(line);
    if (header) service = header[1] ?? '';
    const stamped = readStamp(line);
    if (stamped !== undefined && service !== '') lines.push({ node, service, ...stamped });
  }
  return lines;
}

/** Around a moment, milliseconds. */
export interface Around {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

/** The lines around a moment, in the order of their times. */
export function linesAround(lines: readonly LogLine[], { at, before, after }: Around): readonly LogLine[] {
  return lines.filter((line) => line.at >= at - before && line.at <= at + after).sort((a, b) => a.at - b.at);
}

/** The lines as text, in columns. @param clock how a time is written */
export function logText(lines: readonly LogLine[], clock: (at: number) => string): string {
  const width = (pick: (line: LogLine) => string): number =>
    lines.reduce((most, line) => Math.max(most, pick(line).length), 0);
  const nodes = width(({ node }) => node);
  const services = width(({ service }) => service);
  return lines
    .map(
      ({ at, node, service, text }) =>
        `${clock(at)}  ${node.padEnd(nodes)}  ${service.padEnd(services)}  ${text}`,
    )
    .join('\n');
}

/** Index of the first line at or after the moment; the last one when all are before. */
export function lineAt(lines: readonly LogLine[], at: number): number {
  const index = lines.findIndex((line) => line.at >= at);
  return index < 0 ? Math.max(0, lines.length - 1) : index;
}
