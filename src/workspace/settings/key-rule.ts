import type { NodeSettings } from '../../services/settings';
import type { RubyValue } from '../../languages/gitlab-rb/evaluate/value';
import type { Conversion, Converted } from './conversion';

/** Settings while the layers are being laid over each other. */
export type SettingsDraft = {
  -readonly [S in keyof NodeSettings]: { -readonly [K in keyof NodeSettings[S]]: NodeSettings[S][K] };
};

/** What became of a key: nothing (applied), or the part of a conversion that is no value. */
export type Refusal = Exclude<Converted<never>, { readonly value: never }> | undefined;

/** A key of gitlab.rb that the lab uses. */
export interface KeyRule {
  /** Root and keys, e.g. `['patroni', 'ttl']`. */
  readonly path: readonly string[];
  /** Converts and applies; hands back why it could not. */
  apply(value: RubyValue, draft: SettingsDraft): Refusal;
}

/**
 * Declares a used key.
 * @param key root and keys joined by dots
 * @param convert to the setting's type
 * @param set puts the value into the draft
 */
export function key<T>(
  dotted: string,
  convert: Conversion<T>,
  set: (draft: SettingsDraft, value: T) => void,
): KeyRule {
  return {
    path: dotted.split('.'),
    apply(value, draft) {
      const converted = convert(value);
      if (!('value' in converted)) return converted;
      set(draft, converted.value);
      return undefined;
    },
  };
}
