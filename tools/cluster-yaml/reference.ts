import { CLUSTER_KEYS, type ClusterKey, type ClusterKeyType } from '../../src/cluster/cluster-keys';

const TYPES: Readonly<Record<ClusterKeyType, string>> = {
  text: 'text',
  version: 'text',
  number: 'number',
  boolean: '`true` or `false`',
  names: 'list of node names',
  words: 'list of words',
  mapping: 'mapping',
  list: 'list of mappings',
};

/** The table of keys in docs/cluster-yaml.md, from the table the reader takes its keys from. */
export function keyTable(): string {
  const rows = CLUSTER_KEYS.flatMap((key) => rowsOf(key, ''));
  return ['| Key | Takes | Needed | What it decides |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function rowsOf(key: ClusterKey, above: string): readonly string[] {
  const path = above + key.name;
  const values = key.type === 'boolean' ? [] : (key.values ?? []).map(([value]) => `\`${value}\``);
  const words = values.length > 0 ? values.join(', ') : TYPES[key.type];
  const takes = key.type === 'words' ? `list of ${words}` : words;
  const row = `| \`${path}\` | ${takes} | ${key.required === true ? 'yes' : ''} | ${key.about} |`;
  const keys = key.keys ?? [];
  if (keys.length > 0 && keys.every(({ type }) => type === 'mapping')) return [row, ...alike(keys, path)];
  const below = `${path}${key.type === 'list' ? '[]' : ''}.`;
  return [row, ...keys.flatMap((inner) => rowsOf(inner, below))];
}

/** Mappings that take the same keys: each of them, and what they take once. */
function alike(mappings: readonly ClusterKey[], above: string): readonly string[] {
  const inner = new Map(mappings.flatMap(({ keys = [] }) => keys.map((key) => [key.name, key] as const)));
  return [
    ...mappings.flatMap((mapping) => rowsOf({ ...mapping, keys: [] }, `${above}.`)),
    ...[...inner.values()].flatMap((key) => rowsOf(withOwners(key, mappings), `${above}.….`)),
  ];
}

/** Says of which mappings a key is, where not all take it. */
function withOwners(key: ClusterKey, mappings: readonly ClusterKey[]): ClusterKey {
  const owners = mappings.filter(({ keys = [] }) => keys.some(({ name }) => name === key.name));
  if (owners.length === mappings.length) return key;
  return { ...key, about: `${key.about} Only of ${owners.map(({ name }) => `\`${name}\``).join(', ')}.` };
}
