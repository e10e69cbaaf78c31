import { offsetAt } from '../../../../finding/text-lines';
import type { Position } from '../../../../finding/finding';
import type { Span } from '../../../core/rules/rule';
import type { HaproxyDocument, Section } from '../../syntax/document';
import type { Line, Word } from '../../syntax/word';
import { lastHolding } from '../../../core/data/partition-point';

/** Where a position lies: its line, the section around it, the word under or before it. */
export interface Cursor {
  readonly offset: number;
  readonly line: Line;
  /** The section whose lines are around; undefined before the first one. */
  readonly section: Section | undefined;
  /** Kind of that section, `''` for none. */
  readonly kind: string;
  /** Index of the word the position touches, or of the one that would begin here. */
  readonly index: number;
  /** The word the position touches. */
  readonly word: Word | undefined;
  readonly inComment: boolean;
}

/** Finds the line, section and word of a position; positions outside the text count as its end. */
export function cursorAt(document: HaproxyDocument, position: Position): Cursor {
  const offset = offsetAt(document.index, position);
  const line = lineAt(document, offset);
  const section = sectionOf(document, line.number);
  const touched = line.words.findIndex((word) => offset >= word.start && offset <= word.end);
  const index = touched >= 0 ? touched : line.words.filter((word) => word.end < offset).length;
  return {
    offset,
    line,
    section,
    kind: section?.kind ?? '',
    index,
    word: touched < 0 ? undefined : line.words[touched],
    inComment: line.comment !== undefined && offset > line.comment.start,
  };
}

/** The line an offset lies in. */
export function lineAt({ lines }: HaproxyDocument, offset: number): Line {
  const line = lastHolding(lines, ({ start }) => start <= offset) ?? lines[0];
  if (line === undefined) return emptyLine(0, 0);
  // What follows the last line end is a line for editors, though not for HAProxy.
  return offset > line.end ? emptyLine(line.number + 1, offset) : line;
}

function emptyLine(number: number, offset: number): Line {
  return {
    number,
    start: offset,
    end: offset,
    words: [],
    comment: undefined,
    fault: undefined,
    openEnded: false,
  };
}

/** The section a line belongs to: the last one that begins above it or on it. */
export function sectionOf({ sections }: HaproxyDocument, line: number): Section | undefined {
  return lastHolding(sections, ({ header }) => header.line.number <= line);
}

/** What a completion replaces: the word the position touches, or nothing yet. */
export function completedSpan({ word, offset }: Cursor): Span {
  return { start: word?.start ?? offset, end: Math.max(word?.end ?? offset, offset) };
}

/** Kind of the section a line is completed in: on a section's first word that of the section above. */
export function completedKind(document: HaproxyDocument, { index, section, line, kind }: Cursor): string {
  if (index > 0 || section?.header.line !== line) return kind;
  return sectionOf(document, line.number - 1)?.kind ?? '';
}
