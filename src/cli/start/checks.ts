import 'node:fs/promises';
import { join } from 'node:path';
import type { main } from '../whole-program';
import { codeCacheFolder, runCached } from './code-cache';
import { codeCacheName } from './quick-lint';
import { ShortRun } from './short-run';

interface Program {
  readonly main: typeof main;
}

/** Tells this build of the program for checks from any other; written in when it is built. */
declare const CHECKS_VERSION: string;

/**
 * Runs `gitlab-ha lint` from the one file made for it, with the code compiled the last time. This is a file of its own, in
 * CommonJS: to give an ES module something of Node's own, all of that is looked at first.
 * @param argv arguments without the program's own two
 */
export async function runChecks(argv: readonly string[]): Promise<void> {
  // Node comes with compiled code of its own parts, which the engine takes only as long as its flags are as they were.
  for (const stream of [process.stdout, process.stderr]) void stream.writable;
  const run = new ShortRun();
  const file = join(__dirname, 'lint.cjs');
  const cached = runCached(file, codeCacheFolder(process.env), codeCacheName(argv), CHECKS_VERSION);
  process.on('exit', () => {
    run.end();
    cached.keep();
  });
  await (cached.exports as Program).main((bytes) => run.expect(bytes));
}
