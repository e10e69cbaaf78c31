/** svlogd's stamp, in UTC: `2026-11-28_16:10:22.12345 `. */
const STAMP = /^(\d{4}-\d\d-\d\d)_(\d\d:\d\d:\d\d\.\d+) (.*)$/s;
/** `16:10:22.123`: finer than milliseconds no clock of ours is. */
const TIME_LENGTH = 12;

/** A line of a service's log, without the stamp that its supervisor puts before it. */
export interface StampedLine {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly text: string;
}

/** Takes the stamp off a line; undefined for one without it, such as the end of a line that was cut. */
export function readStamp(line: string): StampedLine | undefined {
  const [, day, time, text] = STAMP.exec(line) ?? [];
  if (day === undefined || time === undefined || text === undefined) return undefined;
  const at = Date.parse(`${day}T${time.slice(0, TIME_LENGTH)}Z`);
  return Number.isNaN(at) ? undefined : { at, text };
}
