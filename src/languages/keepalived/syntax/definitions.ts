import type { Word } from './word';

/** A `$NAME=value` line; the value may go on over several lines. */
export interface Definition {
  readonly name: string;
  /** Where the name stands, without the dollar sign. */
  readonly span: { readonly start: number; readonly end: number };
  readonly value: string;
  readonly multiline: boolean;
}

/** Definitions keepalived makes itself. */
export const STANDARD_DEFINITIONS: readonly string[] = ['_PWD', '_INSTANCE', '_RANDOM', '_HASH', '_BANG'];

const DEFINITION = /^\$([A-Za-z_][A-Za-z0-9_]*)=[ \t]*/;

/** Reads the head of a definition line; undefined when the text is none. */
export function definitionHead(text: string): { name: string; valueAt: number } | undefined {
  const match = DEFINITION.exec(text);
  return match === null ? undefined : { name: match[1] ?? '', valueAt: match[0].length };
}

/** Names that the sequence at the begin of the text (`~SEQ(var, …)`, `~LST({a, b}, …)`) gives values. */
export function sequenceHead(text: string): { names: string[]; length: number } | undefined {
  const match = /^~(SEQx?|LST)[ \t]*\(([^)]*)\)/.exec(text);
  if (match === null) return undefined;
  const inside = match[2] ?? '';
  const grouped = /^\s*\{([^}]*)\}/.exec(inside)?.[1];
  const names = (grouped ?? inside.split(',')[0] ?? '').split(',').map((name) => name.trim());
  return { names, length: match[0].length };
}

/** The file an `include` line names; undefined when the line is none. */
export function includeHead(text: string): { valueAt: number } | undefined {
  const match = /^include[rmwba]?[ \t]+/.exec(text);
  return match === null ? undefined : { valueAt: match[0].length };
}

/** True when a word is nothing but a definition: it may stand for whole lines. */
export function isMacro(word: Word | undefined): boolean {
  return word !== undefined && !word.quoted && /^\$(\{\w+[^}]*\}|\w+)$/.test(word.value);
}
