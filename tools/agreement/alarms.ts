/**
 * What the linter says of real files: whether it refuses one that the program accepts, and which rules speak so often
 * that one has to ask whether they are worth it.
 *
 *   npx tsx tools/agreement/alarms.ts LANGUAGE FOLDER [--judge "COMMAND"] [--show RULE]
 *
 * LANGUAGE is the id of a language; every file of the folder with its ending is read, by itself. COMMAND is run with a
 * file's path behind it, where no network can be reached, as the files may be anyone's: it accepts a file when it ends
 * with 0 or 2 (HAProxy's "valid, but nothing listens"). Without it nothing is known of what the program says. Prints
 * the accepted files with an error, then of each rule in how many files it speaks: of those the program accepts, when it
 * is asked. With --show also the findings of one rule.
 * Exit code 1 when an accepted file has an error.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../../src/finding/finding';
import { LANGUAGE_IDS, loadLanguage } from '../../src/languages/registry/languages';
import { loadParser } from '../fuzz/parser';

/** From this share of the files on a warning is looked at. */
const OFTEN = 0.1;

const [id = '', folder = '.', ...rest] = process.argv.slice(2);
const option = (name: string): string | undefined =>
  rest.includes(name) ? rest[rest.indexOf(name) + 1] : undefined;
const languageId = LANGUAGE_IDS.find((known) => known === id);
if (languageId === undefined) throw new Error(`There is no language "${id}": ${LANGUAGE_IDS.join(', ')}.`);

const language = await loadLanguage(languageId, loadParser);
const ending = language.fileName.slice(language.fileName.lastIndexOf('.'));
const judge = option('--judge')?.split(' ');
const shown = option('--show');

interface Rule {
  readonly code: string;
  readonly severity: string;
  files: number;
  findings: number;
}

const rules = new Map<string, Rule>();
let [files, accepted, mistaken] = [0, 0, 0];
for (const name of readdirSync(folder).filter((file) => file.endsWith(ending))) {
  const path = join(folder, name);
  const target = { path: language.fileName };
  const findings = language.lint(language.read(readFileSync(path, 'utf8'), target), target);
  files += 1;
  if (judge !== undefined && !accepts(judge, path)) continue;
  accepted += 1;
  count(findings);
  for (const finding of findings) if (finding.code === shown) console.log(`${name}:${described(finding)}`);
  if (judge === undefined) continue;
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) mistaken += 1;
  for (const error of errors) console.log(`accepted ${name}:${described(error)}`);
}

const verdict =
  judge === undefined ? '' : `, ${accepted} accepted by the program, ${mistaken} of these with an error`;
console.log(`${language.title}: ${files} files${verdict}`);
for (const { code, severity, files: some, findings } of [...rules.values()].sort(
  (a, b) => b.files - a.files,
)) {
  const share = some / accepted;
  const mark = share > OFTEN && severity !== 'error' ? ' often' : '';
  console.log(
    `${code} ${severity}: ${some} files (${Math.round(share * 100)} %), ${findings} findings${mark}`,
  );
}
process.exitCode = mistaken > 0 ? 1 : 0;

function accepts([program = '', ...before]: readonly string[], path: string): boolean {
  const { status } = spawnSync(program, [...before, path], { stdio: 'ignore', timeout: 30_000 });
  return status === 0 || status === 2;
}

function count(findings: readonly Finding[]): void {
  const seen = new Set<string>();
  for (const { code, severity } of findings) {
    const key = `${code} ${severity}`;
    const known = rules.get(key) ?? { code, severity, files: 0, findings: 0 };
    known.findings += 1;
    if (!seen.has(key)) known.files += 1;
    seen.add(key);
    rules.set(key, known);
  }
}

function described({ code, message, range }: Finding): string {
  return `${range.start.line + 1}: ${code} ${message}`;
}
