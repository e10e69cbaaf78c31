/**
 * Lints every gitlab.rb of a folder and compares the findings with what GitLab really does with its lines.
 *
 *   npx tsx tools/agreement/gitlab-rb.ts FOLDER [--version 19.3] [--all]
 *
 * The truth, when there is any: FOLDER/ground-truth.tsv (columns file, tool, exit, line1…: `ruby -c`; exit 1 and
 * messages `file:LINE: …` for files Ruby refuses) and FOLDER/key-analysis.tsv (columns file, issues, examples; examples
 * are divided by semicolons: `GONE root.key`, `NEVER root.key`, `SVC-GONE root`, `NEVER-SVC root`, `DUP root.key xN`).
 * Prints errors at lines that GitLab takes with effect, and lines it refuses or ignores without a finding, one by one,
 * then totals. Without truth every finding is printed; with --all always. Exit code 1 on a false error or a miss.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Finding } from '../../src/finding/finding';
import { lintGitlabRb } from '../../src/languages/gitlab-rb/lint';
import { loadPrismParser } from '../../src/languages/gitlab-rb/ruby/ruby-parser';
import { GITLAB_SCHEMA } from '../../src/languages/gitlab-rb/schema';
import { readGitlabRb, type GitlabRbSubject } from '../../src/languages/gitlab-rb/subject';

/** What the tables say of one file. */
interface Truth {
  /** Lines Ruby names, counted from one; undefined when it takes the file. */
  readonly refused: readonly number[] | undefined;
  readonly notes: readonly {
    readonly kind: string;
    readonly root: string;
    readonly path: readonly string[];
  }[];
}

/** Former services that 19.3 still reads, or keys it copies: lines with effect, whatever the tables call them. */
const STILL_READ = /^(?:registry_nginx|pages_nginx|gitlab_kas_nginx|nginx)\b/;

function rows(file: string): string[][] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .slice(1)
    .map((row) => row.split('\t'));
}

function readTruth(folder: string): Map<string, Truth> | undefined {
  const syntax = rows(join(folder, 'ground-truth.tsv'));
  const keys = rows(join(folder, 'key-analysis.tsv'));
  if (syntax.length + keys.length === 0) return undefined;
  const truth = new Map<string, Truth>();
  for (const [file = '', , exit, ...messages] of syntax) {
    const lines = messages.flatMap((message) => {
      const line = /^\S+?:(\d+):/.exec(message)?.[1];
      return line === undefined ? [] : [Number(line)];
    });
    truth.set(file, { refused: exit === '0' ? undefined : lines, notes: [] });
  }
  for (const [file = '', issues = '', examples = ''] of keys) {
    const notes = examples.split(';').flatMap((example) => {
      const [kind = '', name = ''] = example.trim().split(/\s+/);
      const [root = '', ...path] = name.split('.');
      return root === '' ? [] : [{ kind, root, path: path }];
    });
    for (const [, root = ''] of issues.matchAll(/(\w+) \(removed [\d.]+\)/g)) {
      notes.push({ kind: 'SVC-GONE', root, path: [] });
    }
    truth.set(file, { refused: truth.get(file)?.refused, notes });
  }
  return truth;
}

/** Lines, counted from one, that write below a key. */
function linesOf(subject: GitlabRbSubject, root: string, path: readonly string[]): number[] {
  const lines = new Set<number>();
  for (const one of subject.config.assignments) {
    if (one.root !== root) continue;
    if (path.every((key, at) => one.path[at] === key)) lines.add(one.targetRange.start.line + 1);
    const key = path[one.path.length];
    if (key === undefined || one.value.kind !== 'hash' || !one.path.every((name, at) => name === path[at]))
      continue;
    const entry = one.value.entries.get(key);
    if (entry !== undefined && path.length === one.path.length + 1) lines.add(entry.keyRange.start.line + 1);
  }
  return [...lines];
}

function show(file: string, { range, code, severity, message }: Finding): string {
  return `${file}:${range.start.line + 1}: ${code} ${severity} ${message}`;
}

const [folder = '.', ...rest] = process.argv.slice(2);
const everything = rest.includes('--all');
const version = rest[rest.indexOf('--version') + 1];
const wasm = createRequire(import.meta.url).resolve('@ruby/prism/src/prism.wasm');
const parser = await loadPrismParser(new Uint8Array(readFileSync(wasm)));
const truth = readTruth(folder);
const totals = { files: 0, findings: 0, errors: 0, falseErrors: 0, judged: 0, missed: 0 };

for (const file of readdirSync(folder)
  .filter((name) => name.endsWith('.rb'))
  .sort()) {
  const text = readFileSync(join(folder, file), 'utf8');
  const subject = readGitlabRb(parser, text, file, rest.includes('--version') ? version : undefined);
  const findings = lintGitlabRb(subject, file);
  const errors = findings.filter(({ severity }) => severity === 'error');
  totals.files += 1;
  totals.findings += findings.length;
  totals.errors += errors.length;
  if (truth === undefined || everything) for (const finding of findings) console.log(show(file, finding));
  const known = truth?.get(file);
  if (known === undefined) continue;

  const bad = new Map<number, string>();
  for (const line of known.refused ?? []) bad.set(line, 'Ruby refuses it');
  for (const { kind, root, path } of known.notes) {
    // The tables judge by the sample file; keys only the package's code reads have effect all the same.
    if (kind === 'NEVER' && GITLAB_SCHEMA.key(root, path) !== undefined) continue;
    // Of what is set twice only the lines before the last one are lost.
    const lines = linesOf(subject, root, path);
    const lost = kind === 'DUP' ? lines.slice(0, -1) : lines;
    if (/^(?:GONE|NEVER|SVC-GONE|NEVER-SVC|DUP)$/.test(kind)) {
      for (const line of lost) bad.set(line, `${kind} ${[root, ...path].join('.')}`);
    }
  }
  const marked = new Set(
    findings.filter(({ severity }) => severity !== 'hint').map(({ range }) => range.start.line + 1),
  );
  for (const [line, why] of bad) {
    totals.judged += 1;
    if (marked.has(line)) continue;
    totals.missed += 1;
    console.log(`missed ${file}:${line}: ${why}: ${text.split(/\r?\n/)[line - 1]?.trim() ?? ''}`);
  }
  for (const error of errors) {
    const why = bad.get(error.range.start.line + 1);
    // The tables say nothing of the names of roles.
    if (/^GLR03[68]$/.test(error.code)) continue;
    const refused = known.refused !== undefined && /^GLR(?:011|012|025)$/.test(error.code);
    const withEffect = why === undefined || STILL_READ.test(why.split(' ')[1] ?? '');
    if (refused || !withEffect) continue;
    totals.falseErrors += 1;
    console.log(`error where the tables know none ${show(file, error)}`);
  }
}
console.log(`${totals.files} files: ${totals.findings} findings, ${totals.errors} of them errors`);
if (truth !== undefined) {
  console.log(
    `${totals.judged - totals.missed} of ${totals.judged} lines that GitLab refuses or ignores have a finding; ` +
      `${totals.falseErrors} errors at lines the tables call right`,
  );
}
process.exitCode = totals.falseErrors + totals.missed > 0 ? 1 : 0;
