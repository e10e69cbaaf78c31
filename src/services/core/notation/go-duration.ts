const PART = /(\d+(?:\.\d*)?|\.\d+)(h|ms|us|µs|μs|ns|m|s)/g;
const WHOLE = new RegExp(`^[+-]?(?:0|(?:${PART.source})+)$`);
const SECONDS: Readonly<Record<string, number>> = {
  h: 3600,
  m: 60,
  s: 1,
  ms: 1e-3,
  us: 1e-6,
  // Micro sign and Greek letter: Go takes both.
  µs: 1e-6,
  μs: 1e-6,
  ns: 1e-9,
};
/** Go counts nanoseconds in 63 bits. */
const MOST_SECONDS = 9_223_372_036;

/**
 * Seconds, rounded up, of a duration as Go's programs take it (`1m30s`); none for one below zero. Undefined for anything else,
 * also for what is too long for Go.
 */
export function goSeconds(written: string | undefined): number | undefined {
  if (written === undefined || !WHOLE.test(written)) return undefined;
  const parts = [...written.matchAll(PART)].map(
    ([, count, unit = '']) => Number(count) * (SECONDS[unit] ?? 0),
  );
  const seconds = Math.ceil(parts.reduce((sum, part) => sum + part, 0));
  if (seconds > MOST_SECONDS) return undefined;
  return written.startsWith('-') ? 0 : seconds;
}

/** Longer than anybody waits; scripts and timers count on from it without trouble. */
const LONGEST_STOP = 2_000_000;

/**
 * How many seconds a program may take to stop, 23 days at most.
 * @param usual where nothing is written, or what is no duration
 */
export function stopSeconds(written: string | undefined, usual: string): number {
  return Math.min(goSeconds(written) ?? goSeconds(usual) ?? 0, LONGEST_STOP);
}
