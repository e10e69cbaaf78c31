import type { TextEdit } from '../../../../finding/finding';
import type { HaproxySubject } from '../../subject';
import { sectionSpan, type HaproxyDocument } from '../../syntax/document';
import { MOST_KEPT_WORDS } from '../../syntax/tokenizer';
import type { Line } from '../../syntax/word';

const INDENT = '    ';

/**
 * Edits that give the file HAProxy's usual form: sections at the margin, their lines indented by four spaces, no
 * blanks at line ends. Words, quotes, the space between words, comments and blank lines stay as they are.
 */
export function format({ document }: HaproxySubject): TextEdit[] {
  const edits: TextEdit[] = [];
  const { lines, text } = document;
  const indents = indentation(document);
  for (const line of lines) {
    const start = line.number === 0 && text.startsWith('\uFEFF') ? 1 : line.start;
    const end = contentEnd(text, line);
    const content = contentStart(text, start, end);
    const wanted = content === end ? '' : (indents[line.number] ?? '');
    if (text.slice(start, content) !== wanted) edits.push(edit(document, start, content, wanted));
    const trimmed = trimmedEnd(text, line, content, end);
    if (trimmed < end && content < end) edits.push(edit(document, trimmed, end, ''));
  }
  return edits;
}

function edit(document: HaproxyDocument, start: number, end: number, newText: string): TextEdit {
  return { range: document.range({ start, end }), newText };
}

/** End of a line without its carriage return. */
function contentEnd(text: string, { start, end }: Line): number {
  return end > start && text.charAt(end - 1) === '\r' ? end - 1 : end;
}

function isBlank(char: string): boolean {
  return char === ' ' || char === '\t';
}

function contentStart(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isBlank(text.charAt(at))) at += 1;
  return at;
}

/** Blanks at the end mean nothing, unless a word may end with an escaped one or the line cannot be read. */
function trimmedEnd(text: string, line: Line, content: number, end: number): number {
  if (line.fault !== undefined || line.words.length >= MOST_KEPT_WORDS) return end;
  const least = Math.max(content, line.comment === undefined ? (line.words.at(-1)?.end ?? content) : content);
  let at = end;
  while (at > least && isBlank(text.charAt(at - 1))) at -= 1;
  return at;
}

/** Indentation of each line; comments stand like the line they speak of, the next one. */
function indentation({ lines }: HaproxyDocument): readonly string[] {
  const indents: string[] = [];
  let inSection = false;
  for (const line of lines) {
    const kind = lineKind(line);
    if (kind === 'section') inSection = true;
    indents.push(kind === 'statement' && inSection ? INDENT : '');
  }
  return withComments(lines, indents);
}

/** Conditional blocks stand at the margin, as they may hold whole sections. */
function lineKind({ words }: Line): 'empty' | 'section' | 'directive' | 'statement' {
  const [first] = words;
  if (first === undefined) return 'empty';
  if (first.value.startsWith('.') && !first.quoted) return 'directive';
  return sectionSpan(first.value) === undefined ? 'statement' : 'section';
}

/** A comment belongs to the line right below it; before a blank line it keeps to the line above. */
function withComments(lines: readonly Line[], indents: readonly string[]): readonly string[] {
  const result = [...indents];
  let below: string | undefined;
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    const line = lines[at];
    if (line === undefined) continue;
    if (line.words.length > 0) below = indents[at] ?? '';
    else if (line.comment === undefined) below = undefined;
    else result[at] = below ?? indentAbove(lines, indents, at);
  }
  return result;
}

function indentAbove(lines: readonly Line[], indents: readonly string[], from: number): string {
  for (let at = from - 1; at >= 0; at -= 1) {
    const line = lines[at];
    if (line === undefined || line.words.length > 0) {
      return line !== undefined && lineKind(line) === 'statement' ? (indents[at] ?? '') : '';
    }
    if (line.comment === undefined) return '';
  }
  return '';
}
