/** Large files: ten megabytes end in a bounded time, and the time per line does not grow with the file. */
import { sampleFiles } from './valid-files';
import { checkFindings } from './invariants';
import type { Fuzzed } from './report';
import { bestOf, timed } from './timing';

const LARGE = 10 * 2 ** 20;
/** Bound of ten megabytes, in milliseconds of CPU time. */
const LARGE_MS = 3_000;
/** Bound of what the process holds after each of them, in MB; an ordinary run holds some 250. */
const LARGE_RSS = 1_024;
const GROWTH_LINES = [1_000, 10_000, 100_000];
const GROWTH_FACTOR = 1.5;

/** Files with a name of their own per copy, as a real large file has them. */
function renamed(text: string, copy: number): string {
  return text.replace(
    /^(backend|frontend|listen|userlist|vrrp_instance|vrrp_script|vrrp_sync_group) +(\S+)/gm,
    `$1 $2${copy}`,
  );
}

function copies(text: string, wanted: (text: string, copy: number) => boolean): string {
  const parts: string[] = [];
  for (let copy = 0; wanted(text, copy); copy += 1) parts.push(renamed(text, copy));
  return parts.join('\n');
}

export function runLarge({ read, language, report }: Fuzzed): void {
  const target = { path: language.fileName };
  const [sample = ''] = sampleFiles(language);
  const texts: readonly (readonly [string, string])[] = [
    ['ten megabytes of the sample', copies(sample, (text, copy) => text.length * copy < LARGE)],
    ['ten megabytes, the same again', sample.repeat(Math.ceil(LARGE / sample.length))],
    ['ten megabytes, one line', 'a '.repeat(LARGE / 2)],
    ['ten megabytes of NUL', '\0'.repeat(LARGE)],
    ['ten megabytes of braces', '{\n'.repeat(LARGE / 2)],
    ['ten megabytes of words', 'abc def\r\n'.repeat(LARGE / 9)],
  ];
  for (const [kind, text] of texts) {
    try {
      const once = () => timed(() => read(text, target).findings({}));
      const { result, cpu, wall } = once();
      const best = bestOf(cpu, LARGE_MS, once);
      const resident = process.memoryUsage().rss / 2 ** 20;
      report.saw(kind, text.length, best, wall);
      console.log(
        `  ${kind}: ${result.length} findings, ${best.toFixed(0)} ms CPU, ${wall.toFixed(0)} ms wall, resident ${resident.toFixed(0)} MB`,
      );
      if (best > LARGE_MS) throw new Error(`takes ${best.toFixed(0)} ms, more than ${LARGE_MS} ms`);
      if (resident > LARGE_RSS) throw new Error(`the process holds ${resident.toFixed(0)} MB`);
      checkFindings(text, result);
    } catch (error) {
      report.fault(kind, error, text.slice(0, 200));
    }
  }
}

export function runGrowth({ read, language, report }: Fuzzed): void {
  const target = { path: language.fileName };
  const [sample = ''] = sampleFiles(language);
  const perCopy = sample.split('\n').length;
  const perLine = GROWTH_LINES.map((count) => {
    const text = copies(sample, (_, copy) => copy * perCopy < count);
    const lines = text.split('\n').length;
    const times = Array.from(
      { length: count > 50_000 ? 3 : 9 },
      () => timed(() => read(text, target).findings({})).cpu,
    );
    const best = Math.min(...times);
    report.saw(`${count} lines`, text.length, best);
    return (best / lines) * 1000;
  });
  console.log(
    `  microseconds per line of ${GROWTH_LINES.join(', ')} lines: ${perLine.map((one) => one.toFixed(1)).join(', ')}`,
  );
  const [first = 0] = perLine;
  const last = Math.max(...perLine.slice(1));
  if (last > first * GROWTH_FACTOR)
    report.fault('growth', new Error('the time per line grows with the file'), '');
}
