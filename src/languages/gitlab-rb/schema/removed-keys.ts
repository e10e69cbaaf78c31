import notes from './data/removed-notes.json';
import removedRows from './data/removed.json';
import type { RemovedKey } from './schema';

interface Note {
  readonly note?: string;
  readonly replacement?: string;
}

const NOTES: Readonly<Record<string, Note | undefined>> = notes;
/** Services that left the package without an entry of their own for all of their keys. */
const MORE_ROWS = ['mattermost/*\t19.0\t19.0\tignored', 'mattermost_nginx/*\t19.0\t19.0\tignored'];

/** Finds what is known of the removal of a key. */
export interface RemovedKeys {
  /**
   * A key's own entry, or that of a key above it, which took everything below with it, or that of all keys of its root
   * (`grafana[*]`), with the replacement for this very key.
   */
  find(root: string, path: readonly string[]): RemovedKey | undefined;
}

/**
 * The removed keys.
 * @param known tells whether a setting exists: a replacement that follows only from its root's must
 */
export function removedKeys(known: (root: string, path: readonly string[]) => boolean): RemovedKeys {
  const rows = new Map([...removedRows, ...MORE_ROWS].map((row) => [idOf(row), row]));
  const touched = firstKeys(rows.keys());
  const at = (id: string): RemovedKey | undefined => {
    const row = rows.get(id);
    return row === undefined ? undefined : removedKey(row);
  };
  return {
    find(root, path) {
      const [first] = path;
      const keys = touched.get(root);
      // Most keys are still there: they cost two look-ups.
      if (
        keys === undefined ||
        !(keys.has('*') || keys.has('') || (first !== undefined && keys.has(first)))
      ) {
        return undefined;
      }
      const whole = at(`${root}/*`);
      const own = nearest(at, root, path) ?? (whole === undefined ? undefined : { ...whole, path });
      if (own === undefined || own.replacement !== undefined)
        return own === undefined ? undefined : concrete(own, known);
      const { replacement } = concrete({ ...(whole ?? own), path: own.path }, known);
      return replacement === undefined ? own : { ...own, replacement };
    },
  };
}

/** The first keys below each root that have entries; `*` for all of a root, nothing for the root itself. */
function firstKeys(ids: Iterable<string>): ReadonlyMap<string, ReadonlySet<string>> {
  const byRoot = new Map<string, Set<string>>();
  for (const id of ids) {
    const [root = '', first = ''] = id.split('/');
    const keys = byRoot.get(root) ?? new Set();
    byRoot.set(root, keys.add(first));
  }
  return byRoot;
}

function nearest(
  at: (id: string) => RemovedKey | undefined,
  root: string,
  path: readonly string[],
): RemovedKey | undefined {
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const entry = at([root, ...path.slice(0, depth)].join('/'));
    if (entry !== undefined) return entry;
  }
  return undefined;
}

/** `registry['nginx'][*]` becomes `registry['nginx']['listen_port']`, if there is such a setting. */
function concrete(entry: RemovedKey, known: (root: string, path: readonly string[]) => boolean): RemovedKey {
  const { replacement, ...rest } = entry;
  if (replacement === undefined || !replacement.endsWith('[*]')) return entry;
  const [root = '', ...above] = replacement.slice(0, -'[*]'.length).split(/\['|'\]\['|'\]/);
  const target = [...above.filter((name) => name !== ''), ...entry.path];
  if (entry.path.length === 0 || !known(root, target)) return rest;
  return { ...rest, replacement: root + target.map((name) => `['${name}']`).join('') };
}

function idOf(row: string): string {
  const tab = row.indexOf('\t');
  return tab < 0 ? row : row.slice(0, tab);
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
