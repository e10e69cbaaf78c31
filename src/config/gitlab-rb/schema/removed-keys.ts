import removedRows from './data/removed.json';
import notes from './data/removed-notes.json';
import type { RemovedKey } from './schema';

interface Note {
  readonly note?: string;
  readonly replacement?: string;
}

const NOTES: Readonly<Record<string, Note | undefined>> = notes;

/** Services that left the package without an entry of their own for all of their keys. */
const MORE_ROWS = ['mattermost/*\t19.0\t19.0\tignored', 'mattermost_nginx/*\t19.0\t19.0\tignored'];

/**
 * Removed keys by `root/path`.
 * @param known tells whether a setting exists: a replacement that follows only from its root's must
 */
export function removedKeys(known: (root: string, path: readonly string[]) => boolean): RemovedTable {
  const rows = [...removedRows, ...MORE_ROWS];
  const entries = new Map(rows.map((row) => [row.slice(0, endOfId(row)), removedKey(row)]));
  const table = { entries, known };
  for (const [id, entry] of entries) {
    const whole = entries.get(`${entry.root}/*`);
    if (entry.replacement !== undefined || whole === undefined || whole === entry) continue;
    const { replacement } = forKey(table, whole, entry.path);
    if (replacement !== undefined) entries.set(id, { ...entry, replacement });
  }
  return table;
}

/** The removed keys, and what tells whether a setting exists. */
export interface RemovedTable {
  readonly entries: ReadonlyMap<string, RemovedKey>;
  known(root: string, path: readonly string[]): boolean;
}

/**
 * What is known of the removal of a key: its own entry, that of all keys of its root (`grafana[*]`, with the
 * replacement for this very key), or that of a key above it, which took everything below with it.
 */
export function findRemoved(
  table: RemovedTable,
  root: string,
  path: readonly string[],
): RemovedKey | undefined {
  const own = table.entries.get([root, ...path].join('/'));
  if (own !== undefined) return own;
  for (let depth = path.length - 1; depth >= 0; depth -= 1) {
    const above = table.entries.get([root, ...path.slice(0, depth)].join('/'));
    if (above !== undefined) return above;
  }
  const whole = table.entries.get(`${root}/*`);
  return whole === undefined ? undefined : forKey(table, whole, path);
}

/** `registry['nginx'][*]` becomes `registry['nginx']['listen_port']`, if there is such a setting. */
function forKey(table: RemovedTable, whole: RemovedKey, path: readonly string[]): RemovedKey {
  const { replacement, ...rest } = whole;
  if (replacement === undefined || !replacement.endsWith('[*]')) return { ...whole, path };
  const [root = '', ...above] = replacement.slice(0, -'[*]'.length).split(/\['|'\]\['|'\]/);
  const target = [...above.filter((name) => name !== ''), ...path];
  if (path.length === 0 || !table.known(root, target)) return { ...rest, path };
  return { ...rest, path, replacement: root + target.map((name) => `['${name}']`).join('') };
}

function endOfId(row: string): number {
  const tab = row.indexOf('\t');
  return tab < 0 ? row.length : tab;
}

function removedKey(row: string): RemovedKey {
  const [id = '', deprecatedIn = '', removedIn = '', behaviour = '', plain = ''] = row.split('\t');
  const [root = '', ...path] = id.split('/');
  const extra = NOTES[id] ?? NOTES[`${root}/*`] ?? NOTES[root];
  const replacement = extra?.replacement ?? (plain === '' ? undefined : plain);
  return {
    root,
    path,
    behaviour: behaviour as RemovedKey['behaviour'],
    ...(deprecatedIn === '' ? {} : { deprecatedIn }),
    ...(removedIn === '' ? {} : { removedIn }),
    ...(replacement === undefined ? {} : { replacement }),
    ...(extra?.note === undefined ? {} : { note: extra.note }),
  };
}
