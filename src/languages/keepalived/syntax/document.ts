import type { Range } from '../../../finding/finding';
import { positionAt, textLines, type TextLines } from '../../../finding/text-lines';
import type { Span } from '../../core/rules/rule';
import type { Definition } from './definitions';
import { tokenize } from './tokenizer';
import { buildTree, type Block, type Statement, type TreeFault } from './tree';
import type { Line } from './word';

export interface KeepalivedDocument {
  readonly text: string;
  readonly index: TextLines;
  readonly lines: readonly Line[];
  readonly definitions: readonly Definition[];
  readonly root: Block;
  /** Every block, the file itself first, and every statement, in the order of the file. */
  readonly blocks: readonly Block[];
  readonly statements: readonly Statement[];
  readonly treeFaults: readonly TreeFault[];
  /** Insides of blocks nobody knows the keywords of. */
  readonly unknownBlocks: readonly Span[];
  /** True when other files belong to it that are not here: what it does not define may stand there. */
  readonly includes: boolean;
  range(span: Span): Range;
}

/**
 * Reads a configuration: lines, words, blocks. Never throws. What a very large file has beyond the part that is read
 * counts as another file, as if it were included.
 * @param parts of a text joined of several files, where each piece of them stands: an include line at the end of one
 * is followed by what it includes
 * @param isPart true when other files of the configuration are not here
 */
export function parseKeepalived(
  whole: string,
  parts: readonly Span[] = [],
  isPart = false,
): KeepalivedDocument {
  const { lines, definitions, end } = tokenize(whole);
  const cut = end < whole.length;
  const text = cut ? whole.slice(0, end) : whole;
  const starts = new Set(parts.slice(1).map(({ start }) => start));
  const isOpen = ({ kind, end }: Line): boolean =>
    kind === 'include' && !starts.has(whole.indexOf('\n', end) + 1);
  const opens = lines.filter(isOpen);
  const { root: read, faults, unknown } = buildTree(lines, cut, new Set(opens));
  const root = isPart ? { ...read, incomplete: true } : read;
  const index = textLines(text);
  return {
    text,
    index,
    lines,
    definitions,
    root,
    ...flatten(root),
    treeFaults: faults,
    unknownBlocks: unknown,
    includes: cut || isPart || opens.length > 0,
    range: ({ start, end }) => ({ start: positionAt(index, start), end: positionAt(index, end) }),
  };
}

/** The tables bound the depth. */
function flatten(root: Block): { blocks: Block[]; statements: Statement[] } {
  const blocks: Block[] = [];
  const statements: Statement[] = [];
  const visit = (block: Block): void => {
    blocks.push(block);
    for (const statement of block.statements) {
      statements.push(statement);
      if (statement.block !== undefined) visit(statement.block);
    }
  };
  visit(root);
  return { blocks, statements };
}

/** A keyword with its arguments. */
export function statementSpan({ keyword, args }: Statement): Span {
  return { start: keyword.start, end: (args.at(-1) ?? keyword).end };
}
