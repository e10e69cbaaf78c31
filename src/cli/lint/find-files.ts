import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileKind, mayBeOurs } from '../../server/documents/file-kind';
import type { Finding } from '../../finding/finding';
import { fileLanguage, namedKind, type FileKind } from '../../languages/file-types';
import { readLocalFile, unreadable } from '../../server/files/node-folder';
import { unreadFinding } from '../../workspace/model/file-findings';
import { CliError } from '../cli-error';
import { EXIT } from '../exit-code';
import type { Localizer } from '../../presentation/words/localizer';

/** A file to check. */
export interface LintFile {
  /** As the operating system takes it. */
  readonly file: string;
  /** As findings name it: relative to the working folder, with forward slashes. */
  readonly path: string;
  readonly kind: FileKind;
  readonly text: string;
}

/** Real configuration files have some hundred kilobytes at most; beyond this it is something else. */
const LARGEST = 16 * 1024 * 1024;

/** What a path means. */
export interface FoundFiles {
  readonly isFolder: boolean;
  readonly files: readonly LintFile[];
  /** Of files that are named like configuration and cannot be read. */
  readonly unread: readonly Finding[];
}

/**
 * The files a path means: itself, or all configuration files below it. A file named directly whose name says nothing is
 * taken for the language it looks like.
 * @throws CliError when the path does not exist, or names a file of no known language or one that cannot be read
 */
export async function findFiles(l10n: Localizer, cwd: string, path: string): Promise<FoundFiles> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined)
    throw new CliError(EXIT.usage, l10n.t('{0} does not exist.', path), l10n.t('Name a file or a folder.'));
  if (!found.isDirectory())
    return { isFolder: false, files: [await namedFile(l10n, cwd, path, found.isFIFO())], unread: [] };
  const unread: Finding[] = [];
  const candidates = (await filesBelow(path, cwd, unread)).filter((file) => mayBeOurs(shownPath(cwd, file)));
  const files: LintFile[] = [];
  for (const file of candidates.sort()) {
    const shown = shownPath(cwd, file);
    const content = await readLocalFile(file, LARGEST);
    if (content instanceof Uint8Array) {
      const text = Buffer.from(content).toString('utf8');
      const kind = kindOf(shown, text);
      if (kind !== undefined) files.push({ file, path: shown, kind, text });
    } else if (content !== undefined) unread.push(unreadFinding(shown, content));
  }
  return { isFolder: true, files, unread };
}

/** Folders with other people's files. */
const FOREIGN = new Set(['node_modules', '.git']);

/**
 * All files below a folder, links left out. What bears the name of a configuration file and is none, and folders that
 * cannot be read, become findings.
 */
async function filesBelow(folder: string, cwd: string, unread: Finding[]): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    unread.push(unreadFinding(shownPath(cwd, folder), unreadable(error)));
    return [];
  });
  const files: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isFile()) files.push(path);
    else if (fileLanguage(shownPath(cwd, path)) !== undefined) unread.push(...(await oddFile(path, cwd)));
    if (entry.isDirectory() && !FOREIGN.has(entry.name)) files.push(...(await filesBelow(path, cwd, unread)));
  }
  return files;
}

/** What is wrong with something named like a configuration file; nothing for a link to a file, which is checked there. */
async function oddFile(path: string, cwd: string): Promise<readonly Finding[]> {
  const content = await readLocalFile(path, LARGEST);
  const odd = content !== undefined && !(content instanceof Uint8Array);
  return odd ? [unreadFinding(shownPath(cwd, path), content)] : [];
}

/** @param pipe true for what a shell hands over as `<(…)`: it is read to its end */
async function namedFile(l10n: Localizer, cwd: string, file: string, pipe: boolean): Promise<LintFile> {
  const path = shownPath(cwd, file);
  const text = pipe ? await readFile(file, 'utf8') : await readNamed(l10n, file);
  const kind = kindOf(path, text) ?? kindOfText(text);
  if (kind !== undefined) return { file, path, kind, text };
  const remedy = l10n.t('Call it gitlab.rb, haproxy.cfg, keepalived.conf or cluster.yaml.');
  throw new CliError(EXIT.usage, l10n.t('{0} is in no language this program knows.', file), remedy);
}

async function readNamed(l10n: Localizer, file: string): Promise<string> {
  const content = await readLocalFile(file, LARGEST);
  if (content instanceof Uint8Array) return Buffer.from(content).toString('utf8');
  const reason = content?.reason ?? l10n.t('is gone');
  throw new CliError(EXIT.usage, `${file} ${reason}.`, l10n.t('Name the configuration file that is meant.'));
}

function kindOf(path: string, text: string): FileKind | undefined {
  return namedKind(path) === 'cluster' ? 'cluster' : fileKind(path, undefined, text);
}

/** Guesses by what only one of the languages has. */
function kindOfText(text: string): FileKind | undefined {
  if (/^\s*(vrrp_instance|vrrp_script|global_defs|virtual_server)\b/m.test(text)) return 'keepalived';
  if (/^\s*(frontend|backend|listen|defaults|global)\b/m.test(text)) return 'haproxy';
  return fileKind('gitlab/x.rb', undefined, text);
}

/** A file as findings name it: relative to the working folder, with forward slashes. */
export function shownPath(cwd: string, file: string): string {
  return (relative(cwd, file) || file).replaceAll('\\', '/');
}
