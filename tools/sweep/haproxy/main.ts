/**
 * Sweeps the real HAProxy: generates files that vary one thing each, and compares what each branch says of them with
 * our linter, by severity and line.
 *
 *   npx tsx tools/sweep/haproxy/main.ts [--work FOLDER] [--mirror URL] [--cache FOLDER] [--version 3.0] [--group NAME]
 *     [--outcome missed] [--most 20] [--seed 0] [--kept]
 *
 * HAProxy comes from Debian's packages as for tools/agreement/haproxy.ts, into --work; verdicts are kept in --cache
 * (.cache/haproxy-sweep). Prints a table per branch, and what differs, with the reason where reasons.ts has one;
 * --outcome and --group list single files, --kept only
 * compares what earlier runs have judged. Exit code 1 when a difference has no reason.
 */
import { resolve } from 'node:path';
import { haproxyVersion } from '../../../src/languages/haproxy/schema/version';
import { fetchPackages, foundPackages, type Program } from '../../agreement/haproxy-packages';
import { compare, isRefusedAtStart, type Outcome } from './compare';
import { generate } from './generate';
import { judgeAll } from './judge';
import { reasonFor } from './reasons';
import { groupedBy, type Case } from './base';

const words = process.argv.slice(2);
const option = (name: string): string | undefined => words.find((_, at) => words[at - 1] === name);
const work = resolve(option('--work') ?? '.cache/haproxy-packages');
const cacheFolder = resolve(option('--cache') ?? '.cache/haproxy-sweep');
const most = Number(option('--most') ?? 20);
const [onlyVersion, onlyGroup, onlyOutcome] = [option('--version'), option('--group'), option('--outcome')];

interface Difference {
  readonly outcome: Outcome;
  readonly one: Case;
  readonly said: string;
  readonly reason: string | undefined;
}

async function sweep(program: Program): Promise<boolean> {
  const version = haproxyVersion(program.version);
  if (version === undefined || (onlyVersion !== undefined && onlyVersion !== version)) return true;
  const cases = generate(version, Number(option('--seed') ?? 0)).filter(
    ({ group }) => onlyGroup === undefined || group === onlyGroup || group === 'base',
  );
  const kept = { cacheFolder, onlyKept: words.includes('--kept') };
  const judgements = await judgeAll(program, cases, kept, (done, all) => {
    if (done === all || done % 4_000 < 400)
      console.error(`HAProxy ${version}: ${done} of ${all} files judged`);
  });
  // What HAProxy says of the base says nothing of what was varied.
  const usual = new Set(judgements[0]?.messages);
  const judged = cases.flatMap((one, at) => {
    const judgement = judgements[at];
    if (judgement === undefined) return [];
    const messages = judgement.messages.filter((line) => !usual.has(line));
    return [{ one, exit: judgement.exit, ...compare(one, version, { ...judgement, messages }) }];
  });
  const mistaken = judged.filter(({ outcome }) => outcome === 'mistaken').map(({ one }) => one);
  const starts = await judgeAll(program, mistaken, { ...kept, way: 'start' }, () => undefined);
  const late = new Set(
    mistaken.filter((one, at) => {
      const start = starts[at];
      return start !== undefined && isRefusedAtStart(one, version, start);
    }),
  );
  const counts = new Map<Outcome, number>();
  const differences: Difference[] = [];
  let [refused, accepted] = [0, 0];
  for (const { one, exit, outcome: first, said } of judged) {
    const outcome = late.has(one) ? 'agreed' : first;
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    if (exit === 1 && outcome !== 'no verdict') refused += 1;
    if ((exit === 0 || exit === 2) && !late.has(one)) accepted += 1;
    if (outcome === 'agreed' || outcome === 'no verdict') continue;
    differences.push({ outcome, one, said, reason: reasonFor(outcome, said) });
  }
  const of = (outcome: Outcome): number => counts.get(outcome) ?? 0;
  const share = ((100 * of('missed')) / Math.max(refused, 1)).toFixed(2);
  console.log(
    `HAProxy ${program.version}: ${judged.length} files generated, ${of('agreed')} agreed, ${of('no verdict')} depend on the machine;\n` +
      `  ${late.size} refused by the start alone; ${accepted} accepted, of them error ${of('mistaken')}, warning missing ${of('unwarned')}; ` +
      `${refused} refused, of them no error ${of('missed')} (${share} %), other line ${of('other line')}`,
  );
  report(differences);
  return !differences.some(({ outcome, reason }) => reason === undefined && outcome !== 'unwarned');
}

function report(differences: readonly Difference[]): void {
  for (const outcome of ['mistaken', 'missed', 'other line', 'unwarned'] as const) {
    if (onlyOutcome !== undefined && outcome !== onlyOutcome) continue;
    const own = differences.filter((difference) => difference.outcome === outcome);
    const kinds = groupedBy(own, ({ said, reason }) => reason ?? shapeOf(said));
    const sorted = [...kinds].sort((a, b) => b[1].length - a[1].length).slice(0, most);
    for (const [kind, members] of sorted) {
      console.log(`  ${outcome} ${members.length}x [${members[0]?.one.group ?? ''}] ${kind}`);
      const shown = onlyOutcome === undefined ? 1 : 3;
      if (members[0]?.reason === undefined) {
        for (const { one, said } of members.slice(0, shown))
          console.log(`      ${one.name}\n        ${said.slice(0, 220)}`);
      }
    }
  }
}

/** What is said without names and numbers, so that one fault is one line. */
function shapeOf(said: string): string {
  return said
    .replace(/'[^']*'|"[^"]*"/g, '…')
    .replace(/\d+/g, 'N')
    .slice(0, 130);
}

const known = foundPackages(work);
const programs =
  known.length > 0
    ? known
    : fetchPackages(work, option('--mirror') ?? 'http://deb.debian.org/debian').programs;
let explained = true;
for (const program of programs) explained = (await sweep(program)) && explained;
process.exitCode = explained ? 0 : 1;
