import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { prismLoader } from '../../src/languages/gitlab-rb/ruby/ruby-parser';

/** The parser's bytes as the package ships them. */
export const readPrismWasm = (): Promise<Uint8Array> =>
  readFile(createRequire(import.meta.url).resolve('@ruby/prism/src/prism.wasm'));

/** The real parser, loaded once per test file. */
export const loadParser = prismLoader(readPrismWasm);
