/**
 * Compares the linter with the real HAProxy, version by version, over a folder of configurations.
 *
 *   npx tsx scripts/haproxy-agreement.ts FOLDER [--all] [--haproxy 3.0=/usr/sbin/haproxy …]
 *
 * The truth comes from FOLDER/ground-truth.tsv (columns file, tool, exit, …, messages; the tool is `haproxy-3.0 -c …`,
 * the last row of a file and version counts), or with --haproxy from running these binaries with `-dr -c` over every
 * *.cfg of the folder. Faults of the machine (missing certificates, maps, Lua, SPOE files, users) are left out.
 * Prints accepted files with error findings and misses; with --all also error findings in refused files at lines HAProxy
 * does not name (it stops at some faults, so these need a look). Exit code 1 when an accepted file has an error finding.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../src/cluster/finding';
import { lintHaproxy } from '../src/config/haproxy/lint';

interface Verdict {
  readonly file: string;
  readonly version: string;
  readonly accepted: boolean;
  readonly alerts: readonly string[];
}

/** What depends on files, users and the environment of the machine that ran HAProxy. */
const ENVIRONMENT =
  /No such file|unable to (stat|load|open)|error opening|cannot open|can't open|failed to open|SPOE|'spoe'|Lua|lua|cannot find (user|group)|unknown (user|group) name|unknown service name|could not resolve|cannot be read|environment variable missing|Permission denied|Fatal errors|Error\(s\) found|unable to find local peer/i;

function verdictsOfTable(folder: string): Verdict[] {
  const rows = readFileSync(join(folder, 'ground-truth.tsv'), 'utf8').split('\n').slice(1);
  const last = new Map<string, Verdict>();
  for (const row of rows) {
    const [file = '', tool = '', exit = '', , , , ...messages] = row.split('\t');
    const version = /^haproxy-(\d+\.\d+)/.exec(tool)?.[1];
    // A crash of the program (a negative exit) is no verdict.
    if (version === undefined || Number(exit) < 0) continue;
    const alerts = messages.filter((message) => message.startsWith('[ALERT]'));
    last.set(`${file} ${version}`, { file, version, accepted: exit === '0' || exit === '2', alerts });
  }
  return [...last.values()];
}

function verdictOfBinary(binary: string, version: string, folder: string, file: string): Verdict {
  const [command = '', ...before] = binary.split(' ');
  const run = spawnSync(command, [...before, '-dr', '-c', '-f', file], { cwd: folder, encoding: 'utf8' });
  const alerts = run.stderr.split('\n').filter((line) => line.startsWith('[ALERT]'));
  return { file, version, accepted: run.status === 0 || run.status === 2, alerts };
}

/** Line of the file an alert names; undefined for faults of the whole. */
function lineOf(alert: string, file: string): number | undefined {
  const name = file.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const match = new RegExp(`${name}:(\\d+)`).exec(alert);
  return match === null ? undefined : Number(match[1]);
}

const [folder = '.', ...rest] = process.argv.slice(2);
const everything = rest.includes('--all');
const binaries = rest.filter((word, at) => rest[at - 1] === '--haproxy').map((word) => word.split('='));
const files = readdirSync(folder).filter((name) => name.endsWith('.cfg'));
const verdicts =
  binaries.length === 0 && existsSync(join(folder, 'ground-truth.tsv'))
    ? verdictsOfTable(folder)
    : binaries.flatMap(([version = '', binary = '']) =>
        files.map((file) => verdictOfBinary(binary, version, folder, file)),
      );

function describe(finding: Finding): string {
  return `${finding.range.start.line + 1}: ${finding.code} ${finding.message}`;
}

let refusedByMistake = 0;
for (const version of [...new Set(verdicts.map((verdict) => verdict.version))].sort()) {
  let accepted = 0;
  let mistaken = 0;
  let faults = 0;
  let found = 0;
  const notes: string[] = [];
  for (const verdict of verdicts.filter((entry) => entry.version === version)) {
    const text = readFileSync(join(folder, verdict.file), 'utf8');
    const findings = lintHaproxy(text, { version, path: verdict.file });
    const errors = findings.filter((finding) => finding.severity === 'error');
    if (verdict.accepted) {
      accepted += 1;
      if (errors.length === 0) continue;
      mistaken += 1;
      for (const error of errors) notes.push(`accepted ${verdict.file}:${describe(error)}`);
      continue;
    }
    const marked = new Set(
      findings
        .filter((finding) => finding.severity !== 'hint')
        .map((finding) => finding.range.start.line + 1),
    );
    const alerted = new Set(verdict.alerts.map((alert) => lineOf(alert, verdict.file)));
    if (everything) {
      for (const error of errors) {
        if (!alerted.has(error.range.start.line + 1)) notes.push(`extra ${verdict.file}:${describe(error)}`);
      }
    }
    const lines = verdict.alerts.filter((alert) => !ENVIRONMENT.test(alert));
    for (const alert of lines) {
      const line = lineOf(alert, verdict.file);
      faults += 1;
      if (line === undefined ? errors.length > 0 : marked.has(line)) found += 1;
      else notes.push(`missed ${verdict.file}: ${alert.slice(0, 220)}`);
    }
  }
  refusedByMistake += mistaken;
  const share = faults === 0 ? 100 : (100 * found) / faults;
  console.log(
    `HAProxy ${version}: ${accepted} accepted files, ${mistaken} of them with error findings; ` +
      `${found} of ${faults} faults in files found at their line (${share.toFixed(1)} %)`,
  );
  for (const note of notes) console.log(`  ${note}`);
}
process.exitCode = refusedByMistake > 0 ? 1 : 0;
