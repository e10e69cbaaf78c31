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

interface Verdict {
  readonly file: string;
  readonly exit: number;
  readonly messages: readonly string[];
}

interface Fault {
  /** Counted from one; undefined for faults of a block as a whole. */
  readonly line: number | undefined;
  readonly message: string;
}

/** What depends on the machine that ran Keepalived. */
const ENVIRONMENT =
  /interface \S+ .*doesn't exist|Non-existent interface|Unknown interface|no interface for|set default user|track script \S+ not found, ignoring|Disabling track script|not found\/accessible|due to insecure|SECURITY VIOLATION|uid\/gid|user .* (unknown|not found)|non-existent|doesn't support|not supported by|kernel|No such file|Permission denied|cannot find an IP address|unable to (open|access|find|read)|Config files? missing|No config files matched|is not accessible|Track file directory|track file directory|WARNING - .* does not|^\s*$|IPVS|ipset|nftables|iptables/i;

/** From here on the program reads lines in another block than they were written for. */
const CASCADE = /Unexpected '\{'|Extra '\}'|Missing '\{'|Unknown keyword '\}'/;

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

function faultsOf({ messages }: Verdict): Fault[] {
  const faults: Fault[] = [];
  for (const text of new Set(messages)) {
    const match = /^\((?:.*: )?Line (\d+)\) (.*)$/.exec(text);
    const message = match?.[2] ?? text;
    if (ENVIRONMENT.test(message) || /^Configuration file|^Opening file/.test(message)) continue;
    const line = match === null ? undefined : Number(match[1]);
    if (faults.some((fault) => fault.line === line && line !== undefined)) continue;
    faults.push({ line, message });
    if (CASCADE.test(message)) break;
  }
  return faults;
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
