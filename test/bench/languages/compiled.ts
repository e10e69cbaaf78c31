import { build } from 'esbuild';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Readers from '../../../src/server/documents/readers';

/**
 * The languages as the package ships them, in one file. Run from the sources, each inner function would first be given its
 * name by the program that compiles them on the way, which a user's process never does.
 * @param root folder of the project
 */
export async function compiledReaders(root: string): Promise<typeof Readers> {
  const folder = join(root, '.cache', 'bench');
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, 'readers.mjs');
  await build({
    absWorkingDir: root,
    entryPoints: [join('src', 'server', 'documents', 'readers.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    minifyWhitespace: true,
    minifySyntax: true,
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href) as Promise<typeof Readers>;
}
