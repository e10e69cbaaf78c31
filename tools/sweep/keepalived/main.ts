/**
 * Sweeps the real Keepalived: generates files that vary one thing each, and compares what `keepalived -t` says of them with
 * our linter, line by line.
 *
 *   npx tsx tools/sweep/keepalived/main.ts [--work FOLDER] [--cache FOLDER] [--version 2.3.3] [--mirror URL] [--outcome missed] [--most 20]
 *
 * Keepalived comes from Debian's packages into --work (.cache/keepalived-packages); needs root's rights, as it is run in a
 * root and a network of its own; verdicts are kept in --cache. Prints a table per release, and what differs with the reason where reasons.ts has one;
 * --outcome lists single files. Exit code 1 when a difference has no reason.
 */
import { resolve } from 'node:path';
import type { Finding } from '../../../src/finding/finding';
import { lintKeepalived } from '../../../src/languages/keepalived/lint';
import { BLOCK_KINDS, keywordsOf } from '../../../src/languages/keepalived/schema/schema';
import { readKeepalived } from '../../../src/languages/keepalived/subject';
import { keepalivedPackages, type KeepalivedProgram } from '../../agreement/keepalived-packages';
import { faultsOf, type Fault } from '../../agreement/keepalived-verdicts';
import { groupedBy } from '../haproxy/base';
import type { Case } from './base';
import { generate } from './generate';
import type { Judgement } from '../haproxy/judge';
import { judgeAll } from './judge';
import { reasonFor, type Outcome } from './reasons';

const words = process.argv.slice(2);
const option = (name: string): string | undefined => words.find((_, at) => words[at - 1] === name);
const work = resolve(option('--work') ?? '.cache/keepalived-packages');
const cacheFolder = resolve(option('--cache') ?? '.cache/keepalived-sweep');
const most = Number(option('--most') ?? 20);
const onlyOutcome = option('--outcome');

interface Compared {
  readonly outcome: Outcome;
  readonly said: string;
}

const told = (text: string): Finding[] => lintKeepalived(readKeepalived(text), 'x.conf');

/** What is told of the base says nothing of what was varied. */
const USUAL = new Set(told(generate()[0]?.text ?? '').map(({ code, message }) => `${code} ${message}`));

/** Branch a keyword exists from on, in whichever block it is new. */
const NEWER = new Map(
  BLOCK_KINDS.flatMap((kind) => keywordsOf(kind)).flatMap(({ name, since }) =>
    since === undefined ? [] : [[name, since] as const],
  ),
);

/** True for a fault a later release does not find: a file is read without a version, as the newest reads it. */
function isOfOlder({ message }: Fault, release: string): boolean {
  const since = NEWER.get(/^Unknown keyword '(.*)'$/.exec(message)?.[1] ?? '');
  return since !== undefined && Number(since) > Number(/^\d+\.\d+/.exec(release)?.[0]);
}

/** Compares one file: a fault Keepalived names must be an error or a warning of ours in that line. */
function compare({ text }: Case, { exit, messages }: Judgement, release: string): Compared {
  // Ended by a signal, or by the limit of time.
  if (exit > 100) return { outcome: 'no verdict', said: `exit code ${exit}` };
  const findings = told(text).filter(({ code, message }) => !USUAL.has(`${code} ${message}`));
  const errors = findings.filter(({ severity }) => severity === 'error');
  // The brace of a block whose keyword is unknown follows from that.
  const faults = faultsOf({ messages }).filter(
    ({ message }, at) => at === 0 || message !== "Unknown keyword '}'",
  );
  const [fault] = faults;
  const older = faults.find((one) => isOfOlder(one, release));
  if (older !== undefined) return { outcome: 'no verdict', said: older.message };
  if (fault === undefined) {
    const [error] = errors;
    if (exit !== 0) return { outcome: 'no verdict', said: messages[0] ?? '' };
    return error === undefined
      ? { outcome: 'agreed', said: '' }
      : { outcome: 'mistaken', said: `${error.code} ${error.message}` };
  }
  const serious = findings.filter(({ severity }) => severity === 'error' || severity === 'warning');
  if (serious.length === 0) return { outcome: 'missed', said: fault.message };
  const lines = serious.map(({ range }) => range.start.line + 1);
  const same = faults.every(({ line, message }) => {
    const [first, last] = line === undefined ? [0, Infinity] : linesMeant(text, line, message);
    return lines.some((ours) => ours >= first && ours <= last);
  });
  return { outcome: same ? 'agreed' : 'other line', said: fault.message };
}

