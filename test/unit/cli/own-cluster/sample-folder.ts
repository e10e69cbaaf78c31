import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../../../src/cli/run';
import { readWorkspaceFolder } from '../../../../src/cli/workspace';
import type { FakeWorld } from '../fake-context';

/** A copy of the sample on the disk, and the command line in it. */
export interface SampleFolder {
  readonly root: string;
  run(fake: FakeWorld, ...argv: readonly string[]): Promise<number>;
  text(path: string): string;
  remove(): void;
}

/** Copies the sample into a folder of its own. */
export function sampleFolder(): SampleFolder {
  const root = mkdtempSync(join(tmpdir(), 'ha-own-cluster-'));
  cpSync(new URL('../../../../lab/sample', import.meta.url), root, { recursive: true });
  return {
    root,
    run(fake, ...argv) {
      const hasFile = (path: string): Promise<boolean> => Promise.resolve(existsSync(path));
      const context = { ...fake.context, cwd: root, hasFile, readWorkspace: readWorkspaceFolder };
      return runCli(context, argv, '0.1.0');
    },
    text: (path) => readFileSync(join(root, path), 'utf8'),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
