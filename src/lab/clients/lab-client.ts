import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LabInfo, LabService } from '../lab-service';
import { labStateDir } from '../state-dir';
import { makeStateFolder, stateFailure } from '../state-folder';
import { entranceOf } from './entrance';
import { CLIENT_FILES, gitFiles } from './git-files';
import type { ClientFile } from './git-files';
import { readSignIn } from './sign-in';

/** What a client on this machine needs of a lab's GitLab. */
export interface LabClient {
  /** Folder of its files, absolute; it goes with the lab. */
  readonly folder: string;
  readonly url: string;
  readonly sshUrl?: string;
  readonly user: string;
  /** Secret. */
  readonly password: string;
  /** Secret. */
  readonly token: string;
  /** PEM; empty where the lab has no authority. */
  readonly authority: string;
  /** The file with the authority's certificate; absent where there is none. */
  readonly caFile?: string;
}

/**
 * Asks the lab whom to sign in as and writes what git needs into the lab's folder on this machine, readable by its user only.
 * @param stateDir the folder of all labs
 * @throws LabError `no-application`, `no-entrance`, `no-answer`, `no-state`
 */
export async function openClient(
  labs: Pick<LabService, 'transport'>,
  lab: LabInfo,
  stateDir: string,
): Promise<LabClient> {
  const signIn = await readSignIn(labs, lab);
  const entrance = entranceOf(lab);
  const folder = join(labStateDir(stateDir, lab.name), 'client');
  await makeStateFolder(join(folder, CLIENT_FILES.trusted));
  await writePrivately(folder, gitFiles(folder, entrance, signIn));
  const { user, password, token, authority } = signIn;
  const trust = authority === '' ? {} : { caFile: join(folder, CLIENT_FILES.authority) };
  return { folder, ...entrance, user, password, token, authority, ...trust };
}

/** Files that only this user may read; who reads one meanwhile sees the old or the new one whole. */
async function writePrivately(folder: string, files: readonly ClientFile[]): Promise<void> {
  try {
    for (const file of files) await writeWhole(folder, file, rename);
  } catch (error) {
    throw stateFailure(folder, error);
  }
}

/** Writes a file beside its place; `move` then brings it there. What cannot be brought there is not left behind. */
async function writeWhole(
  folder: string,
  { name, content }: ClientFile,
  move: (from: string, to: string) => Promise<void>,
): Promise<void> {
  const beside = join(folder, `.${randomUUID()}`);
  try {
    await writeFile(beside, content, { mode: 0o600, flag: 'wx' });
    await move(beside, join(folder, name));
  } finally {
    await rm(beside, { force: true });
  }
}

/**
 * The key this machine shows to the lab's SSH server; made at the first call.
 * @returns the public half, as `authorized_keys` has it
 * @throws LabError `no-state` when it cannot be kept
 */
export async function clientKey({ folder }: Pick<LabClient, 'folder'>): Promise<string> {
  const path = join(folder, CLIENT_FILES.key);
  const { default: ssh2 } = await import('ssh2');
  if (!existsSync(path)) {
    await makeKey(folder, ssh2.utils.generateKeyPairSync('ed25519', { comment: 'gitlab-ha' }).private);
  }
  // Of two that make one at the same time one wins: both read what is there, and its public half is in it.
  const key = ssh2.utils.parseKey(await readKept(path));
  if (key instanceof Error) throw stateFailure(path, key);
  return `${key.type} ${key.getPublicSSH().toString('base64')} ${key.comment}`;
}

async function readKept(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw stateFailure(path, error);
  }
}

/** Keeps a private key unless there is one already. */
async function makeKey(folder: string, key: string): Promise<void> {
  const content = key.endsWith('\n') ? key : `${key}\n`;
  try {
    await writeWhole(folder, { name: CLIENT_FILES.key, content }, link);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw stateFailure(folder, error);
  }
}
