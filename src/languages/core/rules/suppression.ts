import type { Span } from './rule';

/** A comment of a file, whatever its language; `text` begins with the comment sign. */
export interface Comment extends Span {
  readonly text: string;
  /** Zero-based line. */
  readonly line: number;
  /** True when nothing but the comment stands on the line: it then speaks of the next line. */
  readonly alone: boolean;
}

/** `# ha-lab: ignore HAP012 reason`, or `ignore-file` for the whole file. */
export interface Suppression {
  readonly id: string;
  /** Where the id stands. */
  readonly span: Span;
  /** Line it speaks of; undefined for the whole file. */
  readonly line: number | undefined;
}

const MARK = /ha-lab:\s*(ignore|ignore-file)\s+([A-Z]{3}\d{3}(?:[ ,]+[A-Z]{3}\d{3})*)/;

/** False for a text without any suppression, whose comments need not be looked at. */
export function mayHoldSuppressions(text: string): boolean {
  return text.includes('ha-lab:');
}

/** All suppressions in a file's comments; several ids may stand in one, divided by commas or spaces. */
export function readSuppressions(comments: Iterable<Comment>): Suppression[] {
  const found: Suppression[] = [];
  for (const comment of comments) {
    const match = MARK.exec(comment.text);
    if (match === null) continue;
    const [whole, kind, ids = ''] = match;
    const idsAt = comment.start + match.index + whole.length - ids.length;
    for (const id of ids.matchAll(/[A-Z]{3}\d{3}/g)) {
      const start = idsAt + id.index;
      const line = kind === 'ignore-file' ? undefined : comment.line + (comment.alone ? 1 : 0);
      found.push({ id: id[0], span: { start, end: start + id[0].length }, line });
    }
  }
  return found;
}
