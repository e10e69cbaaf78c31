import { translate } from '../../words/message';
import { resolve } from 'node:path';
import { namedVersions } from '../../cluster/cluster-versions';
import type { Finding, Severity } from '../../finding/finding';
import { fixAll } from '../../languages/core/rules/apply-fixes';
import { packagedRubyParser } from '../../server/process/packaged-ruby-parser';
import type { Verdict } from '../../lab/verify/verdict';
import type { CliContext, GlobalOptions } from '../context';
import { CliError } from '../cli-error';
import { EXIT } from '../exit-code';
import { checkFiles, type Checking } from '../lint/check-files';
import { findFiles, type LintFile } from '../lint/find-files';
import { createLinters } from '../lint/linter';
import { LintSets, type HaproxyFiles } from '../lint/lint-sets';
import { rulePagesOf } from '../lint/rule-pages';
import { besides, NearestClusters } from '../lint/target';
import { toldOnce } from '../../workspace/model/told-once';
import { workspaceFindings } from '../lint/workspace-findings';
import { writeTogether } from '../files/write-together';
import { printLine, stderrStyle, stdoutStyle } from '../print';
import type { Localizer } from '../../presentation/words/localizer';
import { findingsSummary, renderFindings } from '../render/findings';

export interface LintOptions extends GlobalOptions {
  readonly format: 'text' | 'json' | 'sarif' | 'codequality';
  /** The gravest severity that still counts as passed. */
  readonly maxSeverity: Severity | 'none';
  readonly gitlabVersion?: string;
  readonly haproxyVersion?: string;
  readonly fix?: boolean;
  /** Which HAProxy files are one configuration: as found, all that are checked, or none. */
  readonly haproxyFiles: HaproxyFiles;
  /** Ask the real programs as well: those of the lab's image, or those of this machine. */
  readonly verify?: 'image' | 'local';
  /** Also files that make a program of this machine run code. */
  readonly allowCode?: boolean;
  readonly version: string;
}

const GRAVITY: readonly (Severity | 'none')[] = ['none', 'hint', 'information', 'warning', 'error'];

/**
 * `gitlab-ha lint`: 3 when a finding is graver than `--max-severity`, 0 otherwise.
 * @param named files and folders; the current folder when there are none
 */
export async function lint(
  context: CliContext,
  named: readonly string[],
  options: LintOptions,
): Promise<number> {
  const paths = named.length > 0 ? named : [context.cwd];
  const found = await Promise.all(paths.map((path) => findFiles(context.l10n, context.cwd, path)));
  const sets = new LintSets(context.cwd, options.haproxyFiles);
  const folders = paths.filter((_, at) => found[at]?.isFolder === true);
  const wanted = await sets.withParts(
    onceEach(
      context.cwd,
      found.flatMap((one) => one.files),
    ),
    folders,
  );
  context.expect?.(wanted.reduce((sum, { text }) => sum + text.length, 0));
  const clusters = new NearestClusters();
  const loadParser = packagedRubyParser(await context.packageRoot());
  const checked = await checkFiles(wanted, {
    of: fileChecks(createLinters(loadParser), sets, clusters, options),
    ...(options.fix === true ? { repair: repairs(context, sets) } : {}),
  });
  const { files } = checked;
  const findings = [...checked.findings];
  const between = await workspaceFindings(context.cwd, paths, files, clusters, loadParser);
  findings.push(...toldOnce(between, checked.findings));
  findings.push(
    ...unreadOnce(
      found.flatMap((one) => one.unread),
      findings,
    ),
  );
  if (options.verify !== undefined) findings.push(...(await verify(context, files, options)));
  await print(context, findings, options);
  if (findings.length === 0)
    printLine(context.stderr, stderrStyle(context).dim(nothingFound(files.length, context.l10n)));
  const tolerated = GRAVITY.indexOf(options.maxSeverity);
  return findings.some(({ severity }) => GRAVITY.indexOf(severity) > tolerated) ? EXIT.findings : EXIT.ok;
}

/** A file that several of the paths mean is checked, and repaired, once. */
function onceEach(cwd: string, files: readonly LintFile[]): readonly LintFile[] {
  return [...new Map(files.map((one) => [resolve(cwd, one.file), one])).values()];
}

