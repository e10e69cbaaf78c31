/** The files of a workspace: which there are, and how each of them is read. */
import { includedBeside } from './included-beside';

export const CLUSTER_FILE = 'cluster.yaml';

/** Real configuration files have some hundred kilobytes at most; what is larger is something else. */
export const LARGEST_FILE_BYTES = 1024 * 1024;

/** A file that is there and was not read. */
export interface UnreadFile {
  /** `too-large`: over the limit. `no-file`: a folder, pipe or device. `outside`: a link out of the workspace. */
  readonly unread: 'too-large' | 'no-file' | 'outside' | 'unreadable';
  /** A clause after the file's name, e.g. `is a folder, not a file`. */
  readonly reason: string;
}

/** Text of each file, or why there is none, by path relative to the workspace with forward slashes. */
export type WorkspaceFiles = ReadonlyMap<string, string | UnreadFile>;

/** A folder with a workspace, wherever it is. Paths are relative to it, with forward slashes. */
export interface FolderAccess {
  /**
   * What a file holds, undefined when there is none. Looks before it reads: never waits for a pipe, never takes more
   * than the limit into memory.
   */
  read(path: string, limitBytes: number): Promise<Uint8Array | UnreadFile | undefined>;
  /** Names of all that is in a folder; none when there is no such folder. */
  names(path: string): Promise<readonly string[] | UnreadFile>;
}

/** Files all nodes share. */
export const SHARED_FILES: readonly string[] = [
  CLUSTER_FILE,
  'haproxy/haproxy.cfg',
  'keepalived/keepalived.conf',
];
const PER_NODE: readonly string[] = ['gitlab.rb', 'haproxy.cfg', 'keepalived.conf'];
const NODES = 'nodes';

/** True for the paths (relative, forward slashes) that make a workspace; everything else is left unread. */
export function isWorkspaceFile(path: string): boolean {
  const [top, , file, more] = path.split('/');
  return (
    SHARED_FILES.includes(path) ||
    (top === NODES && file !== undefined && more === undefined && PER_NODE.includes(file))
  );
}

/**
 * Reads the files of a workspace, and those that a gitlab.rb of it reads. What is there and cannot be read is in the result
 * with the reason.
 */
export async function readWorkspaceFiles(folder: FolderAccess): Promise<WorkspaceFiles> {
  const files = new Map<string, string | UnreadFile>();
  const nodes = await folder.names(NODES);
  if ('unread' in nodes) files.set(NODES, nodes);
  const perNode = 'unread' in nodes ? [] : nodes.flatMap((node) => filesOfNode(node));
  for (const path of [...SHARED_FILES, ...perNode]) {
    const content = await readText(folder, path);
    if (content === undefined) continue;
    files.set(path, content);
    if (typeof content === 'string')
      await includedBeside(path, content, (other) => readOther(folder, other, files));
  }
  return files;
}

/** A file that another one reads: only its text is of weight, and what is missing or odd the other one's rules tell. */
async function readOther(
  folder: FolderAccess,
  path: string,
  files: Map<string, string | UnreadFile>,
): Promise<string | undefined> {
  const known = files.get(path);
  const content = typeof known === 'string' ? known : await readText(folder, path);
  if (typeof content !== 'string') return undefined;
  if (known === undefined) files.set(path, content);
  return content;
}

/** The files a node may have of its own. */
export function filesOfNode(node: string): readonly string[] {
  return PER_NODE.map((file) => `${NODES}/${node}/${file}`);
}

/** The node whose own file it is, by its path; undefined for files all nodes share. The node need not be there. */
export function nodeOfFile(path: string): string | undefined {
  const [top, node, file] = path.split('/');
  return top === NODES && file !== undefined ? node : undefined;
}

/** Text of one file, or why there is none; undefined when it does not exist. */
export async function readText(
  folder: FolderAccess,
  path: string,
  limitBytes = LARGEST_FILE_BYTES,
): Promise<string | UnreadFile | undefined> {
  const content = await folder.read(path, limitBytes);
  // A byte order mark stays: the programs stumble over it, so whoever checks the file must see it.
  return content instanceof Uint8Array
    ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(content)
    : content;
}

/** Text of a file that was read; undefined when it is missing, or is there and was not read. */
export function textOf(files: WorkspaceFiles, path: string): string | undefined {
  const content = files.get(path);
  return typeof content === 'string' ? content : undefined;
}

/** True for a text that has more bytes than a file of a workspace may have. */
export function isTooLarge(text: string): boolean {
  // A UTF-16 code unit has three bytes of UTF-8 at most: nearly every file needs no counting.
  if (text.length * 3 <= LARGEST_FILE_BYTES) return false;
  return new TextEncoder().encode(text).length > LARGEST_FILE_BYTES;
}

/** The finding of a file over the limit, whoever sees it first. */
export function tooLarge(limitBytes: number): UnreadFile {
  return { unread: 'too-large', reason: `is larger than ${limitBytes / 1024 / 1024} MiB` };
}
