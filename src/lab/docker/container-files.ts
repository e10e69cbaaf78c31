import { Readable } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';
import type Docker from 'dockerode';
import { extract, pack } from 'tar-stream';
import type { PlannedContainer, PlannedFile } from '../plan/plan';
import type { Applied } from '../plan/snapshot';
import { leftOver } from '../plan/changes';
import { parseInForce, textsOf } from '../plan/effects/in-force';
import type { InForce } from '../plan/effects/in-force';
import { isGone } from './docker-errors';

/**
 * What was last put into a container is kept inside it: labels cannot change. Its hash is written last and taken away
 * first, so a deployment that was killed in between is recognised, whatever is planned by then.
 */
export const APPLIED_PATH = '/var/lib/gitlab-ha-lab/applied.json';

/**
 * What the programs of the container go by: the files' contents, which the files themselves do not tell while a change
 * is carried out. With the secrets in them, like the files beside it, and for root only.
 */
export const IN_FORCE_PATH = '/var/lib/gitlab-ha-lab/in-force.json';

/** Files that a node takes away at its start: Docker puts files into a stopped container, and takes none out. */
const LEFT_OVER_PATH = '/var/lib/gitlab-ha-lab/left-over';

/**
 * Puts a container's files in; works before its first start and while it is stopped.
 * @param replaced what was put in before; undefined when the container was never filled
 * @param records further files that are no part of what is planned
 */
export async function putFiles(
  container: Docker.Container,
  { files, filesHash }: PlannedContainer,
  replaced: Applied | undefined,
  records: readonly PlannedFile[] = [],
): Promise<void> {
  const paths = files.map((file) => file.path);
  // What is no longer planned stays until the container starts.
  const all = [...new Set([...(replaced?.paths ?? []), ...paths])];
  const first = replaced ? [appliedFile({ paths: all })] : [];
  // One archive: Docker unpacks it in order, and of one that breaks off the last entry is missing.
  const last = appliedFile({ hash: filesHash, paths: all });
  await putArchive(container, [...first, ...files, ...records, last]);
}

/**
 * Puts other files under running programs. Until `settleFiles` says that the programs go by them, both versions count:
 * a deployment that is cut short in between is taken up by the next one, whatever that one wants.
 */
export async function replaceFiles(
  container: Docker.Container,
  planned: PlannedContainer,
  replaced: Applied,
): Promise<void> {
  const { files } = planned;
  const paths = [...new Set([...replaced.paths, ...files.map((file) => file.path)])];
  const known = (await readInForce(container))?.versions ?? [];
  const fresh = textsOf(files);
  // A file that is written again looks younger than the program that goes by it.
  const others = files.filter(({ path }) => !known.some((version) => version[path] === fresh[path]));
  const differing = known.length > 1 ? files : others;
  // What is tried again and again is kept once: each version is a copy of all files.
  const fits = known.some((version) => isDeepStrictEqual(version, fresh));
  const record = inForceFile({ versions: fits ? known : [...known, fresh] });
  await putArchive(container, [
    appliedFile({ paths }),
    record,
    leftOverRecord(planned, replaced),
    ...differing,
  ]);
}

/** The record of what is to be taken away at the next start: of this change, and nothing of an earlier one. */
export function leftOverRecord(
  planned: Pick<PlannedContainer, 'files'>,
  replaced: Applied | undefined,
): PlannedFile {
  const lines = leftOver(planned, replaced?.paths ?? []).map((path) => `${path}\n`);
  return { path: LEFT_OVER_PATH, content: lines.join(''), mode: 0o600, uid: 0, gid: 0 };
}

/** The container's programs go by its files, and what is not planned is gone. */
export async function settleFiles(
  container: Docker.Container,
  { files, filesHash }: PlannedContainer,
): Promise<void> {
  const paths = files.map((file) => file.path);
  await putArchive(container, [settledRecord(files), appliedFile({ hash: filesHash, paths })]);
}

/** The record of a container whose programs go by these files, or will when it starts. */
export function settledRecord(files: readonly PlannedFile[]): PlannedFile {
  return inForceFile({ versions: [textsOf(files)] });
}

function inForceFile(inForce: InForce): PlannedFile {
  return { path: IN_FORCE_PATH, content: JSON.stringify(inForce), mode: 0o600, uid: 0, gid: 0 };
}

/** What the container's programs go by; undefined when nobody wrote it down. */
export async function readInForce(container: Docker.Container): Promise<InForce | undefined> {
  const text = await readTextFile(container, IN_FORCE_PATH);
  return text === undefined ? undefined : parseInForce(text);
}

function appliedFile(applied: Applied): PlannedFile {
  return { path: APPLIED_PATH, content: JSON.stringify(applied), mode: 0o600, uid: 0, gid: 0 };
}

/** What was last put into the container, or undefined when that never came to its end. */
export async function readApplied(container: Docker.Container): Promise<Applied | undefined> {
  return parseApplied(await readTextFile(container, APPLIED_PATH));
}

/** The record of what was last put in, or undefined where there is none that can be read. */
export function parseApplied(text: string | undefined): Applied | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Applied;
  } catch {
    return undefined; // Cut off by a full disk: as good as never written.
  }
}

/** The text of one file of a container, running or not; undefined when there is none. */
export async function readTextFile(container: Docker.Container, path: string): Promise<string | undefined> {
  try {
    return await firstFile((await container.getArchive({ path })) as Readable);
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** The text of the first file of an archive. */
export async function firstFile(archive: Readable): Promise<string> {
  const files = archive.pipe(extract());
  archive.on('error', (error: Error) => files.destroy(error));
  for await (const entry of files) {
    const pieces: Buffer[] = [];
    for await (const piece of entry) pieces.push(piece as Buffer);
    if (entry.header.type !== 'file') continue;
    archive.destroy();
    return Buffer.concat(pieces).toString('utf8');
  }
  throw new Error('the archive holds no file');
}

/** Puts files into a container that runs or not. */
export async function putArchive(container: Docker.Container, files: readonly PlannedFile[]): Promise<void> {
  if (files.length === 0) return;
  const archive = pack();
  for (const { path, content, mode, uid, gid } of files) {
    archive.entry({ name: path.replace(/^\/+/, ''), mode, uid, gid }, Buffer.from(content));
  }
  archive.finalize();
  await container.putArchive(Readable.from(archive), { path: '/' });
}
