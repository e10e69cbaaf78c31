/** Kinds of names a file defines, in the words of the file. */
export type SymbolKind =
  | 'vrrp_instance'
  | 'vrrp_sync_group'
  | 'vrrp_script'
  | 'vrrp_track_process'
  | 'track_file'
  | 'bfd_instance'
  | 'track_group'
  | 'virtual_server_group'
  | 'definition';

/** What may stand at one place behind a keyword. `label` is how hover and completion show it. */
export type Argument =
  | { readonly kind: 'text'; readonly label: string }
  /** A text of a form; `check/forms.ts` knows which are of it. */
  | { readonly kind: 'form'; readonly label: string; readonly form: TextForm }
  /** A whole number within bounds, both included. */
  | { readonly kind: 'number'; readonly label: string; readonly min: number; readonly max: number }
  /** A number with so many places behind the point at most. */
  | {
      readonly kind: 'decimal';
      readonly label: string;
      readonly min: number;
      readonly max: number;
      readonly places: number;
    }
  | { readonly kind: 'choice'; readonly label: string; readonly values: readonly string[] }
  | {
      readonly kind: 'address';
      readonly label: string;
      readonly family?: 4 | 6;
      /** True where only a multicast group will do. */
      readonly multicast?: boolean;
    }
  | { readonly kind: 'interface'; readonly label: string }
  | { readonly kind: 'script'; readonly label: string }
  | { readonly kind: 'name'; readonly label: string; readonly of: SymbolKind }
  | { readonly kind: 'reference'; readonly label: string; readonly to: SymbolKind };

/** Forms of texts that keepalived looks at when it reads the file. */
export type TextForm =
  | 'hex'
  | 'hex-mask'
  | 'md5'
  | 'status-codes'
  | 'netmask'
  | 'path'
  | 'host'
  | 'umask'
  | 'init-file'
  | 'buffers'
  | 'extra-interfaces'
  | 'extra-interfaces-of-all'
  | 'protocol'
  | 'include-check'
  | 'virtual-mac';

/** What the lines of a block hold that has no keywords. */
export type ValueKind =
  | 'addresses'
  | 'routes'
  | 'rules'
  | 'peers'
  | 'interfaces'
  | 'linkbeat-interfaces'
  | 'delays'
  | 'tracked-interfaces'
  | 'vrrp_script'
  | 'vrrp_track_process'
  | 'track_file'
  | 'bfd_instance'
  | 'vrrp_instance'
  | 'mail'
  | 'servers';

/** One keyword in one kind of block. */
export interface Keyword {
  readonly name: string;
  readonly args: readonly Argument[];
  /** How many of `args` must be there. */
  readonly required: number;
  /** True when more words may follow. */
  readonly rest: boolean;
  /** True when the words that follow are of the kind of the last argument; of any kind otherwise. */
  readonly alike?: boolean;
  /** Kind of the block with keywords that follows. */
  readonly block?: string;
  /** What the lines of the block hold that follows. */
  readonly values?: ValueKind;
  readonly doc: string;
  readonly default?: string;
  /** First branch that knows it, where that is later than 2.2. */
  readonly since?: string;
  /** What to write instead. */
  readonly replacedBy?: string;
  /**
   * Where a release says nothing and goes on without the setting: of an argument that is missing, of such a one below a line that has
   * it, or of a value it does not know.
   */
  readonly silent?: 'missing' | 'again' | 'value';
  /** True when it may stand several times in one block. */
  readonly repeats?: boolean;
}

type Extra = Partial<Omit<Keyword, 'name' | 'doc' | 'args'>>;

/** A keyword; all arguments are required unless `required` says how many are. */
export function keyword(name: string, args: readonly Argument[], doc: string, extra: Extra = {}): Keyword {
  return { name, args, required: args.length, rest: false, doc, ...extra };
}

export const text = (label: string): Argument => ({ kind: 'text', label });
export const number = (min: number, max: number, label = 'NUMBER'): Argument => ({
  kind: 'number',
  label,
  min,
  max,
});
export const decimal = (min: number, max: number, places: number, label = 'SECONDS'): Argument => ({
  kind: 'decimal',
  label,
  min,
  max,
  places,
});
export const choice = (values: readonly string[], label = values.join('|')): Argument => ({
  kind: 'choice',
  label,
  values,
});
export const address = (label = 'ADDRESS', family?: 4 | 6): Argument => ({
  kind: 'address',
  label,
  ...(family === undefined ? {} : { family }),
});
export const multicastGroup = (family?: 4 | 6): Argument => ({
  kind: 'address',
  label: 'GROUP',
  ...(family === undefined ? {} : { family }),
  multicast: true,
});
export const form = (of: TextForm, label: string): Argument => ({ kind: 'form', label, form: of });
export const interfaceName = (label = 'INTERFACE'): Argument => ({ kind: 'interface', label });
export const script = (label = 'COMMAND'): Argument => ({ kind: 'script', label });
export const named = (of: SymbolKind, label = 'NAME'): Argument => ({ kind: 'name', label, of });
export const reference = (to: SymbolKind, label = 'NAME'): Argument => ({ kind: 'reference', label, to });

/** Words keepalived takes for yes and no. */
const FLAG_VALUES: readonly string[] = ['on', 'off', 'true', 'false', 'yes', 'no'];

/** A switch: alone it means yes. */
export function flag(name: string, doc: string, extra: Extra = {}): Keyword {
  return keyword(name, [choice(FLAG_VALUES, 'on|off')], doc, { required: 0, ...extra });
}

/** A keyword without arguments. */
export function alone(name: string, doc: string, extra: Extra = {}): Keyword {
  return keyword(name, [], doc, extra);
}

/** A keyword before a command with its arguments. */
export function command(name: string, doc: string, extra: Extra = {}): Keyword {
  return keyword(name, [script()], doc, { rest: true, ...extra });
}

/** A keyword before a block of lines without keywords. */
export function lines(name: string, values: ValueKind, doc: string, extra: Extra = {}): Keyword {
  return keyword(name, [], doc, { values, ...extra });
}

/** Largest number of 32 bits with a sign. */
export const SIGNED = 2_147_483_647;
/** Largest unsigned number of 32 bits. */
export const UNSIGNED = 4_294_967_295;
/** Longest time in seconds that fits 32 bits of microseconds. */
export const LONGEST_SECONDS = 4_294;
/** Longest time of the checkers' timers, in seconds: 64 bits of microseconds. */
export const TIMER_SECONDS = 18_446_744_073_709;
