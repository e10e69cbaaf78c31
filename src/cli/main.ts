#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { codeCacheFolder, runCached } from './start/code-cache';
import { codeCacheName, isQuickLint } from './start/quick-lint';
import { ShortRun } from './start/short-run';
import type { main } from './whole-program';

interface Program {
  readonly main: typeof main;
}

/** The same program in one file, for checks alone; only where it is built. */
const CHECKS = fileURLToPath(new URL('lint.cjs', import.meta.url));

const argv = process.argv.slice(2);
if (isQuickLint(argv) && existsSync(CHECKS)) {
  const run = new ShortRun();
  const cached = runCached(CHECKS, codeCacheFolder(process.env), codeCacheName(argv));
  process.on('exit', () => {
    run.end();
    cached.keep();
  });
  await (cached.exports as Program).main((bytes) => run.expect(bytes));
} else await (await import('./whole-program')).main();
