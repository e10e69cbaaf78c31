import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Manifest {
  readonly name: string;
  readonly version: string;
}

async function manifest(folder: string): Promise<Manifest | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function find(): Promise<{ readonly folder: string; readonly manifest: Manifest }> {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const found = await manifest(folder);
    if (found?.name === 'gitlab-ha-lab') return { folder, manifest: found };
    const parent = dirname(folder);
    if (parent === folder) throw new Error('gitlab-ha is not inside its package: reinstall it');
    folder = parent;
  }
}

/** The folder of this package: it holds the image recipe and the sample workspace. */
export async function packageRoot(): Promise<string> {
  return (await find()).folder;
}

/** Version of the program, as its package says it. @throws Error when the package is not found */
export async function packageVersion(): Promise<string> {
  return (await find()).manifest.version;
}
