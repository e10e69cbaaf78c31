/** Turns the table of removed keys into the rows of data/removed.json. */

export interface RemovedTable {
  readonly removedOrDeprecated: readonly {
    readonly key: string;
    readonly deprecatedSince: string | null;
    readonly removedIn: string | null;
    readonly replacement: string;
    readonly loader193: string;
  }[];
  readonly vanishedFromTemplate: readonly {
    readonly key: string;
    readonly firstTemplate: string;
    readonly lastTemplate: string;
    readonly loader193: string;
  }[];
}

/** What GitLab does with a key, by how the table's sentence begins. */
const BEHAVIOURS: readonly (readonly [RegExp, string])[] = [
  [/^UnknownConfigOption/, 'unknown-root'],
  [/^aborts/, 'aborts'],
  [/^warns.*(copied|copies)/, 'copied'],
  [/^warns.*moved/, 'moved'],
  [/^warns/, 'warns'],
  [/invalid roles/, 'invalid-role'],
  [/^still read;|^still read as/, 'still-read'],
  [/^silently ignored|^deprecation note only|^still rendered/, 'ignored'],
];

/** The last minor version of each major one; the next version begins a new major. */
const LAST_MINOR: Readonly<Record<number, number>> = {
  10: 8,
  11: 11,
  12: 10,
  13: 12,
  14: 10,
  15: 11,
  16: 11,
  17: 11,
  18: 11,
};

/** Rows "root/path\tdeprecated in\tremoved in\tbehaviour\treplacement", sorted by key. */
export function removedRows(table: RemovedTable): string[] {
  const rows = new Map<string, string>();
  for (const { key, lastTemplate, loader193 } of table.vanishedFromTemplate) {
    const path = pathOf(key);
    rows.set(path, [path, '', nextVersion(lastTemplate), behaviour(loader193), ''].join('\t'));
  }
  for (const { key, deprecatedSince, removedIn, replacement, loader193 } of table.removedOrDeprecated) {
    const path = pathOf(key);
    const versions = [version(deprecatedSince), version(removedIn)];
    rows.set(path, [path, ...versions, behaviour(loader193), setting(replacement)].join('\t'));
  }
  return [...rows.values()].map((row) => row.trimEnd()).sort();
}

/** `a['b'][]['c']` as `a/b/[]/c`, `a[*]` as `a/*`; a condition on the value is left out. */
function pathOf(key: string): string {
  const [setting = ''] = key.split(' = ');
  const [root = ''] = /^\w+/.exec(setting) ?? [];
  const rest = [...setting.slice(root.length).matchAll(/\['([^']+)'\]|\[(\*?)\]/g)];
  return [root, ...rest.map(([, name, star]) => name ?? (star === '*' ? '*' : '[]'))].join('/');
}

function version(text: string | null): string {
  return /^\d+\.\d+/.exec(text ?? '')?.[0] ?? '';
}

function nextVersion(text: string): string {
  const [major = 0, minor = 0] = text.split('.').map(Number);
  return minor >= (LAST_MINOR[major] ?? Infinity) ? `${major + 1}.0` : `${major}.${minor + 1}`;
}

function behaviour(sentence: string): string {
  const found = BEHAVIOURS.find(([begins]) => begins.test(sentence));
  if (found === undefined) throw new Error(`Unknown behaviour: ${sentence}`);
  return found[1];
}

/** Only a plain setting is a replacement; everything that needs words is written by hand beside the data. */
function setting(text: string): string {
  const named = /^Use (\w+(?:\['[^']+'\])+) instead\.?$/.exec(text)?.[1];
  const plain = named ?? text.replace(/ \((array|19\.3)[^)]*.*\)$/, '');
  return /^\w+(?:\['[^']+'\]|\[\])*(\[\*\])?$/.test(plain) && plain !== '' ? plain : '';
}
