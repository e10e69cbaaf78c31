import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkspaceFiles } from '../lab/lab-service';

export const CLUSTER_FILE = 'cluster.yaml';

/** Configuration files are small; anything larger is not one. */
const LARGEST = 1024 * 1024;

const PER_NODE = /^nodes\/[^/]+\/(gitlab\.rb|haproxy\.cfg|keepalived\.conf)$/;
const SHARED = new Set([CLUSTER_FILE, 'haproxy/haproxy.cfg', 'keepalived/keepalived.conf']);

/** True for the paths (relative, forward slashes) that make a workspace; everything else is left unread. */
export function isWorkspaceFile(path: string): boolean {
  return SHARED.has(path) || PER_NODE.test(path);
}

async function names(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
}

/**
 * Reads the configuration files of a workspace folder.
 * @throws the file system's error for a file that exists and cannot be read
 */
export async function readWorkspaceFolder(folder: string): Promise<WorkspaceFiles> {
  const nodes = await names(join(folder, 'nodes'));
  const candidates = [
    ...SHARED,
    ...nodes.flatMap((node) =>
      ['gitlab.rb', 'haproxy.cfg', 'keepalived.conf'].map((file) => `nodes/${node}/${file}`),
    ),
  ];
  const files = new Map<string, string>();
  for (const path of candidates.filter(isWorkspaceFile)) {
    const folderOf = path.slice(0, path.lastIndexOf('/') + 1);
    const present = await names(join(folder, folderOf));
    if (!present.includes(path.slice(folderOf.length))) continue;
    const content = await readFile(join(folder, path));
    if (content.byteLength <= LARGEST) files.set(path, content.toString('utf8'));
  }
  return files;
}
