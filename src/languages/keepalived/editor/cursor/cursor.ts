import type { Position } from '../../../../finding/finding';
import { offsetAt } from '../../../../finding/text-lines';
import type { Span } from '../../../core/rules/rule';
import type { KeepalivedDocument } from '../../syntax/document';
import type { Block, Entry, Statement } from '../../syntax/tree';
import type { Line, Word } from '../../syntax/word';
import { lastHolding, partitionPoint } from '../../../core/data/partition-point';

/** Where the cursor stands, in the terms of the file. */
export interface Cursor {
  readonly offset: number;
  readonly line: Line;
  readonly inComment: boolean;
  /** Words before the brace or line end the cursor stands before. */
  readonly words: readonly Word[];
  /** The word the cursor stands in or behind. */
  readonly word: Word | undefined;
  /** How many words of these stand before it. */
  readonly index: number;
  /** The innermost block around it first, the file last. */
  readonly blocks: readonly Block[];
}

/** Reads the place of a position. */
export function cursorAt(document: KeepalivedDocument, position: Position): Cursor {
  const offset = offsetAt(document.index, position);
  const line = lineAt(document, offset);
  const { words, since } = piecesAt(line, offset);
  const word = words.find(({ start, end }) => start <= offset && offset <= end);
  const index = words.filter(({ end, start }) =>
    word === undefined ? end <= offset : start < word.start,
  ).length;
  const { comment } = line;
  return {
    offset,
    line,
    inComment: comment !== undefined && offset > comment.start,
    words,
    word,
    index,
    blocks: blocksAround(document, Math.max(since, Math.min(offset, words[0]?.start ?? offset))),
  };
}

function lineAt({ lines }: KeepalivedDocument, offset: number): Line {
  const found = lastHolding(lines, ({ start }) => start <= offset) ?? lines[0];
  if (found === undefined) throw new RangeError('a text always has a line');
  return found;
}

/** The words between two braces that the offset stands among, and where the brace before them ends. */
function piecesAt(line: Line, offset: number): { words: readonly Word[]; since: number } {
  let words: readonly Word[] = [];
  let since = line.start;
  for (const piece of line.pieces) {
    if (piece.kind === 'words') {
      if ((piece.words[0]?.start ?? Infinity) > offset) break;
      words = piece.words;
    } else if (piece.start < offset) {
      words = [];
      since = piece.end;
    } else break;
  }
  return { words, since };
}

/** The stretch of a block with its header; one that is never closed reaches to what comes next. */
export function blockSpan(document: KeepalivedDocument, block: Block): Span {
  const { header } = block;
  if (header === undefined) return { start: 0, end: document.text.length };
  if (block.close !== undefined) return { start: header.keyword.start, end: block.close.end };
  const next = statementAfter(header.parent.statements, header.keyword.start);
  const around = header.parent.header === undefined ? undefined : header.parent.close;
  const end = next === undefined ? (around?.start ?? document.text.length) : next.keyword.start;
  return { start: header.keyword.start, end: Math.max(end, header.keyword.end) };
}

/** The first statement that begins behind an offset; statements are in the order of the file. */
function statementAfter(statements: readonly Statement[], offset: number): Statement | undefined {
  return statements[partitionPoint(statements, ({ keyword }) => keyword.start <= offset)];
}

function blocksAround(document: KeepalivedDocument, offset: number): Block[] {
  const around: Block[] = [document.root];
  for (;;) {
    const [inner] = around;
    const next = inner?.statements.find(
      ({ block }) => block !== undefined && holds(document, block, offset),
    )?.block;
    if (next === undefined) return around;
    around.unshift(next);
  }
}

function holds(document: KeepalivedDocument, block: Block, offset: number): boolean {
  const begin = block.open?.end ?? block.header?.line.end ?? 0;
  const end = block.close?.start ?? blockSpan(document, block).end;
  return offset >= begin && offset <= end;
}

/** The statement whose words these are. */
export function statementAt({ blocks, words }: Cursor): Statement | undefined {
  const [first] = words;
  for (const { statements } of blocks) {
    const found = statements.find(({ keyword }) => keyword === first);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The line of a block without keywords whose words these are. */
export function entryAt({ blocks, words }: Cursor): Entry | undefined {
  const [first] = words;
  return blocks[0]?.entries.find((entry) => entry.words[0] === first);
}
