import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pack } from 'tar-stream';

/** One file of the context an image is built from. */
export interface RecipeFile {
  /** Relative, with forward slashes. */
  readonly path: string;
  readonly content: Buffer;
  readonly mode: number;
}

/** Left out of the image by its own .dockerignore. */
const IGNORED = new Set(['.dockerignore']);
/** The folder of a service that is no part of a node: the recipe of an image of its own. */
const OWN_IMAGE = 'image';
/** What packages and accounts follow from: a step of its own, so that other changes do not install them again. */
const INSTALLED_EARLY = new Set(['packages', 'accounts', 'prepare', 'install']);

/**
 * Reads the recipe, sorted by path: the image's own folder, and what each service adds to it from the folder `services`
 * beside (lab/services). A service's `rootfs` becomes part of the image's; what its packages follow from comes to
 * `install/<id>`, and the rest to `services/<id>`.
 * @throws Error when two of them would be the same file of the image
 */
export async function readRecipe(imageDir: string): Promise<readonly RecipeFile[]> {
  const services = (await readFolder(servicesDir(imageDir), true)).filter(({ path }) => !ofOwnImage(path));
  const files = [
    ...(await readFolder(imageDir)),
    ...services.map((file) => ({ ...file, path: placeInContext(file.path) })),
  ].sort((one, other) => (one.path < other.path ? -1 : 1));
  const twice = files.find(({ path }, index) => path === files[index + 1]?.path);
  if (twice !== undefined)
    throw new Error(`two services (or a service and the image) bring the file ${twice.path}`);
  return files;
}

/**
 * Reads the recipe of a service that has an image of its own, sorted by path: a whole context, with its Dockerfile.
 * @throws Error when there is none
 */
export async function readServiceRecipe(imageDir: string, service: string): Promise<readonly RecipeFile[]> {
  const files = await readFolder(join(servicesDir(imageDir), service, OWN_IMAGE));
  return [...files].sort((one, other) => (one.path < other.path ? -1 : 1));
}

function servicesDir(imageDir: string): string {
  return join(dirname(imageDir), 'services');
}

function ofOwnImage(path: string): boolean {
  return path.split('/')[1] === OWN_IMAGE;
}

/** Where a file of a service (`<id>/…`) is in the build's context. */
function placeInContext(path: string): string {
  const [id = '', first = '', ...rest] = path.split('/');
  if (first === 'rootfs') return [first, ...rest].join('/');
  return `${INSTALLED_EARLY.has(first) ? 'install' : 'services'}/${[id, first, ...rest].join('/')}`;
}

/**
 * All files below a folder. Modes follow from the content, because an archive unpacked on another system may have lost
 * them: what starts with `#!` is a program.
 */
async function readFolder(dir: string, mayBeMissing = false): Promise<readonly RecipeFile[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if (mayBeMissing && (error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  const paths = entries
    .filter((entry) => entry.isFile() && !IGNORED.has(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    paths.map(async (path) => {
      const content = await readFile(path);
      const isProgram = content.subarray(0, 2).toString('latin1') === '#!';
      const relative = path.slice(dir.length).replaceAll('\\', '/').replace(/^\/+/, '');
      return { path: relative, content, mode: isProgram ? 0o755 : 0o644 };
    }),
  );
}

/** Twelve hexadecimal digits that change with any path or content. */
export function recipeHash(files: readonly RecipeFile[]): string {
  const hash = createHash('sha256');
  for (const { path, content } of files) hash.update(`${path}\0${content.length}\0`).update(content);
  return hash.digest('hex').slice(0, 12);
}

/** The recipe as a build context; times are fixed so that the builder's cache is hit. */
export function recipeArchive(files: readonly RecipeFile[]): Readable {
  const archive = pack();
  for (const { path, content, mode } of files)
    archive.entry({ name: path, mode, mtime: new Date(0) }, content);
  archive.finalize();
  return Readable.from(archive);
}