/** Lines a fault is about: Keepalived names the end of a block that lacks something, and the line behind a brace that is missing. */
function linesMeant(text: string, line: number, message: string): readonly [first: number, last: number] {
  const rows = text.split('\n');
  if (message.startsWith("Missing '{'")) return [line - 1, line];
  if (rows[line - 1]?.trim() !== '}') return [line, line];
  let first = line - 1;
  for (let depth = 1; depth > 0 && first > 0; first -= 1) {
    const row = rows[first - 1] ?? '';
    depth += (row.match(/\}/g) ?? []).length - (row.match(/\{/g) ?? []).length;
  }
  return [first + 1, line];
}

async function sweep(program: KeepalivedProgram, cases: readonly Case[]): Promise<boolean> {
  const judgements = await judgeAll(program, cases, cacheFolder, (done, all) => {
    if (done === all) console.error(`Keepalived ${program.version}: ${done} files judged`);
  });
  const compared = cases.flatMap((one, at) => {
    const judgement = judgements[at];
    if (judgement === undefined) return [];
    const { outcome, said } = compare(one, judgement, program.version);
    return [
      {
        one,
        outcome,
        said,
        reason: reasonFor(outcome, said, one.group),
        refused: faultsOf(judgement).length > 0,
      },
    ];
  });
  const of = (outcome: Outcome): number => compared.filter((other) => other.outcome === outcome).length;
  const refused = compared.filter((other) => other.refused && other.outcome !== 'no verdict').length;
  console.log(
    `Keepalived ${program.version}: ${compared.length} files generated, ${of('agreed')} agreed, ` +
      `${of('no verdict')} depend on the machine or on keywords of a later release;\n  ${compared.length - refused - of('no verdict')} accepted, of them error ${of('mistaken')}; ` +
      `${refused} with a fault, of them nothing told ${of('missed')}, at another line ${of('other line')}`,
  );
  for (const outcome of ['mistaken', 'missed', 'other line'] as const) {
    if (onlyOutcome !== undefined && outcome !== onlyOutcome) continue;
    const own = compared.filter((other) => other.outcome === outcome);
    const sorted = [...groupedBy(own, ({ said, reason }) => reason ?? shapeOf(said))].sort(
      (a, b) => b[1].length - a[1].length,
    );
    for (const [kind, members] of sorted.slice(0, most)) {
      console.log(`  ${outcome} ${members.length}x [${members[0]?.one.group ?? ''}] ${kind}`);
      for (const { one, said } of members.slice(0, onlyOutcome === undefined ? 1 : 4))
        if (members[0]?.reason === undefined) console.log(`      ${one.name}\n        ${said.slice(0, 200)}`);
    }
  }
  return compared.every(
    ({ outcome, reason }) => outcome === 'agreed' || outcome === 'no verdict' || reason !== undefined,
  );
}

/** What is said without names and numbers, so that one fault is one line. */
function shapeOf(said: string): string {
  return said
    .replace(/'[^']*'|"[^"]*"|\([^)]*\)/g, '…')
    .replace(/[\d.]+/g, 'N')
    .slice(0, 110);
}

const cases = generate();
let explained = true;
for (const program of keepalivedPackages(work, option('--mirror') ?? 'http://deb.debian.org/debian'))
  if (option('--version') === undefined || option('--version') === program.version)
    explained = (await sweep(program, cases)) && explained;
process.exitCode = explained ? 0 : 1;
