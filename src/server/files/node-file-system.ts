import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { FileSystem } from './file-system';
import { LARGEST_FILE_BYTES } from '../../workspace/files/workspace-files';
import { nodeFolder, readLocalFile } from './node-folder';

const MOST_FILES = 2000;
const DEEPEST = 12;
const SKIPPED = new Set([
  'node_modules',
  '.git',
  '.hg',
  '.svn',
  'vendor',
  '.cache',
  '.vagrant',
  '.terraform',
]);

/** The local disk. Addresses that are no local files, such as those of a virtual workspace, have nothing. */
export const NODE_FILE_SYSTEM: FileSystem = {
  async read(uri, within) {
    const path = localPath(uri);
    if (path === undefined) return undefined;
    const folder = within === undefined ? undefined : localPath(within);
    const content =
      folder === undefined
        ? await readLocalFile(path, LARGEST_FILE_BYTES)
        : await nodeFolder(folder).read(relative(folder, path), LARGEST_FILE_BYTES);
    return content instanceof Uint8Array ? Buffer.from(content).toString('utf8') : content;
  },
  async exists(uri) {
    const path = localPath(uri);
    if (path === undefined) return false;
    return stat(path).then(
      (found) => found.isFile(),
      () => false,
    );
  },
  async names(folder) {
    const path = localPath(folder);
    return path === undefined ? [] : readdir(path).catch(() => []);
  },
  async list(folder, wanted) {
    const path = localPath(folder);
    const found: string[] = [];
    if (path !== undefined) await collect(path, wanted, found, 0);
    return found;
  },
};

async function collect(
  folder: string,
  wanted: (uri: string) => boolean,
  found: string[],
  depth: number,
): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (found.length >= MOST_FILES) return;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (depth < DEEPEST && !SKIPPED.has(entry.name)) await collect(path, wanted, found, depth + 1);
    } else if (entry.isFile()) {
      const uri = pathToFileURL(path).href;
      if (wanted(uri)) found.push(uri);
    }
  }
}

function localPath(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    // An address of another machine.
    return undefined;
  }
}
