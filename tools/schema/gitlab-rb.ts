/**
 * Regenerates what the schema of gitlab.rb knows from tables: src/languages/gitlab-rb/schema/data/{keys,removed}.json.
 *
 *   npx tsx tools/schema/gitlab-rb.ts KEYS.json REMOVED.json [OMNIBUS-GITLAB.git]
 *
 * KEYS.json: `{ version, keys: [{ root, path, type, default, templateSample?, ee? }] }`.
 * REMOVED.json: `{ removedOrDeprecated: [{ key, deprecatedSince, removedIn, replacement, loader193 }],
 * vanishedFromTemplate: [{ key, firstTemplate, lastTemplate, loader193 }] }`.
 * With a clone of omnibus-gitlab, the first version that names a key is read from its tags; without one, what is known
 * about that stays as it is. Words for people are not made here: they stand beside the generated files.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { keyRows, type KeyTable } from './gitlab-rb-keys';
import { removedRows, type RemovedTable } from './gitlab-rb-removed';
import { firstVersions } from './gitlab-rb-since';

const DATA = new URL('../../src/languages/gitlab-rb/schema/data/', import.meta.url);

async function save(name: string, content: unknown): Promise<void> {
  const file = new URL(name, DATA);
  const options = await resolveConfig(file.pathname);
  await writeFile(file, await format(JSON.stringify(content), { ...options, parser: 'json' }));
}

/** What the last run found out about first versions, by `root/path`. */
async function knownVersions(): Promise<Map<string, string>> {
  const { roots } = JSON.parse(await readFile(new URL('keys.json', DATA), 'utf8')) as {
    roots: Record<string, string[]>;
  };
  const known = new Map<string, string>();
  for (const [root, rows] of Object.entries(roots)) {
    for (const row of rows) {
      const [path = '', , , , version = ''] = row.split('\t');
      if (version !== '') known.set(`${root}/${path}`, version);
    }
  }
  return known;
}

const [keysFile, removedFile, omnibus] = process.argv.slice(2);
if (keysFile === undefined || removedFile === undefined) {
  console.error('Usage: npx tsx tools/schema/gitlab-rb.ts KEYS.json REMOVED.json [OMNIBUS-GITLAB.git]');
  process.exit(2);
}

const keys = JSON.parse(await readFile(keysFile, 'utf8')) as KeyTable;
const removed = JSON.parse(await readFile(removedFile, 'utf8')) as RemovedTable;
const ids = new Set(keys.keys.map(({ root, path }) => [root, ...path].join('/')));
const since = omnibus === undefined ? await knownVersions() : firstVersions(omnibus, ids);
await save('keys.json', { version: keys.version, roots: keyRows(keys, since) });
await save('removed.json', removedRows(removed));
