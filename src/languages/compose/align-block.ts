/** The lines of a block scalar (`|` and `>`) in the source. */
export interface BlockLines {
  /** Offset of the first line below the header. */
  readonly start: number;
  /** Spaces before each line that are YAML's, not the text's. */
  readonly indent: number;
}

/** Where a block scalar's text begins; its header starts at `header`. Undefined when it has no text. */
export function blockLines(
  value: string,
  source: string,
  header: number,
  end: number,
): BlockLines | undefined {
  const lineEnd = source.indexOf('\n', header);
  if (lineEnd === -1 || lineEnd >= end) return undefined;
  const start = lineEnd + 1;
  const written = firstLine(source.slice(start, end));
  const read = firstLine(value);
  // A folded line may go on below; what counts is where its first word stands in both.
  if (written === undefined || read === undefined) return undefined;
  const indent = spaces(written) - spaces(read);
  return indent < 0 ? undefined : { start, indent };
}

function firstLine(text: string): string | undefined {
  return text.split('\n').find((line) => line.trim() !== '');
}

function spaces(line: string): number {
  return line.length - line.trimStart().length;
}

/**
 * Finds each character of a literal block's value. @returns the offsets, and the end's; undefined when they do not
 * agree
 */
export function alignLiteral(
  value: string,
  source: string,
  { start, indent }: BlockLines,
  end: number,
): number[] | undefined {
  const offsets: number[] = [];
  let at = start;
  const lines = value.split('\n');
  for (const [number, line] of lines.entries()) {
    const last = number === lines.length - 1;
    if (last && line === '') break;
    let spaces = 0;
    while (spaces < indent && source[at] === ' ') {
      spaces += 1;
      at += 1;
    }
    if (source.slice(at, at + line.length) !== line) return undefined;
    for (let index = 0; index < line.length; index += 1) offsets.push(at + index);
    at += line.length;
    if (last) break;
    // The line's end: what follows it belongs to the next line.
    offsets.push(at);
    if (source[at] === '\r') at += 1;
    if (source[at] === '\n') at += 1;
    else if (at < end && at < source.length) return undefined;
  }
  offsets.push(at);
  return offsets;
}
