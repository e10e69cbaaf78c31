import type { PartFile } from '../../languages/core/joined/joined-text';

/** The files around one that may be a part of a configuration. Paths are whole, with forward slashes. */
export interface SetAccess {
  /** Names of the files and folders in a folder; none when there is no such folder. */
  names(folder: string): Promise<readonly string[]>;
  /** Text of a file as it is now; undefined when there is none that can be read. */
  read(path: string): Promise<string | undefined>;
  /** What the file is called elsewhere. */
  named(path: string): Pick<PartFile, 'id' | 'path'>;
}

/** Folder of a path, without the slash at its end. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** In the order of the characters' numbers, which is how the programs sort names. */
export function byNumbers(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
