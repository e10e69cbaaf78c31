import type { ConfigValue } from '../core/config-value';

/** A text of gitlab.rb that says something. */
export type Text = ConfigValue & { readonly kind: 'string' };

/** The items of a list; none of anything else. */
export function items(value: ConfigValue | undefined): readonly ConfigValue[] {
  return value?.kind === 'array' ? value.items : [];
}

/** What a hash has under a key. */
export function entry(value: ConfigValue, key: string): ConfigValue | undefined {
  return value.kind === 'hash' ? value.entries.get(key)?.value : undefined;
}

/** A text that is known and not empty. */
export function text(value: ConfigValue | undefined): Text | undefined {
  return value?.kind === 'string' && value.value !== '' ? (value as Text) : undefined;
}

/** Names for a message. */
export function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
