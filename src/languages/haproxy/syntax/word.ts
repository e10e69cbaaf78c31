/** Stands in a word's value for what an environment variable without a default expands to. */
export const UNKNOWN_TEXT = '\uFFFC';

/** One word of a line, as HAProxy's own parser would split it. Offsets are UTF-16 code units of the file. */
export interface Word {
  /** The text after quotes and escapes; where a variable is expanded, its default or `UNKNOWN_TEXT`. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** True when a variable is expanded in it: the value is known at run time only. */
  readonly dynamic: boolean;
  /** True when a variable without a default is expanded in it. */
  readonly unset: boolean;
  /** True when any part of it stands in quotes. */
  readonly quoted: boolean;
}

export type LexFaultKind =
  'unmatched-quote' | 'unmatched-brace' | 'variable-name' | 'word-expansion' | 'hex-escape' | 'nul';

/** What makes HAProxy refuse a line before it looks at its words. */
export interface LexFault {
  readonly kind: LexFaultKind;
  readonly start: number;
  readonly end: number;
}

/** One physical line; HAProxy knows no continuation, a backslash before the line end is an ordinary character. */
export interface Line {
  /** Zero based. */
  readonly number: number;
  readonly start: number;
  /** Offset after the last character, without the line end. */
  readonly end: number;
  readonly words: readonly Word[];
  /** From the number sign to the end of the line. */
  readonly comment: { readonly start: number; readonly end: number } | undefined;
  readonly fault: LexFault | undefined;
  /** True when `${NAME[*]}` makes the number of words depend on the environment. */
  readonly openEnded: boolean;
}
