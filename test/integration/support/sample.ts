import { readFile, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { LayerId } from '../../../src/cluster/layer';
import { overrideCluster } from '../../../src/lab/cluster-overrides';
import { LEAST_LAYERS } from '../../../src/workspace/create/shapes';
import { ROOT } from './engine';

/** What most tests need; the whole stack takes twice the time and memory. */
export const LEAST = LEAST_LAYERS;

/**
 * The sample workspace under another name.
 * @param change turns a file's text into another one
 * @param layers what its lab runs
 */
export async function sampleWorkspace(
  name: string,
  change: (path: string, text: string) => string = (_path, text) => text,
  layers: readonly LayerId[] | 'all' = LEAST,
): Promise<ReadonlyMap<string, string>> {
  const dir = join(ROOT, 'lab', 'sample');
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = new Map<string, string>();
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const place = join(entry.parentPath, entry.name);
    const path = relative(dir, place).replaceAll('\\', '/');
    const text = await readFile(place, 'utf8');
    files.set(path, change(path, path === 'cluster.yaml' ? described(text, name, layers) : text));
  }
  return files;
}

/** The sample workspace under another name, with these layers. */
export function sampleOf(name: string, layers: readonly LayerId[]): Promise<ReadonlyMap<string, string>> {
  return sampleWorkspace(name, undefined, layers);
}

function described(text: string, name: string, layers: readonly LayerId[] | 'all'): string {
  return overrideCluster(text, layers === 'all' ? { name } : { name, layers });
}
