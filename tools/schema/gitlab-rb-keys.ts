/** Turns the table of keys into the rows of data/keys.json: "path\ttypes and flags\tdefault\tsample\tsince". */

export interface KeyTable {
  readonly version: string;
  readonly keys: readonly TableKey[];
}

interface TableKey {
  readonly root: string;
  readonly path: readonly string[];
  readonly type: string;
  /** Ruby source; null when nothing is known. In literals of the sample file it repeats the sample. */
  readonly default: string | null;
  readonly templateSample?: string | null;
  readonly ee?: boolean;
}

/** Longer texts would only be cut off where they are shown. */
const LONGEST = 160;

/** Keys whose "default" in the table is only what the sample file shows: the package itself sets nothing. */
const SAMPLE_ONLY = [
  'external_url',
  'registry_external_url',
  'pages_external_url',
  'gitlab_kas_external_url',
  'roles',
  'geo_postgresql/sql_user_password',
  'postgresql/sql_replication_password',
  'gitaly/gitlab_secret',
  'gitlab_rails/gitaly_token',
  'gitlab_rails/service_desk_email_inbox_options',
  'gitlab_rails/gitlab_email_reply_to',
  'gitlab_rails/clickhouse_databases',
  'gitlab_rails/nginx/custom_error_pages',
  'nginx/status',
  'registry/database',
  'redis_exporter/flags',
  'oak/components/openbao',
];

/** Keys below a literal whose default is real although the literal's own default does not show it. */
const REAL = [
  'consul/configuration/',
  'gitlab_rails/databases/',
  'nginx/status/',
  'registry/database/enabled',
  'registry/database/user',
  'registry/database/dbname',
  'registry/database/port',
  'registry/database/sslmode',
];

const LETTERS: Readonly<Record<string, string>> = {
  string: 's',
  integer: 'i',
  float: 'f',
  boolean: 'b',
  array: 'a',
  hash: 'h',
  expression: 's',
};

/** Rows by root, in the order of the table; `since` has the first versions by id. */
export function keyRows(table: KeyTable, since: ReadonlyMap<string, string>): Record<string, string[]> {
  const defaults = new Map(table.keys.map((key) => [idOf(key), key.default]));
  const rows: Record<string, string[]> = {};
  for (const key of table.keys) (rows[key.root] ??= []).push(row(key, defaults, since));
  return rows;
}

function idOf({ root, path }: TableKey): string {
  return [root, ...path].join('/');
}

function row(
  key: TableKey,
  defaults: ReadonlyMap<string, string | null>,
  since: ReadonlyMap<string, string>,
): string {
  const held = isReal(key, defaults) ? source(key.default, defaults) : undefined;
  const shown = source(key.templateSample ?? null, defaults);
  const sample = shown === held || isPart(shown, held) ? undefined : shown;
  const flags = types(key, held, shown) + (key.ee === true ? 'E' : '');
  const version = since.get(idOf(key)) ?? '';
  return [key.path.join('/'), flags, held ?? '', sample ?? '', version].join('\t').trimEnd();
}

/**
 * A key written inside a hash of the sample file is a default only if the hash's own default contains it. Where both
 * differ, the table took the default from the package's attributes.
 */
function isReal(key: TableKey, defaults: ReadonlyMap<string, string | null>): boolean {
  const id = idOf(key);
  if (REAL.some((real) => id === real || (real.endsWith('/') && id.startsWith(real)))) return true;
  if (key.default !== key.templateSample) return true;
  if (SAMPLE_ONLY.some((only) => id === only || id.startsWith(`${only}/`))) return false;
  for (let depth = key.path.length - 1; depth >= 1; depth -= 1) {
    const above = defaults.get([key.root, ...key.path.slice(0, depth)].join('/'));
    if (above === undefined || above === null || /^[A-Z]/.test(above)) continue;
    const inside = `'${key.path.at(-1) ?? ''}' => ${key.default ?? ''}`;
    if (!above.includes(inside)) return false;
  }
  return true;
}

/** `200` where the whole text is `200 * 1024 * 1024`. */
function isPart(sample: string | undefined, held: string | undefined): boolean {
  return sample !== undefined && held !== undefined && held.startsWith(`${sample} *`);
}

/** Ruby source a reader can use; undefined for what is nothing, computed, secret, or was cut off. */
function source(text: string | null, defaults: ReadonlyMap<string, string | null>): string | undefined {
  if (text === null || text === 'nil') return undefined;
  const copied = /^default\['gitlab'\]\['(\w+)'\]\['(\w+)'\]\.dup$/.exec(text);
  if (copied !== null) return source(defaults.get(`${copied[1] ?? ''}/${copied[2] ?? ''}`) ?? null, defaults);
  const plain = text
    .replaceAll("#{node['package']['install-dir']}", '/opt/gitlab')
    .replaceAll("#{node['gitaly']['dir']}", '/var/opt/gitlab/gitaly')
    .replaceAll("@node['fqdn']", "node['fqdn']")
    .replace(/\s+#.*$/, '')
    .replace(/^"([^"#\\']*)"$/, "'$1'")
    .trim();
  const known = /^(['"[{]|-?\d|true$|false$)/.test(plain) && !/^[{[]$/.test(plain);
  const bad = /GENERATED|REDACTED|<secret>|<calculated>|node\.|node\[(?!'fqdn')|[\t\n]/.test(plain);
  return known && !bad && plain.length <= LONGEST ? plain : undefined;
}

/** Every type the default and the sample have; PgBouncer takes its numbers as texts too. */
function types(key: TableKey, held: string | undefined, shown: string | undefined): string {
  const letters = new Set<string>();
  const declared = LETTERS[key.type];
  if (declared !== undefined) letters.add(declared);
  for (const text of [held, shown, key.default, key.templateSample]) {
    const letter = typeOf(text ?? undefined);
    if (letter !== undefined) letters.add(letter);
  }
  if (
    key.root === 'pgbouncer' &&
    (letters.has('i') || letters.has('f') || isNumeric(held) || isNumeric(shown))
  ) {
    letters.add('i').add('s');
  }
  const numeric = isNumeric(held) || isNumeric(shown);
  if (numeric) letters.add('i');
  return [...letters].join('');
}

const isNumeric = (text: string | undefined): boolean => text !== undefined && /^['"]\d+['"]$/.test(text);

function typeOf(text: string | undefined): string | undefined {
  if (text === undefined || text === '' || text === 'nil') return undefined;
  if (/^(true|false)$/.test(text)) return 'b';
  if (/^-?\d+(\s*\*\s*\d+)*$/.test(text)) return 'i';
  if (/^-?\d+\.\d+$/.test(text)) return 'f';
  if (/^['"]/.test(text)) return 's';
  if (text.startsWith('[') && !text.includes('].max')) return 'a';
  return text.startsWith('{') ? 'h' : undefined;
}