/** So that a check of the wrong folder is not taken for a clean bill. */
function nothingFound(files: number, l10n: Localizer): string {
  if (files === 0) return l10n.t('No configuration file is there.');
  return files === 1 ? l10n.t('No findings in 1 file.') : l10n.t('No findings in {0} files.', files);
}

/** What a workspace says of its own unreadable files, or several of the paths mean, is not said twice. */
function unreadOnce(unread: readonly Finding[], findings: readonly Finding[]): readonly Finding[] {
  const told = new Set(findings.map(({ code, file }) => `${code} ${file}`));
  return unread.filter(({ code, file }) => {
    const isNew = !told.has(`${code} ${file}`);
    told.add(`${code} ${file}`);
    return isNew;
  });
}

/** How a file is checked: for the versions it is written for, and with the files it is read with. */
function fileChecks(
  linterOf: ReturnType<typeof createLinters>,
  sets: LintSets,
  clusters: NearestClusters,
  options: LintOptions,
): Checking['of'] {
  const asked = namedVersions(options);
  return async (file) => {
    const beside = await besides(file);
    const target = {
      ...(await clusters.of(file.file)).versions,
      ...asked,
      ...(asked.gitlabVersion === undefined ? {} : { asked: true }),
      ...beside,
    };
    const set = await sets.of(file);
    return {
      lint: await linterOf(file, target, set),
      alone: set === undefined && beside.included === undefined,
    };
  };
}

/** Writes a file's repairs into it, and tells how many; one that cannot be written stays as it is, and the others go on. */
function repairs(context: CliContext, sets: LintSets): NonNullable<Checking['repair']> {
  const left = new Set<string>();
  return async (file, lint) => {
    if (left.has(file.file)) return undefined;
    const { text, applied } = fixAll(file.text, lint);
    if (text === file.text) return undefined;
    try {
      await writeTogether(context, [{ kind: 'replace', path: file.file, before: file.text, text }]);
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      left.add(file.file);
      const { l10n, stderr } = context;
      const whole = error.remedy === l10n.t('Nothing was changed.');
      printLine(stderr, whole ? error.message : `${error.message} ${error.remedy}`);
      return undefined;
    }
    sets.changed(file, text);
    const told = repairedText(file.path, applied.length, context.l10n);
    printLine(context.stderr, stderrStyle(context).dim(told));
    return text;
  };
}

function repairedText(path: string, count: number, l10n: Localizer): string {
  return count === 1
    ? l10n.t('{0}: 1 finding repaired.', path)
    : l10n.t('{0}: {1} findings repaired.', path, count);
}

async function verify(
  context: CliContext,
  files: readonly LintFile[],
  options: LintOptions,
): Promise<Finding[]> {
  const { verifierFor } = await import('../lint/verifier');
  const verifier = await verifierFor(context, options);
  const findings: Finding[] = [];
  for (const file of files) {
    const verdict = await verifier(file);
    if (verdict === undefined) continue;
    findings.push(...verdict.findings);
    printLine(context.stderr, stderrStyle(context).dim(verdictLine(file.path, verdict, context.l10n)));
  }
  return findings;
}

function verdictLine(path: string, { program, version, accepted, place }: Verdict, l10n: Localizer): string {
  return accepted
    ? l10n.t('{0}: accepted by {1} {2} ({3}).', path, program, version ?? '', translate(place, l10n))
    : l10n.t('{0}: refused by {1} {2} ({3}).', path, program, version ?? '', translate(place, l10n));
}

async function print(context: CliContext, findings: readonly Finding[], options: LintOptions): Promise<void> {
  switch (options.format) {
    case 'json':
      return printLine(context.stdout, JSON.stringify(findings, undefined, 2));
    case 'codequality': {
      const { codeQualityOf } = await import('../render/code-quality');
      return printLine(context.stdout, JSON.stringify(codeQualityOf(findings), undefined, 2));
    }
    case 'sarif': {
      const { sarifOf } = await import('../render/sarif');
      const pages = await rulePagesOf(context, [...new Set(findings.map(({ code }) => code))]);
      const log = sarifOf(findings, { version: options.version, pages });
      return printLine(context.stdout, JSON.stringify(log, undefined, 2));
    }
    case 'text':
      if (findings.length === 0) return;
      printLine(context.stdout, renderFindings(findings, stdoutStyle(context)));
      printLine(context.stderr, findingsSummary(findings, context.l10n));
  }
}
