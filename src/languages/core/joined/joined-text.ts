import type { Position, Range } from '../../../finding/finding';
import { lastAtMost, offsetAt, textLines, type TextLines } from '../../../finding/text-lines';
import type { Span } from '../rules/rule';

/** One file of a configuration that is written in several. */
export interface PartFile {
  /** What tells it from the others, such as its address. */
  readonly id: string;
  /** As findings name it. */
  readonly path: string;
  readonly text: string;
}

/** Whole lines of one file, one after the other in the joined text. */
export interface Piece {
  /** Which file, by its place in the list. */
  readonly file: number;
  /** First line of the piece in its file, and how many there are. */
  readonly from: number;
  readonly lines: number;
}

interface PlacedPiece extends Piece {
  /** Its first line in the joined text. */
  readonly at: number;
  readonly span: Span;
}

/**
 * Several files as the one text the program reads. Files are taken in whole lines, so that only the number of a line
 * differs between a place here and a place there. Lines are those of editors.
 */
export class JoinedText {
  readonly text: string;
  private readonly pieces: readonly PlacedPiece[];
  private readonly starts: readonly number[];

  private constructor(
    readonly files: readonly PartFile[],
    pieces: readonly Piece[],
    lines: readonly TextLines[],
  ) {
    const texts: string[] = [];
    const placed: PlacedPiece[] = [];
    let [at, offset] = [0, 0];
    for (const piece of pieces) {
      const source = lines[piece.file];
      if (source === undefined || piece.lines <= 0) continue;
      const start = offsetAt(source, { line: piece.from, character: 0 });
      const end = offsetAt(source, { line: piece.from + piece.lines, character: 0 });
      const text = source.text.slice(start, end);
      const isLast = piece.from + piece.lines >= source.starts.length;
      // Of the last piece of a file the line that is still to be written has a place of its own.
      texts.push(isLast ? `${text}\n` : text);
      placed.push({ ...piece, at, span: { start: offset, end: offset + text.length } });
      at += piece.lines;
      offset += text.length + (isLast ? 1 : 0);
    }
    this.text = texts.join('');
    this.pieces = placed;
    this.starts = placed.map((piece) => piece.at);
  }

  /** Whole files, one behind the other. */
  static ofWhole(files: readonly PartFile[]): JoinedText {
    const lines = files.map(({ text }) => textLines(text));
    const pieces = lines.map(({ starts }, file) => ({ file, from: 0, lines: starts.length }));
    return new JoinedText(files, pieces, lines);
  }

  /** Pieces in the order in which the program reads them. */
  static ofPieces(files: readonly PartFile[], pieces: readonly Piece[]): JoinedText {
    return new JoinedText(
      files,
      pieces,
      files.map(({ text }) => textLines(text)),
    );
  }

  /** Where each piece stands in the joined text; without the line end it was given. */
  get spans(): readonly Span[] {
    return this.pieces.map(({ span }) => span);
  }

  /** The file a line of the joined text is of, by its place in the list. */
  fileOf(line: number): number {
    return this.pieceAt(line)?.file ?? 0;
  }

  /** A place of a file in the joined text; undefined where the program does not read that line. */
  toJoined(file: number, { line, character }: Position): Position | undefined {
    const piece = this.pieces.find(
      (one) => one.file === file && line >= one.from && line < one.from + one.lines,
    );
    return piece === undefined ? undefined : { line: line - piece.from + piece.at, character };
  }

  /** Begin of a file's last line in the joined text. */
  lastLine(file: number): Position | undefined {
    const piece = this.pieces.findLast((one) => one.file === file);
    return piece === undefined ? undefined : { line: piece.at + piece.lines - 1, character: 0 };
  }

  /** A place of the joined text in its file. */
  toFile({ line, character }: Position): { readonly file: number; readonly position: Position } {
    const piece = this.pieceAt(line);
    if (piece === undefined) return { file: 0, position: { line: 0, character: 0 } };
    return { file: piece.file, position: { line: line - piece.at + piece.from, character } };
  }

  /** A stretch in its file; its end stays in the file it begins in. */
  rangeInFile({ start, end }: Range): { readonly file: number; readonly range: Range } {
    const from = this.toFile(start);
    const piece = this.pieceAt(start.line);
    // What ends where the next piece begins ends at the begin of the line behind this one.
    const to =
      piece !== undefined && end.line >= piece.at + piece.lines
        ? { line: piece.from + piece.lines, character: 0 }
        : this.toFile(end).position;
    return { file: from.file, range: { start: from.position, end: to } };
  }

  private pieceAt(line: number): PlacedPiece | undefined {
    return this.pieces.length === 0 ? undefined : this.pieces[lastAtMost(this.starts, line)];
  }
}
