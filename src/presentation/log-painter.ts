import { readStamp } from './words/log-stamp';
import { preciseClockText } from './words/time-text';

/** What programs write themselves before a message; the stamp says it already. */
const OWN_STAMPS = [
  // Patroni, PostgreSQL, HAProxy: `2026-11-28 16:10:22,123 `, `2026-11-28 16:10:22.123 UTC `
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[.,]\d{1,6} (?:[A-Z]{3,4} )?/,
  // Consul: `2026-11-28T16:10:22.123Z `
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d) /,
  // Keepalived: `Sat Nov 28 16:10:22 2026: `
  /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}: /,
];
const BAD = /\b(?:FATAL|PANIC|ERROR|CRITICAL|ERR)\b|\[ERR\]/;
const DOUBTFUL = /\b(?:WARNING|WARN)\b|\[WARN\]/;

const RED = '\u001b[31m';
const YELLOW = '\u001b[33m';
const DIM = '\u001b[2m';
const PLAIN = '\u001b[0m';

/** Makes a service's log easier to read as it comes in: one local time per line, and what is wrong stands out. */
export class LogPainter {
  private rest = '';

  /** The whole lines that are there by now, painted; the beginning of one waits for its end. */
  paint(chunk: string): string {
    const lines = (this.rest + chunk).split('\n');
    this.rest = lines.pop() ?? '';
    return lines.map((line) => `${paintLine(line)}\n`).join('');
  }
}

/** One line, without its end. A line that svlogd did not write stays as it is. */
export function paintLine(line: string): string {
  const stamped = readStamp(line);
  if (stamped === undefined) return line;
  const message = OWN_STAMPS.reduce((text, own) => text.replace(own, ''), stamped.text);
  const colour = BAD.test(message) ? RED : DOUBTFUL.test(message) ? YELLOW : '';
  const painted = colour === '' ? message : `${colour}${message.replace(/\r$/, '')}${PLAIN}\r`;
  return `${DIM}${preciseClockText(stamped.at)}${PLAIN} ${painted}`;
}
