/** Every beginning of a file, as it stands while somebody types it. */
import fc from 'fast-check';
import { checkFindings } from './invariants';
import type { Fuzzed } from './report';
import { bestOf, bound, timed } from './timing';

/** Every prefix is read of files up to this length unless told otherwise; the work grows with the square of the length. */
export const ALL_UP_TO = 40 * 1024;
/** Of longer files, every prefix this near to their beginning and to their end. */
const NEAR_ENDS = 1024;
/** And as many anywhere, besides each that ends with a line. */
const ANYWHERE = 300;

/** The lengths of the prefixes of a text that are read, in order: all of them, or of one above a length a share. */
export function prefixLengths(text: string, seed: number, allUpTo = ALL_UP_TO): readonly number[] {
  const { length } = text;
  if (length <= allUpTo) return Array.from({ length: length + 1 }, (_, at) => at);
  const chosen = new Set<number>();
  for (let near = 0; near <= NEAR_ENDS; near += 1) chosen.add(near).add(length - near);
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1))
    chosen.add(end).add(end + 1);
  for (const any of fc.sample(fc.nat({ max: length }), { seed, numRuns: ANYWHERE })) chosen.add(any);
  return [...chosen].sort((a, b) => a - b);
}

export function runPrefixes(fuzzed: Fuzzed, files: readonly string[], seed: number, allUpTo: number): void {
  const whole = files.filter(({ length }) => length <= allUpTo);
  const long = files.filter(({ length }) => length > allUpTo);
  const read = (texts: readonly string[]): number =>
    texts.reduce((sum, text) => sum + readPrefixes(fuzzed, text, prefixLengths(text, seed, allUpTo)), 0);
  const upTo = Number.isFinite(allUpTo) ? ` up to ${allUpTo / 1024} KB` : '';
  console.log(`  every prefix of ${whole.length} files${upTo}: ${read(whole)}`);
  const some = read(long);
  const of = long.reduce((sum, { length }) => sum + length + 1, 0);
  if (long.length > 0)
    console.log(
      `  of ${long.length} longer files each prefix at a line end or within ${NEAR_ENDS} characters of begin and end, and ${ANYWHERE} others: ${some} of ${of}`,
    );
}

/** Reads the prefixes of a text up to the first one that shows a fault; gives how many were read. */
function readPrefixes({ read, language, report }: Fuzzed, text: string, lengths: readonly number[]): number {
  const target = { path: language.fileName };
  const kind = lengths.length > text.length ? 'every prefix' : 'prefixes of long files';
  for (const [done, length] of lengths.entries()) {
    const prefix = text.slice(0, length);
    try {
      const once = () => timed(() => read(prefix, target).findings({}));
      const { result, cpu, wall } = once();
      checkFindings(prefix, result);
      const limit = bound(length);
      const best = bestOf(cpu, limit, once);
      report.saw(kind, length, best, wall);
      if (best > limit) throw new Error(`takes ${best.toFixed(0)} ms, more than ${limit.toFixed(0)} ms`);
    } catch (error) {
      report.fault(kind, error, prefix);
      return done + 1;
    }
  }
  return lengths.length;
}
