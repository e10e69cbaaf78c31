import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileLanguage, mayBeGitlabRb, type FileLanguage } from '../../config/language/file-language';
import { CliError } from '../cli-error';
import { EXIT } from '../exit-code';

/** A file to check. */
export interface LintFile {
  /** As the operating system takes it. */
  readonly file: string;
  /** As findings name it: relative to the working folder, with forward slashes. */
  readonly path: string;
  readonly language: FileLanguage;
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
    if (fileLanguage(shown) === undefined && !mayBeGitlabRb(shown)) continue;
    const text = await readText(file);
    const language = fileLanguage(shown, text);
    if (language !== undefined) read.push({ file, path: shown, language, text });
  }
  return read;
}

async function namedFile(cwd: string, file: string): Promise<LintFile> {
  const path = shownPath(cwd, file);
  const text = await readText(file);
  const language = fileLanguage(path, text) ?? languageOfText(text);
  if (language !== undefined) return { file, path, language, text };
  const remedy = 'Call it gitlab.rb, haproxy.cfg, keepalived.conf or cluster.yaml.';
  throw new CliError(EXIT.usage, `${file} is in no language this program knows.`, remedy);
}

/** Guesses by what only one of the languages has. */
function languageOfText(text: string): FileLanguage | undefined {
  if (/^\s*(vrrp_instance|vrrp_script|global_defs|virtual_server)\b/m.test(text)) return 'keepalived';
  if (/^\s*(frontend|backend|listen|defaults|global)\b/m.test(text)) return 'haproxy';
  return fileLanguage('gitlab/x.rb', text);
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
