import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Measurement } from '../measurement';

/** Size of the package users install, and how long building and packing take. */
export const vsix: Measurement = {
  id: 'vsix',
  title: 'Build and pack the extension',
  async measure({ root, runs }) {
    const directory = join(root, '.cache', 'bench');
    mkdirSync(directory, { recursive: true });
    const file = join(directory, 'measured.vsix');
    const seconds: number[] = [];
    let bytes = 0;
    try {
      for (let run = 0; run < runs; run += 1) {
        const started = performance.now();
        await promisify(execFile)(process.execPath, ['scripts/package.mjs', '--out', file], { cwd: root });
        seconds.push((performance.now() - started) / 1000);
        bytes = statSync(file).size;
      }
    } finally {
      rmSync(file, { force: true });
    }
    return [
      { id: 'vsix.size', title: 'Extension package', unit: 'MB', values: [bytes / 1e6], bound: 3 },
      { id: 'vsix.build', title: 'Build and pack', unit: 's', values: seconds },
    ];
  },
};
