/**
 * Compares the linter with the real Keepalived over a folder of configurations.
 *
 *   npx tsx tools/agreement/keepalived.ts FOLDER [--all] [--keepalived "/usr/sbin/keepalived"]
 *
 * The truth comes from FOLDER/ground-truth.tsv (columns file, tool, exit, messages), or with --keepalived from running
 * this command with `-t -f FILE` over every *.conf of the folder: run it where no network can be reached, as the files
 * may be anyone's. Faults of the machine (missing interfaces, scripts, users) are left out, and so are the faults that
 * follow from a brace read wrong: the first one stands for them. Prints accepted files with error findings and misses;
 * with --all also error findings at lines keepalived does not name. Exit code 1 when an accepted file has an error finding.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../../src/finding/finding';
import { lintKeepalived } from '../../src/languages/keepalived/lint';
import { readKeepalived } from '../../src/languages/keepalived/subject';
import { faultsOf, type Verdict } from './keepalived-verdicts';

function verdictsOfTable(folder: string): Verdict[] {
  const rows = readFileSync(join(folder, 'ground-truth.tsv'), 'utf8').split('\n').slice(1);
  return rows.flatMap((row) => {
    const [file = '', , exit = '', ...messages] = row.split('\t');
    return file === '' ? [] : [{ file, exit: Number(exit), messages }];
  });
}

function verdictOfBinary(command: string, folder: string, file: string): Verdict {
  const [program = '', ...before] = command.split(' ');
  const run = spawnSync(program, [...before, '-t', '-f', join(folder, file)], {
    encoding: 'utf8',
    timeout: 10_000,
  });
  return { file, exit: run.status ?? -1, messages: run.stderr.split('\n') };
}

function describe(finding: Finding): string {
  return `${finding.range.start.line + 1}: ${finding.severity} ${finding.code} ${finding.message}`;
}

const [folder = '.', ...rest] = process.argv.slice(2);
const everything = rest.includes('--all');
const command = rest[rest.indexOf('--keepalived') + 1];
const table = existsSync(join(folder, 'ground-truth.tsv'));
const verdicts =
  !rest.includes('--keepalived') && table
    ? verdictsOfTable(folder)
    : readdirSync(folder)
        .filter((name) => name.endsWith('.conf'))
        .map((file) => verdictOfBinary(command ?? '/usr/sbin/keepalived', folder, file));

let accepted = 0;
let undecided = 0;
let mistaken = 0;
let named = 0;
let found = 0;
const notes: string[] = [];
for (const verdict of verdicts) {
  const text = readFileSync(join(folder, verdict.file), 'utf8');
  const findings = lintKeepalived(readKeepalived(text), verdict.file);
  const errors = findings.filter(({ severity }) => severity === 'error');
  const faults = faultsOf(verdict);
  // A crash, or no end, is no verdict.
  if (verdict.exit < 0 || verdict.exit > 128) continue;
  if (faults.length === 0 && verdict.exit !== 0) {
    undecided += 1;
    for (const finding of errors) notes.push(`no verdict    ${verdict.file}:${describe(finding)}`);
    continue;
  }
  if (faults.length === 0) {
    accepted += 1;
    if (errors.length > 0) mistaken += 1;
    for (const finding of errors) notes.push(`false error   ${verdict.file}:${describe(finding)}`);
    continue;
  }
  const lines = new Set(findings.map(({ range }) => range.start.line + 1));
  const serious = findings.some(({ severity }) => severity === 'error' || severity === 'warning');
  for (const { line, message } of faults) {
    named += 1;
    if (line === undefined ? serious : lines.has(line)) found += 1;
    else notes.push(`missed        ${verdict.file}:${line ?? '-'}: ${message}`);
  }
  if (!everything) continue;
  const theirs = new Set(faults.map(({ line }) => line));
  for (const finding of errors) {
    if (!theirs.has(finding.range.start.line + 1))
      notes.push(`not named     ${verdict.file}:${describe(finding)}`);
  }
}

for (const note of notes) console.log(note);
console.log(`accepted files: ${accepted}, with an error finding: ${mistaken}`);
console.log(`refused for the machine alone, so without a verdict on the file: ${undecided}`);
console.log(`faults in files: ${named}, found at the same line: ${found}`);
process.exitCode = mistaken > 0 ? 1 : 0;
