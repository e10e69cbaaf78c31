const PART = /(\d+(?:\.\d+)?)(h|ms|us|µs|ns|m|s)/g;
const WHOLE = new RegExp(`^(?:${PART.source})+$`);
const SECONDS: Readonly<Record<string, number>> = {
  h: 3600,
  m: 60,
  s: 1,
  ms: 1e-3,
  us: 1e-6,
  µs: 1e-6,
  ns: 1e-9,
};

/** Seconds, rounded up, of a duration as Go's programs take it (`1m30s`); undefined for anything else. */
export function goSeconds(written: string | undefined): number | undefined {
  if (written === undefined || !WHOLE.test(written)) return undefined;
  const parts = [...written.matchAll(PART)].map(
    ([, count, unit = '']) => Number(count) * (SECONDS[unit] ?? 0),
  );
  return Math.ceil(parts.reduce((sum, part) => sum + part, 0));
}
