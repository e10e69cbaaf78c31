/** Where a snippet of a language makes sense. */
export type SnippetPlace =
  /** Between sections or blocks. */
  | 'top'
  /** A line within a section or block of one of `within`. */
  | 'line';

/** A piece of configuration to start from, with places to fill in. */
export interface Snippet {
  /** What people see. */
  readonly name: string;
  /** What they type. */
  readonly prefix: string;
  readonly description: string;
  /** Lines in TextMate's notation: `$1`, `${1:default}`, `${1|one,other|}`. */
  readonly body: readonly string[];
  readonly place: SnippetPlace;
  /** Kinds of sections or blocks a line belongs to; empty: anywhere. */
  readonly within: readonly string[];
  /** What must stand around it for the whole to be a valid file; tests and checks put it there. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** A snippet as its data file has it. */
export interface SnippetRecord {
  readonly name: string;
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
  readonly within?: readonly string[];
  readonly before?: readonly string[];
  readonly after?: readonly string[];
}

/** Reads records of a data file: one with `within` is a line, the others stand at the top. */
export function toSnippets(records: readonly SnippetRecord[]): readonly Snippet[] {
  return records.map((record) => ({
    ...record,
    place: record.within === undefined ? 'top' : 'line',
    within: record.within ?? [],
    before: record.before ?? [],
    after: record.after ?? [],
  }));
}
