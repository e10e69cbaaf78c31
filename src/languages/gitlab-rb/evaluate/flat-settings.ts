import type { Range } from '../../../finding/finding';
import type { EvaluatedConfig } from './evaluated-config';
import type { RubyValue } from './value';

/** One key as it stands after the whole file was loaded. */
export interface Setting {
  readonly root: string;
  /** Keys after the root; never empty. */
  readonly path: readonly string[];
  /** Where the last key is written. */
  readonly keyRange: Range;
  readonly value: RubyValue;
}

/**
 * Every key of the evaluated file, hashes before what stands in them. Hashes that exist only because they were read
 * are left out: nobody set them.
 */
export function flatSettings({ tree }: EvaluatedConfig): Setting[] {
  const found: Setting[] = [];
  for (const [root, value] of tree) flatten(root, [], value, found);
  return found;
}

function flatten(root: string, path: readonly string[], value: RubyValue, found: Setting[]): void {
  if (value.kind !== 'hash') return;
  for (const entry of value.entries.values()) {
    if (entry.value.kind === 'hash' && entry.value.fromReading === true && entry.value.entries.size === 0)
      continue;
    const below = [...path, entry.key];
    found.push({ root, path: below, keyRange: entry.keyRange, value: entry.value });
    flatten(root, below, entry.value, found);
  }
}
