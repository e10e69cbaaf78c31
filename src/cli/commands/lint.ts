import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import type { Finding } from '../../cluster/finding';
import { lintHaproxy } from '../../config/haproxy/lint';
import { CliError } from '../cli-error';
import type { CliContext } from '../context';
import { EXIT } from '../exit-code';
import { printLine, stderrStyle, stdoutStyle } from '../print';
import { findingsSummary, renderFindings } from '../render/findings';

export interface LintOptions {
  readonly format: 'text' | 'json';
  readonly haproxyVersion: string;
}

type Language = 'haproxy' | 'gitlab.rb' | 'keepalived';

/** Language of a file by its name and folder; undefined for files of no concern. */
function languageOf(path: string): Language | undefined {
  const name = basename(path);
  if (/^haproxy.*\.cfg$/.test(name) || (/(^|\/)haproxy\//.test(path) && name.endsWith('.cfg')))
    return 'haproxy';
  if (name === 'gitlab.rb') return 'gitlab.rb';
  return /^keepalived.*\.conf$/.test(name) ? 'keepalived' : undefined;
}

const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  haproxy: 'HAProxy',
  'gitlab.rb': 'gitlab.rb',
  keepalived: 'Keepalived',
};

async function filesUnder(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined)
    throw new CliError(EXIT.usage, `${path} does not exist.`, 'Name a file or a folder.');
  if (!found.isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/(^|\/)(node_modules|\.git)\//.test(file) && languageOf(file) !== undefined)
    .sort();
}

/** `gitlab-ha lint`: 3 when a file has an error, 0 otherwise. A file named directly is taken for HAProxy if unclear. */
export async function lint(
  context: CliContext,
  paths: readonly string[],
  options: LintOptions,
): Promise<number> {
  const findings: Finding[] = [];
  const files = (await Promise.all(paths.map(filesUnder))).flat();
  for (const file of files) {
    const language = languageOf(file) ?? 'haproxy';
    if (language !== 'haproxy') {
      const text = `${file}: ${LANGUAGE_NAMES[language]} files are not checked yet, skipped.`;
      printLine(context.stderr, stderrStyle(context).dim(text));
      continue;
    }
    const path = relative(context.cwd, file).replaceAll('\\', '/') || file;
    findings.push(...lintHaproxy(await readFile(file, 'utf8'), { version: options.haproxyVersion, path }));
  }
  if (options.format === 'json') printLine(context.stdout, JSON.stringify(findings, undefined, 2));
  else if (findings.length > 0) {
    printLine(context.stdout, renderFindings(findings, stdoutStyle(context)));
    printLine(context.stderr, findingsSummary(findings));
  }
  return findings.some((finding) => finding.severity === 'error') ? EXIT.findings : EXIT.ok;
}
