import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding, TextEdit } from '../../finding/finding';
import type { Severities } from '../../languages/core/language/language';
import type { CommentPlaces, FileView } from '../documents/file-view';

/** What is written behind the id until the user says why. */
const REASON = 'reason';

const SUPPRESSION = /^[ \t]*#.*ha-lab:[ \t]*ignore[ \t]+[A-Z]{3}\d{3}(?:[ ,]+[A-Z]{3}\d{3})*/;

/** Ways to silence a finding on its line, the preferred first; which of them works, the caller tries. */
export function silenceLine(
  document: TextDocument,
  places: CommentPlaces,
  finding: Finding,
): readonly TextEdit[] {
  const { line } = finding.range.start;
  const above = line > places.firstLine ? lineText(document, line - 1) : '';
  const comment = SUPPRESSION.exec(above);
  if (comment !== null) {
    const at = { line: line - 1, character: comment[0].length };
    return [{ range: { start: at, end: at }, newText: `, ${finding.code}` }];
  }
  const text = lineText(document, line);
  const end = { line, character: text.length };
  const sign = text.includes('# ha-lab: ignore ')
    ? undefined
    : `  # ha-lab: ignore ${finding.code} ${REASON}`;
  const behind: TextEdit[] = sign === undefined ? [] : [{ range: { start: end, end }, newText: sign }];
  if (!places.lineAbove(line)) return behind;
  const indent = /^[ \t]*/.exec(text)?.[0] ?? '';
  const start = { line, character: 0 };
  const newText = `${indent}# ha-lab: ignore ${finding.code} ${REASON}\n`;
  return [{ range: { start, end: start }, newText }, ...behind];
}

/** A comment at the top that silences a rule in the whole file. */
export function silenceFile(document: TextDocument, places: CommentPlaces, code: string): TextEdit {
  const first = lineText(document, places.firstLine);
  // Ruby and shells read these only on the first line.
  const line = /^#!|^#.*coding[:=]/.test(first) ? places.firstLine + 1 : places.firstLine;
  const indent = /^[ \t]*/.exec(first)?.[0] ?? '';
  const start = { line, character: 0 };
  return { range: { start, end: start }, newText: `${indent}# ha-lab: ignore-file ${code} ${REASON}\n` };
}

/** True when the findings of an edited file are those before, without the one that was to be silenced. */
export function silences(
  before: readonly Finding[],
  after: FileView,
  silenced: Finding,
  severities: Severities,
): boolean {
  const left = after.findings(severities);
  const count = (list: readonly Finding[], code: string): number =>
    list.filter((finding) => finding.code === code).length;
  return left.length < before.length && count(left, silenced.code) < count(before, silenced.code);
}

/**
 * True when a comment of the edited file silences a finding between files, which the file alone does not show.
 * @param edit what puts the comment there: a line of its own moves the finding down
 */
export function silencesBetween(after: FileView, { code, range }: Finding, edit: TextEdit): boolean {
  const facts = after.facts();
  if (facts === undefined || facts.kind === 'unread') return false;
  const moved = edit.newText.endsWith('\n') && edit.range.start.line <= range.start.line ? 1 : 0;
  return facts.suppressions.some(
    ({ id, line }) => id === code && (line === undefined || line === range.start.line + moved),
  );
}

function lineText(document: TextDocument, line: number): string {
  return document
    .getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } })
    .replace(/[\r\n]+$/, '');
}
