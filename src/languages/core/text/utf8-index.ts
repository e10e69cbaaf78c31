import type { Position, Range } from '../../../finding/finding';
import {
  lastAtMost,
  offsetAt,
  positionAt,
  rangeBetween,
  textLines,
  type TextLines,
} from '../../../finding/text-lines';

/**
 * Translates between the byte offsets of a text's UTF-8 form (what a parser in WASM counts) and editor
 * positions (lines and UTF-16 code units). A lone surrogate counts three bytes, as TextEncoder writes it; a
 * byte order mark is a character like any other.
 */
export interface Utf8Index {
  readonly lines: TextLines;
  /** Offset in UTF-16 code units of a byte offset; a byte inside a character means its start. */
  utf16Offset(byteOffset: number): number;
  /** Byte offset of an offset in UTF-16 code units; one inside a surrogate pair means the pair's start. */
  byteOffset(utf16Offset: number): number;
  positionOfByte(byteOffset: number): Position;
  byteOfPosition(position: Position): number;
  /** Range from a byte offset over a number of bytes. */
  rangeOfBytes(byteOffset: number, byteLength: number): Range;
}

/** Characters between two check points of the index: what a look-up walks at most. */
const STRIDE = 256;

/** Builds the index in one pass; look-ups bisect. ASCII texts, the usual case, need no table. */
export function utf8Index(text: string): Utf8Index {
  const lines = textLines(text);
  const table = isAscii(text) ? undefined : checkpoints(text);
  const utf16Offset = (byte: number): number =>
    table === undefined ? clamp(byte, text.length) : toUtf16(text, table, byte);
  const byteOffset = (unit: number): number =>
    table === undefined ? clamp(unit, text.length) : toByte(text, table, unit);
  const positionOfByte = (byte: number): Position => positionAt(lines, utf16Offset(byte));
  return {
    lines,
    utf16Offset,
    byteOffset,
    positionOfByte,
    byteOfPosition: (position) => byteOffset(offsetAt(lines, position)),
    rangeOfBytes: (byte, length) =>
      rangeBetween(lines, utf16Offset(byte), utf16Offset(byte + Math.max(length, 0))),
  };
}

/** Parallel ascending lists: a character's offset in units and in bytes. */
interface Checkpoints {
  readonly units: number[];
  readonly bytes: number[];
}

function checkpoints(text: string): Checkpoints {
  const units = [0];
  const bytes = [0];
  let byte = 0;
  let sinceLast = 0;
  for (let unit = 0; unit < text.length;) {
    const [wide, long] = sizeAt(text, unit);
    unit += wide;
    byte += long;
    sinceLast += 1;
    if (sinceLast === STRIDE) {
      units.push(unit);
      bytes.push(byte);
      sinceLast = 0;
    }
  }
  return { units, bytes };
}

function toUtf16(text: string, table: Checkpoints, wanted: number): number {
  const start = lastAtMost(table.bytes, Math.max(wanted, 0));
  let unit = table.units[start] ?? 0;
  let byte = table.bytes[start] ?? 0;
  while (unit < text.length) {
    const [wide, long] = sizeAt(text, unit);
    if (byte + long > wanted) break;
    unit += wide;
    byte += long;
  }
  return unit;
}

function toByte(text: string, table: Checkpoints, wanted: number): number {
  const start = lastAtMost(table.units, Math.max(wanted, 0));
  let unit = table.units[start] ?? 0;
  let byte = table.bytes[start] ?? 0;
  while (unit < text.length) {
    const [wide, long] = sizeAt(text, unit);
    if (unit + wide > wanted) break;
    unit += wide;
    byte += long;
  }
  return byte;
}

/** UTF-16 code units and UTF-8 bytes of the character at an offset. */
function sizeAt(text: string, unit: number): readonly [number, number] {
  const code = text.codePointAt(unit) ?? 0;
  if (code < 0x80) return [1, 1];
  if (code < 0x800) return [1, 2];
  return code < 0x10000 ? [1, 3] : [2, 4];
}

/** As many bytes as units: the engine writes the text faster than a loop over it would begin to be fast. */
function isAscii(text: string): boolean {
  return new TextEncoder().encode(text).length === text.length;
}

function clamp(offset: number, length: number): number {
  return Math.min(Math.max(offset, 0), length);
}
