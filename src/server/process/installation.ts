import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { RubyParserLoader } from '../../languages/gitlab-rb/ruby/ruby-parser';
import { packagedRubyParser } from './packaged-ruby-parser';

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
    loadRubyParser: packagedRubyParser(root),
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

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
