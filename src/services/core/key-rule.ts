import type { DcsId } from '../../cluster/cluster';
import type { Timings } from '../../cluster/timing';
import type { ConfigValue } from './config-value';
import type { Conversion, Converted } from './conversion';

/** Settings while the layers are being laid over each other. */
export type Draft<T> = { -readonly [K in keyof T]: T[K] };

/** What became of a key: nothing (applied), or the part of a conversion that is no value. */
export type Refusal = Exclude<Converted<never>, { readonly value: never }> | undefined;

/** A key of gitlab.rb that a section of the settings uses. */
export interface KeyRule<T extends object> {
  /** Root and keys, e.g. `['patroni', 'ttl']`. */
  readonly path: readonly string[];
  /** Name of the setting it decides; undefined where it decides several or only a part of one. */
  readonly setting: string | undefined;
  /** The store of the cluster's state it is about: without effect where cluster.yaml chooses another one. */
  readonly dcs?: DcsId;
  /** Converts and applies; hands back why it could not. */
  apply(value: ConfigValue, settings: Draft<T>, timings: Draft<Timings>): Refusal;
  /** How the settings look under this key, where it is not one setting as it is. */
  readonly shows?: Shows<T>;
}

/** The value a key has in settings, for people; undefined when it is not set. */
export interface Shows<T extends object> {
  value(settings: T, timings: Timings): unknown;
  /** Names of the settings that are told by it. */
  readonly settings: readonly string[];
}

/** Timings whose type is this one. */
type TimingOf<V> = { [N in keyof Timings]: Timings[N] extends V ? N : never }[keyof Timings];

/** Declares used keys of one section's settings. */
export interface KeysOf<T extends object> {
  /**
   * A key that is one setting.
   * @param dotted root and keys joined by dots
   * @param convert to the setting's type
   * @param setting its name
   * @param timing the failure-detection timing that the key decides as well, in the same unit
   */
  <K extends keyof T & string>(
    dotted: string,
    convert: Conversion<T[K]>,
    setting: K,
    timing?: TimingOf<T[K]>,
  ): KeyRule<T>;
  /** A key that is put into the settings by a function. */
  <V>(
    dotted: string,
    convert: Conversion<V>,
    set: (settings: Draft<T>, value: V, timings: Draft<Timings>) => void,
    shows?: Shows<T>,
  ): KeyRule<T>;
}

/** The function that declares keys for settings of type T. */
export function keysOf<T extends object>(): KeysOf<T> {
  return (
    dotted: string,
    convert: Conversion<unknown>,
    target: string | ((settings: Draft<T>, value: unknown, timings: Draft<Timings>) => void),
    more?: keyof Timings | Shows<T>,
  ): KeyRule<T> => ({
    path: dotted.split('.'),
    setting: typeof target === 'string' ? target : undefined,
    ...(typeof more === 'object' ? { shows: more } : {}),
    apply(value, settings, timings) {
      const converted = convert(value);
      if (!('value' in converted)) return converted;
      if (typeof target !== 'string') target(settings, converted.value, timings);
      else Object.assign(settings, { [target]: converted.value });
      if (typeof more === 'string') Object.assign(timings, { [more]: converted.value });
      return undefined;
    },
  });
}
