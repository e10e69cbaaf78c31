/**
 * Writes what follows from the keys of cluster.yaml: schema/cluster.schema.json and the table in docs/cluster-yaml.md.
 *
 *   npx tsx tools/cluster-yaml/write.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { clusterSchema } from './json-schema';
import { keyTable } from './reference';

const SCHEMA = fileURLToPath(new URL('../../schema/cluster.schema.json', import.meta.url));
const REFERENCE = fileURLToPath(new URL('../../docs/cluster-yaml.md', import.meta.url));

async function write(path: string, text: string): Promise<void> {
  writeFileSync(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
}

await write(SCHEMA, JSON.stringify(clusterSchema(), undefined, 2));
const page = readFileSync(REFERENCE, 'utf8');
const table = /(<!-- keys -->\n)[^]*?(<!-- end of keys -->)/;
await write(
  REFERENCE,
  page.replace(table, (_, start: string, end: string) => `${start}\n${keyTable()}\n\n${end}`),
);
