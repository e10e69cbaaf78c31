import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths';

const SAMPLE = join(ROOT, 'lab', 'sample');

/** The sample workspace under another lab name, so that tests never touch a user's lab. */
export function sampleWorkspace(name: string): (folder: string) => void {
  return (folder) => {
    cpSync(SAMPLE, folder, { recursive: true });
    const path = join(folder, 'cluster.yaml');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace(/^name: .*$/m, `name: ${name}`));
  };
}
