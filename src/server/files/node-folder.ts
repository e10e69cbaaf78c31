import type { Stats } from 'node:fs';
import { constants } from 'node:fs';
import { lstat, open, readdir, realpath, stat, type FileHandle } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { tooLarge, type FolderAccess, type UnreadFile } from '../../workspace/files/workspace-files';

/** A folder of the local disk. Links that lead out of it are not followed: their target is nobody's configuration. */
export function nodeFolder(root: string): FolderAccess {
  return {
    read: async (path, limitBytes) =>
      (await outside(root, path)) ?? readLocalFile(join(root, path), limitBytes),
    names: async (path) => {
      try {
        return await readdir(join(root, path));
      } catch (error) {
        return isMissing(error) ? [] : unreadable(error);
      }
    },
  };
}

/**
 * What a local file holds; undefined when there is none. Never waits: a pipe without a writer, a device and a file
 * without end are told, not read.
 */
export async function readLocalFile(
  file: string,
  limitBytes: number,
): Promise<Uint8Array | UnreadFile | undefined> {
  try {
    const found = refusal(await stat(file), limitBytes);
    if (found !== undefined) return found;
    // It may be another one by now: what is open is looked at again. A pipe opens at once with this flag.
    const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      return refusal(await handle.stat(), limitBytes) ?? (await readUpTo(handle, limitBytes));
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!isMissing(error)) return unreadable(error);
    const link = await lstat(file).catch(() => undefined);
    return link?.isSymbolicLink() === true
      ? { unread: 'no-file', reason: 'is a link to nothing' }
      : undefined;
  }
}

function refusal(found: Stats, limitBytes: number): UnreadFile | undefined {
  if (found.isDirectory()) return { unread: 'no-file', reason: 'is a folder, not a file' };
  if (found.isFIFO()) return { unread: 'no-file', reason: 'is a pipe, not a file' };
  if (!found.isFile()) return { unread: 'no-file', reason: 'is a device or socket, not a file' };
  return found.size > limitBytes ? tooLarge(limitBytes) : undefined;
}

/** Some files (those of /proc) say that they are empty and have no end. */
async function readUpTo(handle: FileHandle, limitBytes: number): Promise<Uint8Array | UnreadFile> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const piece = 64 * 1024;
  for (;;) {
    const { bytesRead, buffer } = await handle.read(new Uint8Array(piece), 0, piece, null);
    if (bytesRead === 0) return Buffer.concat(pieces);
    size += bytesRead;
    if (size > limitBytes) return tooLarge(limitBytes);
    pieces.push(buffer.subarray(0, bytesRead));
  }
}

async function outside(root: string, path: string): Promise<UnreadFile | undefined> {
  try {
    const [folder, target] = await Promise.all([realpath(root), realpath(join(root, path))]);
    const below = relative(folder, target);
    const leaves = below === '..' || below.startsWith(`..${sep}`) || isAbsolute(below);
    return leaves
      ? { unread: 'outside', reason: `is a link to ${target}, outside the workspace` }
      : undefined;
  } catch {
    // Missing or unreadable: reading it tells.
    return undefined;
  }
}

function isMissing(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** Why the system does not let something be read. */
export function unreadable(error: unknown): UnreadFile {
  const code = codeOf(error);
  const why = (code === undefined ? undefined : REASONS[code]) ?? code ?? String(error);
  return { unread: 'unreadable', reason: `cannot be read: ${why}` };
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not (EACCES)',
  EPERM: 'this user may not (EPERM)',
  ELOOP: 'its links lead in a circle (ELOOP)',
  ENAMETOOLONG: 'its name is too long (ENAMETOOLONG)',
  EIO: 'the disk failed (EIO)',
};

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
