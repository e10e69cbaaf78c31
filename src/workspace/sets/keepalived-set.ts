import { globExpression, includedPath, includesOf } from '../../languages/keepalived/syntax/includes';
import { byNumbers, folderOf, type SetAccess } from './set-access';

/** More files are no configuration. */
const MOST_FILES = 200;
/** How many folders up the file that includes another one is looked for. */
const FOLDERS_UP = 3;
/** What a file must hold to be worth a closer look: most files of a folder include nothing. */
const INCLUDES = /^[ \t]*(?:@\S+[ \t]+)?include/m;

/**
 * Paths of the files that are one Keepalived configuration with this one: the file Keepalived is started with first.
 * Undefined where the file includes nothing, and none includes it.
 */
export async function keepalivedSet(
  path: string,
  text: string,
  access: SetAccess,
): Promise<readonly string[] | undefined> {
  let around = await rootAround(path, path, access);
  for (let up = 1; up < FOLDERS_UP && around !== undefined; up += 1) {
    const outer = await rootAround(around[0] ?? path, path, access);
    if (outer === undefined) break;
    around = outer;
  }
  if (around !== undefined) return around;
  if (!INCLUDES.test(text)) return undefined;
  const found = await filesFrom(path, access);
  return found.length > 1 ? found : undefined;
}

/** The configuration another file than `inner` makes with this one. */
async function rootAround(
  inner: string,
  path: string,
  access: SetAccess,
): Promise<readonly string[] | undefined> {
  let folder = folderOf(inner);
  for (let up = 0; up < FOLDERS_UP && folder !== ''; up += 1, folder = folderOf(folder)) {
    const names = (await access.names(folder)).filter((name) => name.endsWith('.conf'));
    for (const name of names.length > MOST_FILES ? [] : [...names].sort(byNumbers)) {
      const root = `${folder}/${name}`;
      const text = root === inner ? undefined : await access.read(root);
      if (text === undefined || !INCLUDES.test(text)) continue;
      const found = await filesFrom(root, access);
      if (found.includes(inner) && found.includes(path)) return found;
    }
  }
  return undefined;
}

/** A file, and all it includes. */
async function filesFrom(root: string, access: SetAccess): Promise<readonly string[]> {
  const found = [root];
  for (let at = 0; at < found.length && found.length < MOST_FILES; at += 1) {
    const path = found[at] ?? root;
    for (const { pattern } of includesOf((await access.read(path)) ?? '')) {
      for (const file of await matching(includedPath(path, root, pattern), access)) {
        if (!found.includes(file) && (await access.read(file)) !== undefined) found.push(file);
      }
    }
  }
  return found;
}

/** The files a pattern stands for. */
async function matching(pattern: string, access: SetAccess): Promise<readonly string[]> {
  if (!/[*?[{]/.test(pattern)) return [pattern];
  const parts = pattern.split('/');
  let folders = [''];
  for (const [at, part] of parts.entries()) {
    const isLast = at === parts.length - 1;
    const next: string[] = [];
    for (const folder of folders) {
      if (!/[*?[{]/.test(part)) next.push(at === 0 ? part : `${folder}/${part}`);
      else {
        const wanted = globExpression(part);
        const names = (await access.names(folder)).filter((name) => wanted.test(name)).sort(byNumbers);
        next.push(...names.map((name) => `${folder}/${name}`));
      }
      if (next.length > MOST_FILES) break;
    }
    folders = next;
    if (isLast) break;
  }
  return folders;
}
