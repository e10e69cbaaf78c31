import type { Span } from '../../core/rules/rule';

/** One word as keepalived splits it: at white space, and at double quotes. Offsets are UTF-16 code units. */
export interface Word extends Span {
  /** The text without its quotes. */
  readonly value: string;
  readonly quoted: boolean;
  /** True when a definition (`$NAME`, `${NAME}`) or a place holder stands in it: nobody knows its text here. */
  readonly dynamic: boolean;
  /** True for what a template left in: `{{ name }}`, `${NAME}` without a definition. */
  readonly placeholder: boolean;
}

/** Words up to a brace or the end of the line. */
interface WordsPiece {
  readonly kind: 'words';
  readonly words: readonly Word[];
}

/** A brace outside quotes; keepalived takes it wherever it stands. */
interface BracePiece extends Span {
  readonly kind: 'open' | 'close';
}

export type Piece = WordsPiece | BracePiece;

/** How keepalived reads a line before it looks at its words. */
export type LineKind = 'plain' | 'definition' | 'sequence' | 'include';

export interface Line {
  readonly start: number;
  /** Offset after the last character, without the line end. */
  readonly end: number;
  readonly kind: LineKind;
  readonly pieces: readonly Piece[];
  readonly comment: Span | undefined;
  /** `@name` or `@^name` at its begin: the line counts only on some machines. */
  readonly condition: Span | undefined;
  /** Where a quote begins that is never closed. */
  readonly openQuote: Span | undefined;
  /** The name of a definition, the file of an include. */
  readonly subject: Word | undefined;
}
