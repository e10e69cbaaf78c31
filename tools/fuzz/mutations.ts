/** Mutated files: nothing throws, places and fixes fit, the same twice, in bounded time and memory. */
import fc from 'fast-check';
import { loadavg } from 'node:os';
import type { Finding } from '../../src/finding/finding';
import type { Target } from '../../src/languages/core/language/language';
import { checkEditor, checkFindings, checkFixes, checkSame } from './invariants';
import { mutated } from './mutated-text';
import type { Fuzzed } from './report';
import { bestOf, bound, heapInUse, timed } from './timing';

/** Each batch has a seed of its own, so that a fault does not end the run. */
const BATCH = 5_000;
/** More is told of the first faults only. */
const MOST_FAULTS = 40;
/** What the heap may grow by over a run, in MB: the compiled code and caches that are filled once. */
const GROWTH_MB = 30;

interface Input {
  readonly text: string;
  readonly gitlabVersion: string;
  readonly haproxyVersion: string;
  readonly cursor: number;
  /** One in eight is also asked everything an editor asks, one in four linted twice. */
  readonly extra: number;
}

function inputs(files: readonly string[]): fc.Arbitrary<Input> {
  return fc.record({
    text: mutated(files),
    gitlabVersion: fc.constantFrom('19.3', '19.2', '18.11', '18.0', '16.0', '15.10', '13.0', '20.0'),
    haproxyVersion: fc.constantFrom('3.0', '2.6', '3.2', '3.4'),
    cursor: fc.nat(),
    extra: fc.nat({ max: 7 }),
  });
}

export function runMutations(fuzzed: Fuzzed, files: readonly string[], runs: number, seed: number): void {
  const { report } = fuzzed;
  // Long files cost most and show nothing that short ones do not: they take part once in a while.
  const short = files.filter(({ length }) => length < 800);
  let before: number | undefined;
  for (let done = 0; done < runs && report.faults < MOST_FAULTS; done += BATCH) {
    const batch = done / BATCH;
    const arbitrary = inputs(batch % 20 === 0 ? files : short);
    const options = { numRuns: Math.min(BATCH, runs - done), seed: seed + batch };
    const outcome = fc.check(
      fc.property(arbitrary, (input) => checkInput(fuzzed, input)),
      options,
    );
    if (outcome.failed) {
      const [input] = outcome.counterexample ?? [];
      const { text = '', ...rest } = input ?? {};
      const where = `mutations, batch seed ${seed + batch}, ${JSON.stringify(rest)}`;
      report.fault(where, outcome.errorInstance, text);
    }
    before ??= heapInUse();
    if (batch % 4 === 3) {
      const heap = (heapInUse() / 2 ** 20).toFixed(0);
      console.log(`  ${done + BATCH} texts, heap ${heap} MB, load ${loadavg()[0]?.toFixed(1)}`);
    }
  }
  const grown = (heapInUse() - (before ?? 0)) / 2 ** 20;
  console.log(
    `  heap after the first batch ${((before ?? 0) / 2 ** 20).toFixed(1)} MB, grown by ${grown.toFixed(1)} MB`,
  );
  if (grown > GROWTH_MB) report.fault('mutations', new Error(`the heap grew by ${grown.toFixed(1)} MB`), '');
}

function checkInput({ read, language, report }: Fuzzed, input: Input): void {
  const { text, gitlabVersion, haproxyVersion, cursor, extra } = input;
  const target: Target = { path: language.fileName, gitlabVersion, haproxyVersion };
  const lint = (one: string): readonly Finding[] => read(one, target).findings({});
  const { result: findings, cpu, wall } = timed(() => lint(text));
  const limit = bound(text.length);
  const best = bestOf(cpu, limit, () => timed(() => lint(text)));
  report.saw('mutations, lint', text.length, best, wall);
  // Not thrown: times do not shrink.
  if (best > limit) report.slow('mutations', text, best, limit);
  checkFindings(text, findings);
  checkFixes(text, findings, lint);
  if (extra % 4 === 1) checkSame(findings, lint(text));
  if (extra === 0) {
    const asked = timed(() => {
      checkEditor(text, read, target, cursor % (text.length + 1));
    });
    report.saw('mutations, everything an editor asks', text.length, asked.cpu, asked.wall);
  }
}
