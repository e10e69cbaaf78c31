import type { Position, Range } from '../../../finding/finding';
import type { Span } from '../rules/rule';
import type { Utf8Index } from './utf8-index';

/**
 * A range of bytes of a text that finds its lines when somebody asks. An evaluated file holds one for nearly every word, and
 * hardly any is ever shown.
 */
export class ByteRange implements Range {
  constructor(
    private readonly index: Utf8Index,
    private readonly startOffset: number,
    private readonly length: number,
  ) {}

  get start(): Position {
    return this.index.positionOfByte(this.startOffset);
  }

  get end(): Position {
    return this.index.positionOfByte(this.startOffset + Math.max(this.length, 0));
  }

  /** The range in UTF-16 code units. */
  get span(): Span {
    const { index, startOffset, length } = this;
    return {
      start: index.utf16Offset(startOffset),
      end: index.utf16Offset(startOffset + Math.max(length, 0)),
    };
  }

  toJSON(): Range {
    return plainRange(this);
  }
}

/** The range without the text, for findings: they are kept, compared and sent. */
export function plainRange({ start, end }: Range): Range {
  return { start, end };
}
