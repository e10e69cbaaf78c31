import { writeFile } from 'node:fs/promises';
import { namedVersions } from '../../cluster/cluster-versions';
import type { Finding, Severity } from '../../finding/finding';
import { fixAll } from '../../languages/core/rules/apply-fixes';
import { packagedRubyParser } from '../../server/process/packaged-ruby-parser';
import type { Verdict } from '../../lab/verify/verdict';
import { CliError } from '../cli-error';
import type { CliContext, GlobalOptions } from '../context';
import { EXIT } from '../exit-code';
import { findFiles, type LintFile } from '../lint/find-files';
import { createLinters, type TextLinter } from '../lint/linter';
import { rulePagesOf } from '../lint/rule-pages';
import { NearestClusters } from '../lint/target';
import { verifierFor } from '../lint/verifier';
import { workspaceFindings } from '../lint/workspace-findings';
import { plural } from '../lint/words';
import { printLine, stderrStyle, stdoutStyle } from '../print';
import { codeQualityOf } from '../render/code-quality';
import { findingsSummary, renderFindings } from '../render/findings';

export interface LintOptions extends GlobalOptions {
  readonly format: 'text' | 'json' | 'sarif' | 'codequality';
  /** The gravest severity that still counts as passed. */
  readonly maxSeverity: Severity | 'none';
  readonly gitlabVersion?: string;
  readonly haproxyVersion?: string;
  readonly fix?: boolean;
  /** Ask the real programs as well: those of the lab's image, or those of this machine. */
  readonly verify?: 'image' | 'local';
  /** Also files that make a program of this machine run code. */
  readonly allowCode?: boolean;
  readonly version: string;
}

const GRAVITY: readonly (Severity | 'none')[] = ['none', 'hint', 'information', 'warning', 'error'];

/** `gitlab-ha lint`: 3 when a finding is graver than `--max-severity`, 0 otherwise. */
export async function lint(
  context: CliContext,
  paths: readonly string[],
  options: LintOptions,
): Promise<number> {
  const found = await Promise.all(paths.map((path) => findFiles(context.cwd, path)));
  const files = found.flatMap((one) => one.files);
  const clusters = new NearestClusters();
  const loadParser = packagedRubyParser(await context.packageRoot());
  const linterOf = createLinters(loadParser);
  const asked = namedVersions(options);
  const findings: Finding[] = [];
  for (const file of files) {
    const target = { ...(await clusters.of(file.file)).versions, ...asked };
    findings.push(...(await lintFile(context, file, await linterOf(file, target), options)));
  }
  findings.push(...(await workspaceFindings(context.cwd, paths, files, clusters, loadParser)));
  findings.push(
    ...unreadOnce(
      found.flatMap((one) => one.unread),
      findings,
    ),
  );
  if (options.verify !== undefined) findings.push(...(await verify(context, files, options)));
  await print(context, findings, options);
  if (findings.length === 0) printLine(context.stderr, stderrStyle(context).dim(nothingFound(files.length)));
  const tolerated = GRAVITY.indexOf(options.maxSeverity);
  return findings.some(({ severity }) => GRAVITY.indexOf(severity) > tolerated) ? EXIT.findings : EXIT.ok;
}

/** So that a check of the wrong folder is not taken for a clean bill. */
function nothingFound(files: number): string {
  return files === 0 ? 'No configuration file is there.' : `No findings in ${plural(files, 'file')}.`;
}

/** What a workspace says of its own unreadable files is not said twice. */
function unreadOnce(unread: readonly Finding[], findings: readonly Finding[]): readonly Finding[] {
  const told = new Set(findings.map(({ code, file }) => `${code} ${file}`));
  return unread.filter(({ code, file }) => !told.has(`${code} ${file}`));
}

async function lintFile(
  context: CliContext,
  file: LintFile,
  linter: TextLinter,
  options: LintOptions,
): Promise<readonly Finding[]> {
  if (options.fix !== true) return linter(file.text);
  const fixed = fixAll(file.text, linter);
  if (fixed.text !== file.text) {
    await repair(file, fixed.text);
    const count = plural(fixed.applied.length, 'finding');
    printLine(context.stderr, stderrStyle(context).dim(`${file.path}: ${count} repaired.`));
  }
  return linter(fixed.text);
}

/** @throws CliError when the file cannot be written */
async function repair({ file, path }: LintFile, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    const { code = 'unknown reason' } = error as NodeJS.ErrnoException;
    const remedy = 'Let this user write it, or leave --fix out.';
    throw new CliError(
      EXIT.failed,
      `${path} cannot be written (${code}): nothing of it was repaired.`,
      remedy,
    );
  }
}

async function verify(
  context: CliContext,
  files: readonly LintFile[],
  options: LintOptions,
): Promise<Finding[]> {
  const verifier = await verifierFor(context, options);
  const findings: Finding[] = [];
  for (const file of files) {
    const verdict = await verifier(file);
    if (verdict === undefined) continue;
    findings.push(...verdict.findings);
    printLine(context.stderr, stderrStyle(context).dim(verdictLine(file.path, verdict)));
  }
  return findings;
}

function verdictLine(path: string, { program, version, accepted, place }: Verdict): string {
  return `${path}: ${accepted ? 'accepted' : 'refused'} by ${program} ${version ?? ''} (${place}).`;
}

async function print(context: CliContext, findings: readonly Finding[], options: LintOptions): Promise<void> {
  switch (options.format) {
    case 'json':
      return printLine(context.stdout, JSON.stringify(findings, undefined, 2));
    case 'codequality':
      return printLine(context.stdout, JSON.stringify(codeQualityOf(findings), undefined, 2));
    case 'sarif': {
      const { sarifOf } = await import('../render/sarif');
      const pages = await rulePagesOf(context, [...new Set(findings.map(({ code }) => code))]);
      const log = sarifOf(findings, { version: options.version, pages });
      return printLine(context.stdout, JSON.stringify(log, undefined, 2));
    }
    case 'text':
      if (findings.length === 0) return;
      printLine(context.stdout, renderFindings(findings, stdoutStyle(context)));
      printLine(context.stderr, findingsSummary(findings));
  }
}
