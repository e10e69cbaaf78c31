#!/usr/bin/env node
import { createRequire } from 'node:module';
import type { runChecks } from './start/checks';
import { isQuickLint } from './start/quick-lint';

interface Checks {
  readonly runChecks: typeof runChecks;
}

/** The same program made for checks alone; only where it is built. */
function builtForChecks(): Checks | undefined {
  try {
    return createRequire(import.meta.url)('./start.cjs') as Checks;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

const argv = process.argv.slice(2);
const checks = isQuickLint(argv) ? builtForChecks() : undefined;
if (checks !== undefined) await checks.runChecks(argv);
else await (await import('./whole-program')).main();
