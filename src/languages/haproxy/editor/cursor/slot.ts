import type { Place } from '../../check/expressions/uses';
import type { Word } from '../../syntax/word';

/** What may stand at one word of a line. A word may have several. */
export type Slot =
  /** A section's name, a keyword of the section, `no` and `default`. */
  | { readonly kind: 'section' | 'keyword' | 'directive' }
  /** A keyword behind `no` or `default`. */
  | { readonly kind: 'negatable' }
  | { readonly kind: 'option' }
  /** One of these words; `owner` is what they belong to, e.g. `http-check`. */
  | { readonly kind: 'words'; readonly words: readonly string[]; readonly owner: string }
  /** A value of one of the types signatures name. */
  | { readonly kind: 'value'; readonly type: string; readonly label: string; readonly owner: string }
  /** A name that this line defines. */
  | { readonly kind: 'definition'; readonly of: DefinedKind }
  | { readonly kind: 'action'; readonly ruleset: string }
  | { readonly kind: 'parameter'; readonly line: ParameterLine }
  /** `if` or `unless`. */
  | { readonly kind: 'condition' }
  /** A name of an ACL or an opening brace. */
  | { readonly kind: 'term' }
  /** `or`, `||`. */
  | { readonly kind: 'operator' }
  /** A sample expression; in an ACL its keywords may stand too. */
  | { readonly kind: 'expression'; readonly acl: boolean; readonly place: Place | undefined }
  /** A flag of an ACL, a pattern, or the closing brace. */
  | { readonly kind: 'flag' | 'close' }
  | { readonly kind: 'pattern'; readonly subject: Word }
  | { readonly kind: 'converter' };

export type ParameterLine = 'bind' | 'server';

export type DefinedKind =
  'section' | 'acl' | 'server' | 'peer' | 'user' | 'group' | 'table' | 'nameserver' | 'mailer';

/** Slots of a line's words; the last entry is for a word after the last one. */
export type LineSlots = readonly (readonly Slot[])[];
