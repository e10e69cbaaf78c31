import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LayerId } from '../../../src/cluster/layer';
import { overrideCluster } from '../../../src/lab/cluster-overrides';
import { LEAST_LAYERS } from '../../../src/workspace/create/shapes';
import { ROOT } from './paths';

const SAMPLE = join(ROOT, 'lab', 'sample');

/** What most tests need; the whole stack takes twice the time and memory. */
export const LEAST = LEAST_LAYERS;

/**
 * The sample workspace under another lab name, so that tests never touch a user's lab.
 * @param layers what its lab runs
 */
export function sampleWorkspace(
  name: string,
  layers: readonly LayerId[] | 'all' = LEAST,
): (folder: string) => void {
  return (folder) => {
    cpSync(SAMPLE, folder, { recursive: true });
    const path = join(folder, 'cluster.yaml');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, overrideCluster(text, layers === 'all' ? { name } : { name, layers }));
  };
}
