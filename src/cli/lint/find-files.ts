import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileKind, mayBeOurs, type FileKind } from '../../server/file-kind';
import { CliError } from '../cli-error';
import { EXIT } from '../exit-code';

/** What is checked: the languages, compose files that hold one, and the description of the cluster. */
export type LintKind = FileKind | 'cluster';

/** A file to check. */
export interface LintFile {
  /** As the operating system takes it. */
  readonly file: string;
  /** As findings name it: relative to the working folder, with forward slashes. */
  readonly path: string;
  readonly kind: LintKind;
  readonly text: string;
}

/** Real configuration files have some hundred kilobytes at most; beyond this it is something else. */
const LARGEST = 16 * 1024 * 1024;

/**
 * The files a path means: itself, or all configuration files below it. A file named directly whose name says nothing is
 * taken for the language it looks like.
 * @throws CliError when the path does not exist, or names a file of no known language
 */
export async function findFiles(cwd: string, path: string): Promise<LintFile[]> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined)
    throw new CliError(EXIT.usage, `${path} does not exist.`, 'Name a file or a folder.');
  if (!found.isDirectory()) return [await namedFile(cwd, path)];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/(^|[\\/])(node_modules|\.git)[\\/]/.test(file))
    .sort();
  const read: LintFile[] = [];
  for (const file of files) {
    const shown = shownPath(cwd, file);
    if (!CLUSTER.test(shown) && !mayBeOurs(shown)) continue;
    const text = await readText(file);
    const kind = kindOf(shown, text);
    if (kind !== undefined) read.push({ file, path: shown, kind, text });
  }
  return read;
}

async function namedFile(cwd: string, file: string): Promise<LintFile> {
  const path = shownPath(cwd, file);
  const text = await readText(file);
  const kind = kindOf(path, text) ?? kindOfText(text);
  if (kind !== undefined) return { file, path, kind, text };
  const remedy = 'Call it gitlab.rb, haproxy.cfg, keepalived.conf or cluster.yaml.';
  throw new CliError(EXIT.usage, `${file} is in no language this program knows.`, remedy);
}

const CLUSTER = /(^|\/)cluster\.ya?ml$/;

function kindOf(path: string, text: string): LintKind | undefined {
  return CLUSTER.test(path) ? 'cluster' : fileKind(path, undefined, text);
}

/** Guesses by what only one of the languages has. */
function kindOfText(text: string): LintKind | undefined {
  if (/^\s*(vrrp_instance|vrrp_script|global_defs|virtual_server)\b/m.test(text)) return 'keepalived';
  if (/^\s*(frontend|backend|listen|defaults|global)\b/m.test(text)) return 'haproxy';
  return fileKind('gitlab/x.rb', undefined, text);
}

async function readText(file: string): Promise<string> {
  const { size } = await stat(file);
  if (size > LARGEST) {
    const message = `${file} has more than ${LARGEST / 1024 / 1024} MiB: no configuration file.`;
    throw new CliError(EXIT.usage, message, 'Name the file that is meant.');
  }
  return readFile(file, 'utf8');
}

function shownPath(cwd: string, file: string): string {
  return (relative(cwd, file) || file).replaceAll('\\', '/');
}
