import { areLinked, exclude, isPart, type Outline } from './outline';

/** A file of a folder, and what is in it. */
export interface OutlinedFile {
  readonly path: string;
  readonly outline: Outline;
}

/**
 * Which files beside each other are one configuration: those that need others, with the one that they need. Files that
 * stand by themselves, and variants of one another, stay apart. The base (global, defaults) comes first, as whoever
 * starts HAProxy must name it first; the others follow by name.
 * @param files of one folder, in the order of their names
 * @returns the files that belong together; none where that cannot be told
 */
export function filesTogether(files: readonly OutlinedFile[]): readonly OutlinedFile[] {
  const there = files.filter(({ outline }) => !outline.empty);
  const needing = there.filter(({ outline }) => isPart(outline));
  // What names nothing that is there, and is named by nothing, may be anybody's.
  const parts = needing.filter(
    (file) =>
      !hasBase(file) || there.some((other) => other !== file && areLinked(file.outline, other.outline)),
  );
  if (parts.length === 0) return [];
  if (!excluded(there)) return there.length > 1 ? inOrder(there) : [];
  const wholes = there.filter((file) => !parts.includes(file));
  const fitting = wholes.filter(
    (whole) => parts.some((part) => areLinked(part.outline, whole.outline)) && !excluded([whole, ...parts]),
  );
  const [only] = fitting;
  return only === undefined || fitting.length > 1 ? [] : inOrder([only, ...parts]);
}

/**
 * The files of a folder that HAProxy is given as a whole (`-f conf.d`), with the file it is given before.
 * @param folder its files, in the order of their names
 * @param before files beside the folder it may be read after
 */
export function filesOfFolder(
  folder: readonly OutlinedFile[],
  before: readonly OutlinedFile[],
): readonly OutlinedFile[] {
  if (folder.some(({ outline }) => outline.hasGlobal)) return folder.length > 1 ? folder : [];
  const bases = before.filter((base) => hasBase(base) && !excluded([base, ...folder]));
  const linked = bases.filter((base) => folder.some((file) => areLinked(base.outline, file.outline)));
  const [base] = linked.length > 0 ? linked : bases;
  const sure = linked.length === 1 || bases.length === 1;
  if (base !== undefined && sure) return [base, ...folder];
  return folder.length > 1 ? folder : [];
}

function hasBase({ outline }: OutlinedFile): boolean {
  return outline.hasGlobal || outline.hasDefaults;
}

function excluded(files: readonly OutlinedFile[]): boolean {
  return exclude(files.map(({ outline }) => outline));
}

function inOrder(files: readonly OutlinedFile[]): readonly OutlinedFile[] {
  const byPath = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const rank = ({ outline }: OutlinedFile): number => (outline.hasGlobal ? 0 : outline.hasDefaults ? 1 : 2);
  return byPath.sort((a, b) => rank(a) - rank(b));
}
