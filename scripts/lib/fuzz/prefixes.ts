/** Every beginning of a file, as it stands while somebody types it. */
import { checkFindings } from '../../../test/unit/config/fuzz/invariants';
import { usualName } from '../../../test/unit/config/fuzz/valid-files';
import type { Fuzzed } from './report';
import { bound, timed } from './timing';

/** Of longer files a share of the prefixes is read: their number times their length grows with the square. */
const ALL_UP_TO = 10_000;
const MOST_OF_ONE = 400;

export function runPrefixes({ read, language, report }: Fuzzed, files: readonly string[]): void {
  const target = { path: usualName(language) };
  for (const text of files) {
    const step = text.length <= ALL_UP_TO ? 1 : Math.ceil(text.length / MOST_OF_ONE);
    const kind = step === 1 ? 'every prefix' : 'prefixes of long files';
    for (let length = 0; length <= text.length; length += step) {
      const prefix = text.slice(0, length);
      try {
        const once = (): number => {
          const { result, cpu, wall } = timed(() => read(prefix, target).findings({}));
          checkFindings(prefix, result);
          report.saw(kind, length, cpu, wall);
          return cpu;
        };
        const limit = bound(length);
        const took = once();
        if (took > limit && Math.min(once(), once()) > limit)
          throw new Error(`takes ${took.toFixed(0)} ms, more than ${limit.toFixed(0)} ms`);
      } catch (error) {
        report.fault(kind, error, prefix);
        break;
      }
    }
  }
}
