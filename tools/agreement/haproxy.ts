/**
 * Compares the linter with the real HAProxy, version by version, over a folder of configurations.
 *
 *   npx tsx tools/agreement/haproxy.ts FOLDER [--all] [--haproxy 3.0=/usr/sbin/haproxy …]
 *   npx tsx tools/agreement/haproxy.ts --packages [--work FOLDER] [--mirror http://deb.debian.org/debian] [--all]
 *
 * The truth comes from FOLDER/ground-truth.tsv (columns file, tool, exit, …, messages; the tool is `haproxy-3.0 -c …`,
 * the last row of a file and version counts), or with --haproxy from running these binaries with `-dr -c` over every
 * *.cfg of the folder. With --packages it gets HAProxy and its configurations from Debian's packages (see
 * haproxy-packages.ts) into the folder of --work, a new temporary one when it is not given, and judges all with all.
 * Faults of the machine (missing certificates, maps, Lua, SPOE files, users) are left out, and what follows from them.
 * Prints accepted files with error findings and misses one by one; with --all also error findings in refused files at
 * lines HAProxy does not name (it stops at some faults, so these need a look). Exit code 1 when an accepted file has an
 * error finding.
 */
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Finding } from '../../src/finding/finding';
import { lintHaproxy } from '../../src/languages/haproxy/lint';
import { readHaproxy } from '../../src/languages/haproxy/subject';
import { fetchPackages, type Program } from './haproxy-packages';
import { lineOf, ownFaults, verdictOfBinary, verdictsOfTable, type Verdict } from './haproxy-verdicts';

const words = process.argv.slice(2);
const everything = words.includes('--all');
const option = (name: string): string[] => words.filter((_, at) => words[at - 1] === name);

function truth(): { folder: string; verdicts: Verdict[] } {
  if (words.includes('--packages')) {
    const work = resolve(option('--work')[0] ?? mkdtempSync(join(tmpdir(), 'haproxy-packages-')));
    const { programs, configs } = fetchPackages(
      work,
      option('--mirror')[0] ?? 'http://deb.debian.org/debian',
    );
    return { folder: configs, verdicts: judge(configs, programs) };
  }
  const [folder = '.'] = words;
  const programs = option('--haproxy').map((text): Program => {
    const [version = '', command = ''] = text.split('=');
    return { version, command: command.split(' ') };
  });
  return { folder, verdicts: programs.length === 0 ? verdictsOfTable(folder) : judge(folder, programs) };
}

function judge(folder: string, programs: readonly Program[]): Verdict[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.cfg'));
  return programs.flatMap(({ version, command }) =>
    files.flatMap((file) => verdictOfBinary(command, version, folder, file) ?? []),
  );
}

function describe(finding: Finding): string {
  return `${finding.range.start.line + 1}: ${finding.code} ${finding.message}`;
}

interface Tally {
  accepted: number;
  mistaken: number;
  faults: number;
  found: number;
  readonly notes: string[];
}

function compare(folder: string, verdict: Verdict, tally: Tally): void {
  const { file, version } = verdict;
  const text = readFileSync(join(folder, file), 'utf8');
  const findings = lintHaproxy(readHaproxy(text, version), file);
  const errors = findings.filter((finding) => finding.severity === 'error');
  if (verdict.accepted) {
    tally.accepted += 1;
    if (errors.length > 0) tally.mistaken += 1;
    tally.notes.push(...errors.map((error) => `accepted ${file}:${describe(error)}`));
    return;
  }
  const lines = (list: readonly Finding[]): Set<number> =>
    new Set(list.map(({ range }) => range.start.line + 1));
  const marked = lines(findings.filter(({ severity }) => severity !== 'hint'));
  const alerted = new Set(verdict.alerts.map((alert) => lineOf(alert, file)));
  const extra = everything ? errors.filter((error) => !alerted.has(error.range.start.line + 1)) : [];
  tally.notes.push(...extra.map((error) => `extra ${file}:${describe(error)}`));
  for (const alert of ownFaults(verdict, text)) {
    const line = lineOf(alert, file);
    tally.faults += 1;
    if (line === undefined ? errors.length > 0 : marked.has(line)) tally.found += 1;
    else tally.notes.push(`missed ${file}: ${alert.slice(0, 220)}`);
  }
}

const { folder, verdicts } = truth();
let refusedByMistake = 0;
for (const version of [...new Set(verdicts.map((verdict) => verdict.version))].sort()) {
  const tally: Tally = { accepted: 0, mistaken: 0, faults: 0, found: 0, notes: [] };
  for (const verdict of verdicts) if (verdict.version === version) compare(folder, verdict, tally);
  refusedByMistake += tally.mistaken;
  const share = tally.faults === 0 ? 100 : (100 * tally.found) / tally.faults;
  console.log(
    `HAProxy ${version}: ${tally.accepted} accepted files, ${tally.mistaken} of them with error findings; ` +
      `${tally.found} of ${tally.faults} faults in files found at their line (${share.toFixed(1)} %)`,
  );
  for (const note of tally.notes) console.log(`  ${note}`);
}
process.exitCode = refusedByMistake > 0 ? 1 : 0;
