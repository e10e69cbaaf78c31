import type { Range } from '../../../cluster/finding';
import { positionAt, textLines, type TextLines } from '../../../cluster/text-lines';
import type { Span } from '../../rules/rule';
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
  readonly treeFaults: readonly TreeFault[];
  /** True when other files belong to it: what it does not define may stand there. */
  readonly includes: boolean;
  range(span: Span): Range;
}

/** Reads a configuration: lines, words, blocks. Never throws. */
export function parseKeepalived(text: string): KeepalivedDocument {
  const { lines, definitions } = tokenize(text);
  const { root, faults } = buildTree(lines);
  const index = textLines(text);
  return {
    text,
    index,
    lines,
    definitions,
    root,
    treeFaults: faults,
    includes: lines.some((line) => line.kind === 'include'),
    range: ({ start, end }) => ({ start: positionAt(index, start), end: positionAt(index, end) }),
  };
}

/** Every statement of a block and of the blocks in it, in the order of the file. The tables bound the depth. */
export function* statementsOf(block: Block): Generator<Statement> {
  for (const statement of block.statements) {
    yield statement;
    if (statement.block !== undefined) yield* statementsOf(statement.block);
  }
}

/** Every block within a block, itself first. */
export function* blocksOf(block: Block): Generator<Block> {
  yield block;
  for (const { block: inner } of block.statements) if (inner !== undefined) yield* blocksOf(inner);
}

/** A keyword with its arguments. */
export function statementSpan({ keyword, args }: Statement): Span {
  return { start: keyword.start, end: (args.at(-1) ?? keyword).end };
}
