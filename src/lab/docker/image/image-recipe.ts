import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pack } from 'tar-stream';

/** One file of the folder an image is built from. */
export interface RecipeFile {
  /** Relative, with forward slashes. */
  readonly path: string;
  readonly content: Buffer;
  readonly mode: number;
}

/** Left out of the image by its own .dockerignore. */
const IGNORED = new Set(['.dockerignore']);

/**
 * Reads the recipe, sorted by path. Modes follow from the content, because an archive unpacked on another system
 * may have lost them: what starts with `#!` is a program.
 */
export async function readRecipe(dir: string): Promise<readonly RecipeFile[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && !IGNORED.has(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
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
