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
/** How the parts of services that not every node has are laid over the image. */
const ADDED_DOCKERFILE = 'Dockerfile.added';
/** The folder of a service that is no part of a node: the recipe of an image of its own. */
const OWN_IMAGE = 'image';
/** What packages and accounts follow from: a step of its own, so that other changes do not install them again. */
const INSTALLED_EARLY = new Set(['packages', 'accounts', 'prepare', 'install']);

/**
 * Reads the recipe, sorted by path: the image's own folder, and what each service adds to it from the folder `services`
 * beside (lab/services). A service's `rootfs` becomes part of the image's; what its packages follow from comes to
 * `install/<id>`, and the rest to `services/<id>`.
 * @param without services whose part is laid over the image where it is asked for
 * @throws Error when two of them would be the same file of the image
 */
export async function readRecipe(
  imageDir: string,
  without: readonly string[] = [],
): Promise<readonly RecipeFile[]> {
  const services = await serviceParts(imageDir, (id) => !without.includes(id));
  const own = (await readFolder(imageDir)).filter(({ path }) => path !== ADDED_DOCKERFILE);
  return together([...own, ...services]);
}

/**
 * Reads the recipe of what some services lay over a node image that has the others, sorted by path. The steps are those
 * of the node image.
 * @param image reference of the image that is built upon
 * @param programs references of the images whose /export is laid over it
 * @throws Error when two of them would be the same file of the image
 */
export async function readAddedRecipe(
  imageDir: string,
  services: readonly string[],
  image: string,
  programs: readonly string[],
): Promise<readonly RecipeFile[]> {
  const own = await readFolder(imageDir);
  const dockerfile = own.find(({ path }) => path === ADDED_DOCKERFILE);
  if (dockerfile === undefined) throw new Error(`${imageDir} has no ${ADDED_DOCKERFILE}`);
  const copies = programs.map((reference) => `COPY --from=${reference} /export/ /\n`).join('');
  const text = dockerfile.content
    .toString('utf8')
    .replace('ARG BASE\n', `ARG BASE=${image}\n`)
    .replace('# programs\n', copies);
  return together([
    { path: 'Dockerfile', content: Buffer.from(text), mode: 0o644 },
    ...own.filter(({ path }) => path.startsWith('build/')),
    ...(await serviceParts(imageDir, (id) => services.includes(id))),
  ]);
}

/** Those of some services that have a recipe of their own. */
export async function servicesWithImage(
  imageDir: string,
  services: readonly string[],
): Promise<readonly string[]> {
  const files = await readFolder(servicesDir(imageDir), true);
  return services.filter((id) => files.some(({ path }) => path === `${id}/${OWN_IMAGE}/Dockerfile`));
}

/** What services bring into a node's image, at its places in the build's context. */
async function serviceParts(
  imageDir: string,
  has: (service: string) => boolean,
): Promise<readonly RecipeFile[]> {
  const files = await readFolder(servicesDir(imageDir), true);
  return files
    .filter(({ path }) => !ofOwnImage(path) && has(path.split('/')[0] ?? ''))
    .map((file) => ({ ...file, path: placeInContext(file.path) }));
}

function together(unsorted: readonly RecipeFile[]): readonly RecipeFile[] {
  const files = [...unsorted].sort((one, other) => (one.path < other.path ? -1 : 1));
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
