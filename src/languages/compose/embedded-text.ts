import type { Position, Range, TextEdit } from '../../finding/finding';
import { lastAtMost, offsetAt, positionAt, textLines, type TextLines } from '../../finding/text-lines';

/** How an edit of an embedded text is written into the file around it. */
export interface EditStyle {
  /** Put before each further line; undefined where a new line would be no line of the embedded text. */
  readonly indent: string | undefined;
  /** Texts the file around reads as something else. */
  readonly forbidden: RegExp;
}

/** A text inside another one, with the place of each of its characters there. */
export class EmbeddedText {
  private readonly inner: TextLines;

  /**
   * @param text as its own language reads it
   * @param offsets where each character of `text`, and its end, stands in the file; never decreasing
   */
  constructor(
    readonly text: string,
    private readonly offsets: readonly number[],
    private readonly outer: TextLines,
    private readonly style: EditStyle,
  ) {
    this.inner = textLines(text);
  }

  /** True when comments may be added on lines of their own. */
  get hasLines(): boolean {
    return this.style.indent !== undefined;
  }

  contains(position: Position): boolean {
    const offset = offsetAt(this.outer, position);
    return offset >= (this.offsets[0] ?? 0) && offset <= (this.offsets.at(-1) ?? -1);
  }

  toOuter(position: Position): Position {
    const offset = offsetAt(this.inner, position);
    return positionAt(this.outer, this.offsets[offset] ?? this.offsets.at(-1) ?? 0);
  }

  toInner(position: Position): Position {
    return positionAt(this.inner, lastAtMost(this.offsets, offsetAt(this.outer, position)));
  }

  outerRange({ start, end }: Range): Range {
    const [from, to] = [this.toOuter(start), this.toOuter(end)];
    // The end of a line is nearer to what stands on it than the start of the next.
    return { start: from, end: to };
  }

  innerRange({ start, end }: Range): Range {
    return { start: this.toInner(start), end: this.toInner(end) };
  }

  /** The edit in the file; undefined when it cannot be written there. */
  outerEdit({ range, newText }: TextEdit): TextEdit | undefined {
    const { indent, forbidden } = this.style;
    if (forbidden.test(newText)) return undefined;
    // A single dollar sign would be the start of a variable of the compose file.
    const escaped = newText.replaceAll('$', '$$$$');
    if (!escaped.includes('\n')) return { range: this.outerRange(range), newText: escaped };
    if (indent === undefined) return undefined;
    return { range: this.outerRange(range), newText: escaped.replace(/\n/g, `\n${indent}`) };
  }
}
