import type { Range } from '../finding/finding';
import type { Timings } from '../cluster/timing';
import type { ConfigValue } from './core/config-value';
import type { KeyRule } from './core/key-rule';
import type { SettingsSection } from './core/settings';
import { SECTIONS, sectionOf } from './settings';
import type { NodeSettings } from './settings';

/** Names to values, nested as the keys of gitlab.rb are. */
export interface NamedSettings {
  [name: string]: unknown;
}

/** Under it stands what gitlab.rb has no key for. */
const WITHOUT_KEY = 'lab';

/**
 * A node's settings by the keys that gitlab.rb has for them, for people: what is written there has this meaning here. Of
 * several keys for one setting the one that wins is named. Pure.
 */
export function namedSettings(settings: NodeSettings): NamedSettings {
  const tree: NamedSettings = {};
  for (const section of SECTIONS) {
    const own = sectionOf(settings, section) as Readonly<Record<string, unknown>>;
    const named = nameSection(tree, section, own, settings.timings);
    for (const [name, value] of Object.entries(own)) {
      if (!named.has(name)) put(tree, [WITHOUT_KEY, section.name, name], value);
    }
  }
  return tree;
}

/** @returns the settings that have got a name */
function nameSection(
  tree: NamedSettings,
  section: SettingsSection,
  own: Readonly<Record<string, unknown>>,
  timings: Timings,
): ReadonlySet<string> {
  const named = new Set<string>();
  const winners = new Map<string, readonly string[]>();
  for (const rule of section.keys) {
    const { shows, setting, path } = rule;
    if (shows !== undefined) {
      const value = shows.value(own, timings);
      if (value !== undefined) put(tree, path, value);
      for (const name of shows.settings) named.add(name);
    } else if (setting !== undefined && isRead(rule, setting, own, timings)) winners.set(setting, path);
  }
  for (const [setting, path] of winners) {
    put(tree, path, own[setting]);
    named.add(setting);
  }
  return named;
}

/** True when the key, written with the setting's value, gives just that: a key may have another unit. */
function isRead(
  rule: KeyRule<object>,
  setting: string,
  own: Readonly<Record<string, unknown>>,
  timings: Timings,
): boolean {
  const value = configValue(own[setting]);
  if (value === undefined) return false;
  const draft: Record<string, unknown> = {};
  const refused = rule.apply(value, draft, { ...timings });
  return refused === undefined && JSON.stringify(draft[setting]) === JSON.stringify(own[setting]);
}

const NOWHERE: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** A value as gitlab.rb would give it; undefined for what is no plain value. */
function configValue(value: unknown): ConfigValue | undefined {
  if (typeof value === 'string') return { kind: 'string', value, range: NOWHERE };
  if (typeof value === 'boolean') return { kind: 'boolean', value, range: NOWHERE };
  if (typeof value === 'number') {
    return { kind: Number.isInteger(value) ? 'integer' : 'float', value, range: NOWHERE };
  }
  if (!Array.isArray(value)) return undefined;
  return { kind: 'array', items: value.flatMap((item) => configValue(item) ?? []), range: NOWHERE };
}

function put(tree: NamedSettings, path: readonly string[], value: unknown): void {
  const [name = '', ...deeper] = path;
  if (deeper.length === 0) {
    tree[name] = value;
    return;
  }
  const below = (tree[name] ??= {});
  put(below as NamedSettings, deeper, value);
}
