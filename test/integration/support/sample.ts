import { readFile, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { ROOT } from './engine';

/**
 * The sample workspace under another name.
 * @param change turns a file's text into another one
 */
export async function sampleWorkspace(
  name: string,
  change: (path: string, text: string) => string = (_path, text) => text,
): Promise<ReadonlyMap<string, string>> {
  const dir = join(ROOT, 'lab', 'sample');
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = new Map<string, string>();
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const place = join(entry.parentPath, entry.name);
    const path = relative(dir, place).replaceAll('\\', '/');
    const text = await readFile(place, 'utf8');
    files.set(
      path,
      change(path, path === 'cluster.yaml' ? text.replace(/^name:.*$/m, `name: ${name}`) : text),
    );
  }
  return files;
}
