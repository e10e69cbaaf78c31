import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RubyParserLoader } from '../../languages/gitlab-rb/ruby/ruby-parser';

/**
 * The parser of gitlab.rb this package ships, loaded at the first use: from dist (installed) or node_modules (checkout).
 * @param root folder of the package
 */
export function packagedRubyParser(root: string): RubyParserLoader {
  const places = [
    join(root, 'dist', 'prism.wasm'),
    join(root, 'node_modules', '@ruby', 'prism', 'src', 'prism.wasm'),
  ];
  let loader: Promise<RubyParserLoader> | undefined;
  return async () => {
    loader ??= import('../../languages/gitlab-rb/ruby/ruby-parser').then(({ prismLoader }) =>
      prismLoader(() => readFirst(places)),
    );
    return (await loader)();
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
