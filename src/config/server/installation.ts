import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { RubyParserLoader } from '../gitlab-rb/ruby-parser';

/** What the server takes from the package it is installed in. */
export interface Installation {
  readonly version: string;
  /** Address of the folder with the rules' pages; undefined when the package has none. */
  readonly rulePages: string | undefined;
  readonly loadRubyParser: RubyParserLoader;
}

/** Looks around from this module: the package is the nearest folder above with a manifest. */
export async function findInstallation(from = import.meta.url): Promise<Installation> {
  const { root, version } = await packageOf(dirname(fileURLToPath(from)));
  const pages = join(root, 'docs', 'rules');
  return {
    version,
    rulePages: (await isFolder(pages)) ? pathToFileURL(pages).href : undefined,
    loadRubyParser: lazyParser([
      join(root, 'dist', 'prism.wasm'),
      join(root, 'node_modules', '@ruby', 'prism', 'src', 'prism.wasm'),
    ]),
  };
}

async function packageOf(start: string): Promise<{ readonly root: string; readonly version: string }> {
  for (let root = start; ; root = dirname(root)) {
    try {
      const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version?: string };
      return { root, version: manifest.version ?? '0.0.0' };
    } catch {
      if (dirname(root) === root) throw new Error('The language server is not inside its package.');
    }
  }
}

function lazyParser(places: readonly string[]): RubyParserLoader {
  let loader: RubyParserLoader | undefined;
  return async () => {
    loader ??= (await import('../gitlab-rb/ruby-parser')).prismLoader(() => readFirst(places));
    return loader();
  };
}

async function readFirst(paths: readonly string[]): Promise<Uint8Array> {
  let failure: unknown = new Error('no place to read from');
  for (const path of paths) {
    try {
      return await readFile(path);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
