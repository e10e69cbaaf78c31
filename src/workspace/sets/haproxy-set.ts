import {
  filesOfFolder,
  filesTogether,
  type OutlinedFile,
} from '../../languages/haproxy/model/one-configuration';
import { outlineOf, type Outline } from '../../languages/haproxy/model/outline';
import { readHaproxy } from '../../languages/haproxy/subject';
import { byNumbers, folderOf, type SetAccess } from './set-access';

/** More files in a folder are a collection, not a configuration. */
const MOST_BESIDE = 60;
const MOST_IN_FOLDER = 500;

/** Outlines by text: of files that do not change none is made twice. */
export type Outlines = Map<string, { readonly text: string; readonly outline: Outline }>;

/**
 * Paths of the files that are one HAProxy configuration with this one, itself among them, in the order HAProxy reads
 * them; undefined where it stands by itself.
 */
export async function haproxySet(
  path: string,
  access: SetAccess,
  outlines: Outlines,
): Promise<readonly string[] | undefined> {
  if (!path.endsWith('.cfg')) return undefined;
  const search = new Search(access, outlines);
  const folder = folderOf(path);
  const found = isFolderOfParts(folder)
    ? await search.withBase(folderOf(folder), folder)
    : ((await search.withFolders(path, folder)) ?? filesTogether(await search.files(folder, MOST_BESIDE)));
  const paths = found.map((file) => file.path);
  return paths.length > 1 && paths.includes(path) ? paths : undefined;
}

/** `conf.d` and the like: whatever lies there is read as one. */
function isFolderOfParts(folder: string): boolean {
  return /\.d$/.test(folder);
}

/** The files HAProxy takes of a folder it is given: visible ones, in the order of their names. */
export function filesTaken(names: readonly string[]): readonly string[] {
  return names.filter((name) => /^[^.].*\.cfg$/.test(name)).sort(byNumbers);
}

class Search {
  constructor(
    private readonly access: SetAccess,
    private readonly outlines: Outlines,
  ) {}

  /** The files of a folder; none when there are more than `most`. */
  async files(folder: string, most: number): Promise<readonly OutlinedFile[]> {
    const names = filesTaken(await this.access.names(folder));
    if (names.length > most) return [];
    const files: OutlinedFile[] = [];
    for (const name of names) {
      const path = `${folder}/${name}`;
      const text = await this.access.read(path);
      if (text !== undefined) files.push({ path, outline: this.outline(path, text) });
    }
    return files;
  }

  /** What a file beside folders such as `conf.d` is read with; undefined when it is with none of them. */
  async withFolders(path: string, folder: string): Promise<readonly OutlinedFile[] | undefined> {
    const below = (await this.access.names(folder)).filter(isFolderOfParts).sort(byNumbers);
    for (const name of below) {
      const found = await this.withBase(folder, `${folder}/${name}`);
      if (found.some((file) => file.path === path)) return found;
    }
    return undefined;
  }

  /** The files of a folder such as `conf.d`, those of folders like it, and what is read before them. */
  async withBase(parent: string, folder: string): Promise<readonly OutlinedFile[]> {
    const own = await this.files(folder, MOST_IN_FOLDER);
    if (own.length === 0) return [];
    const bases = (await this.files(parent, MOST_BESIDE)).filter(({ outline }) => !outline.empty);
    const found = filesOfFolder(own, bases);
    const [base] = found;
    if (base === undefined || own.includes(base)) return found;
    const like = (await this.access.names(parent)).filter(isFolderOfParts).sort(byNumbers);
    const all: OutlinedFile[] = [base];
    for (const name of like) {
      const files =
        `${parent}/${name}` === folder ? own : await this.files(`${parent}/${name}`, MOST_IN_FOLDER);
      if (filesOfFolder(files, [base])[0] === base) all.push(...files);
    }
    return all;
  }

  private outline(path: string, text: string): Outline {
    const known = this.outlines.get(path);
    if (known?.text === text) return known.outline;
    const outline = outlineOf(readHaproxy(text));
    this.outlines.set(path, { text, outline });
    return outline;
  }
}
