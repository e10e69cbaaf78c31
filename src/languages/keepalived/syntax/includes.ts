import { positionAt, textLines } from '../../../finding/text-lines';
import { JoinedText, type PartFile, type Piece } from '../../core/joined/joined-text';
import { tokenize } from './tokenizer';

/** An `include` line. */
export interface Include {
  /** Zero-based. */
  readonly line: number;
  /** Files it takes in, as written: a path or a pattern, relative to the folder of the file it stands in. */
  readonly pattern: string;
}

/** The include lines of a file; those whose path is not known before the program runs are left out. */
export function includesOf(text: string): readonly Include[] {
  if (!/^[ \t]*(?:@\S+[ \t]+)?include/m.test(text)) return [];
  const index = textLines(text);
  return tokenize(text).lines.flatMap(({ kind, subject, start, condition }) => {
    if (kind !== 'include' || subject === undefined || subject.dynamic || condition !== undefined) return [];
    return subject.value === ''
      ? []
      : [{ line: positionAt(index, start).line, pattern: subject.value.replace(/^"(.*)"$/, '$1') }];
  });
}

/** Where the package keeps its files; the same files lie elsewhere in a workspace. */
const INSTALLED = '/etc/keepalived/';

/**
 * The pattern of an include line with its folder, as `PartFile.path` is written.
 * @param path of the file the line stands in
 * @param root path of the file the program is started with
 */
export function includedPath(path: string, root: string, pattern: string): string {
  const isInstalled = pattern.startsWith(INSTALLED) && !root.startsWith(INSTALLED);
  const folder = folderOf(isInstalled ? root : path);
  const below = isInstalled ? pattern.slice(INSTALLED.length) : pattern;
  return below.startsWith('/') ? below : normalized(folder + below);
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** Without `./`, and without `name/../`. */
function normalized(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '.') continue;
    if (part === '..' && parts.length > 0 && !['', '..'].includes(parts.at(-1) ?? '')) parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

/** What `*`, `?`, `[…]` and `{…,…}` of a pattern stand for, as the C library's glob has it. */
export function globExpression(pattern: string): RegExp {
  let source = '';
  for (const [sign, set, words] of pattern.matchAll(/\[([^\]]+)\]|\{([^}]*)\}|[^]/g)) {
    if (set !== undefined) source += `[${set.replace(/^!/, '^').replace(/[\\[]/g, '\\$&')}]`;
    else if (words !== undefined) source += `(?:${words.split(',').map(plain).join('|')})`;
    else if (sign === '*') source += '[^/]*';
    else if (sign === '?') source += '[^/]';
    else source += plain(sign);
  }
  // A name that begins with a dot is found by its dot only.
  const hidden = /(?:^|\/)[*?[]/.test(pattern) ? '(?!(?:.*/)?\\.[^/]*$)' : '';
  try {
    return new RegExp(`^${hidden}${source}$`);
  } catch {
    return /^(?!)/;
  }
}

const plain = (text: string): string => text.replace(/[.+^$()|[\]\\{}*?/]/g, '\\$&');

/** More is no configuration: a file that includes itself has no end. */
const DEEPEST = 16;
const MOST_PIECES = 2_000;

/**
 * The text the program reads: each file behind the line that includes it.
 * @param files the one the program is started with first
 */
export function joinIncludes(files: readonly PartFile[]): JoinedText {
  const [root] = files;
  const pieces: Piece[] = [];
  const lineCounts = files.map(({ text }) => textLines(text).starts.length);
  const includes = files.map(({ text }) => includesOf(text));
  const add = (file: number, depth: number): void => {
    const one = files[file];
    let from = 0;
    for (const { line, pattern } of includes[file] ?? []) {
      if (one === undefined || depth >= DEEPEST || pieces.length >= MOST_PIECES) break;
      const wanted = globExpression(includedPath(one.path, root?.path ?? '', pattern));
      const found = files.flatMap(({ path }, at) => (at !== file && wanted.test(path) ? [at] : []));
      if (found.length === 0) continue;
      pieces.push({ file, from, lines: line + 1 - from });
      from = line + 1;
      for (const at of found.sort((a, b) => byPath(files[a], files[b]))) add(at, depth + 1);
    }
    pieces.push({ file, from, lines: (lineCounts[file] ?? 0) - from });
  };
  add(0, 0);
  return JoinedText.ofPieces(files, pieces);
}

/** In the order of the characters' numbers, as in the C locale. */
function byPath(a: PartFile | undefined, b: PartFile | undefined): number {
  const [one, other] = [a?.path ?? '', b?.path ?? ''];
  return one < other ? -1 : one > other ? 1 : 0;
}
