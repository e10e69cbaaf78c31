import type { Position } from '../../../finding/finding';
import { offsetAt } from '../../../finding/text-lines';
import type { ClusterSubject } from '../subject';

/** Where a cursor stands among the keys of the block style. */
export interface Place {
  /** Keys around it, outermost first; items of lists count as nothing. */
  readonly path: readonly string[];
  /** The key before the colon on the line; undefined where there is no colon before the cursor. */
  readonly key: string | undefined;
  /** The word at the cursor, up to the cursor. */
  readonly prefix: string;
}

/** A line as far as its key goes: indentation with the dashes of a list, and the key. */
const KEY = /^([ \t]*(?:- +)*)([A-Za-z_]\w*):(?=\s|$)/;

/** Reads the lines above a cursor; undefined in a comment, and inside brackets, where lines say nothing of the depth. */
export function placeAt({ text, lines }: ClusterSubject, position: Position): Place | undefined {
  const lineOf = (line: number): string =>
    text.slice(lines.starts[line] ?? text.length, lines.starts[line + 1] ?? text.length);
  const before = text.slice(lines.starts[position.line] ?? text.length, offsetAt(lines, position));
  if (/(^|\s)#/.test(before) || /[[{]/.test(before)) return undefined;
  const own = KEY.exec(before);
  const depth = own?.[1]?.length ?? /^[ \t]*(?:- *)*/.exec(before)?.[0].length ?? 0;
  const path: string[] = [];
  let limit = depth;
  for (let line = position.line - 1; line >= 0 && limit > 0; line -= 1) {
    const above = KEY.exec(lineOf(line));
    const indent = above?.[1]?.length ?? Infinity;
    if (above === null || indent >= limit) continue;
    path.unshift(above[2] ?? '');
    limit = indent;
  }
  return { path, key: own?.[2], prefix: /[\w."'-]*$/.exec(before)?.[0] ?? '' };
}
