/** What holds for every text whatever: of the findings, of their fixes, of each answer an editor gets. */
import { deepStrictEqual } from 'node:assert';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { DocumentSymbol, SelectionRange } from 'vscode-languageserver-types';
import type { Finding, Position, Range } from '../../src/finding/finding';
import { offsetAt, positionAt, textLines, type TextLines } from '../../src/finding/text-lines';
import type { Target } from '../../src/languages/core/language/language';
import { applyFixes } from '../../src/languages/core/rules/apply-fixes';
import type { Analysis } from '../../src/server/documents/documents';
import type { FileView, ViewReader } from '../../src/server/documents/file-view';
import { codeActions } from '../../src/server/handlers/code-actions';
import { compatibleEdits } from '../../src/server/handlers/compatible-edits';
import { toDiagnostics } from '../../src/server/handlers/diagnostics';
import { definitions, highlights, references, rename } from '../../src/server/handlers/navigation';
import { DEFAULT_SETTINGS } from '../../src/server/session/settings';

const URI = 'file:///cluster/file';
const DIAGNOSTICS = { uri: URI, rulePage: () => undefined, resolve: (file: string) => file };

/** Thrown when a text shows a fault. */
export class Violation extends Error {
  override readonly name = 'Violation';
}

/** All places of findings lie in the text, and findings say something. @throws Violation */
export function checkFindings(text: string, findings: readonly Finding[]): void {
  const lines = textLines(text);
  for (const { code, range, message, remedy, fix, related } of findings) {
    if (message === '' || remedy === '') throw new Violation(`${code} says nothing`);
    inside(lines, range, code);
    for (const edit of fix?.edits ?? []) inside(lines, edit.range, `fix of ${code}`);
    for (const place of related ?? []) inside(lines, place.range, `place related to ${code}`);
  }
  toDiagnostics(findings, DIAGNOSTICS);
}

/** As many passes as applying all fixes makes; fixes that touch each other may wait for a later one. */
const PASSES = 10;
/** Of equal keys in one hash only the last one counts, so each pass repairs one more line; tests need no longer lists. */
const MOST_EQUAL_LINES = 60;

/** Passes after which a text that still grows does so without end. */
const passesOf = (text: string): number => PASSES + Math.min(text.split('\n').length, MOST_EQUAL_LINES);

/**
 * Each fix applies alone and together with the others, and applying all of them goes nowhere in circles.
 * @throws Violation or what the editor's own way to apply edits throws
 */
export function checkFixes(
  text: string,
  findings: readonly Finding[],
  lint: (text: string) => readonly Finding[],
): void {
  const document = TextDocument.create(URI, 'text', 1, text);
  for (const { code, fix } of findings) {
    if (fix === undefined) continue;
    const fixed = TextDocument.applyEdits(document, [...fix.edits]);
    if (fixed === text) throw new Violation(`the fix of ${code} changes nothing`);
  }
  TextDocument.applyEdits(document, compatibleEdits(findings));
  let current = text;
  let left = findings;
  const before = new Set<string>();
  const passes = passesOf(text);
  for (let pass = 0; pass < passes; pass += 1) {
    before.add(current);
    const { text: next, applied } = applyFixes(current, left);
    if (applied.length === 0) return;
    const codes = (): string => [...new Set(applied.map(({ code }) => code))].join(', ');
    if (before.has(next)) throw new Violation(`fixes undo each other: ${codes()}`);
    // A fix that adds something and is then asked for again would go on without end.
    if (pass === passes - 1 && next.length > current.length)
      throw new Violation(`fixes still add to the text in the last pass: ${codes()}`);
    current = next;
    left = lint(current);
  }
}

/** The same text gives the same findings. @throws AssertionError */
export function checkSame(findings: readonly Finding[], again: readonly Finding[]): void {
  deepStrictEqual(again, findings);
}

/** Asks everything an editor may ask at a place. @throws Violation when a range lies outside of the text */
export function checkEditor(text: string, read: ViewReader, target: Target, offset: number): void {
  const view = read(text, target);
  const lines = textLines(text);
  const position = positionAt(lines, offset);
  checkPlaces(view, lines, position);
  checkOutline(view, lines, position);
  checkTokens(view, lines);
  const document = TextDocument.create(URI, 'text', 1, text);
  const edits = view.format();
  edits.forEach(({ range }) => inside(lines, range, 'edit of the format'));
  TextDocument.applyEdits(document, edits);
  view.facts();
  checkActions(document, view, read, target);
}

function checkPlaces(view: FileView, lines: TextLines, position: Position): void {
  const hover = view.hover(position)?.range;
  if (hover !== undefined) inside(lines, hover, 'hover');
  for (const { textEdit, label } of view.completion(position)) {
    if (label === '') throw new Violation('an offer without a name');
    if (textEdit !== undefined && 'range' in textEdit) inside(lines, textEdit.range, `offer ${label}`);
  }
  view.signatureHelp(position);
  for (const { range, name } of view.symbolUses()) inside(lines, range, `name ${name}`);
  for (const use of view.symbolUses().slice(0, 3)) {
    view.refuseRename(use, 'a new name');
    const { start } = use.range;
    definitions(view, URI, start);
    references(view, URI, start, true);
    highlights(view, start);
    rename(view, URI, start, 'other');
  }
  for (const { range } of view.documentLinks()) inside(lines, range, 'link');
  for (const { range } of view.codeLenses()) inside(lines, range, 'lens');
  const whole = { start: { line: 0, character: 0 }, end: positionAt(lines, lines.text.length) };
  for (const hint of view.inlayHints(whole)) {
    inside(lines, { start: hint.position, end: hint.position }, 'inlay hint');
  }
}

function checkOutline(view: FileView, lines: TextLines, position: Position): void {
  const pending: DocumentSymbol[] = view.documentSymbols();
  for (let symbol = pending.pop(); symbol !== undefined; symbol = pending.pop()) {
    const { name, range, selectionRange, children } = symbol;
    // Editors refuse a whole outline for one of these.
    if (name.trim() === '') throw new Violation('a symbol without a name');
    inside(lines, range, `symbol ${name}`);
    contains(lines, range, selectionRange, `symbol ${name}`);
    pending.push(...(children ?? []));
  }
  for (const { startLine, endLine } of view.foldingRanges()) {
    if (startLine < 0 || endLine < startLine || endLine >= lines.starts.length)
      throw new Violation(`folds lines ${startLine} to ${endLine} of ${lines.starts.length}`);
  }
  let selection: SelectionRange | undefined = view.selectionRange(position);
  inside(lines, selection.range, 'selection');
  while (selection?.parent !== undefined) {
    contains(lines, selection.parent.range, selection.range, 'selection');
    inside(lines, selection.parent.range, 'selection');
    selection = selection.parent;
  }
}

function checkTokens(view: FileView, lines: TextLines): void {
  let last = 0;
  for (const { range, type } of view.semanticTokens()) {
    inside(lines, range, `token ${type}`);
    const start = offsetAt(lines, range.start);
    if (start < last) throw new Violation(`token ${type} at ${start} begins before the end of the last one`);
    if (range.start.line !== range.end.line) throw new Violation(`token ${type} at ${start} spans lines`);
    last = offsetAt(lines, range.end);
  }
}

/** Every action offered for the first findings applies to the text. */
function checkActions(document: TextDocument, view: FileView, read: ViewReader, target: Target): void {
  const findings = view.findings({});
  const analysis: Analysis = {
    uri: URI,
    document,
    version: 1,
    kind: view.language,
    target,
    settings: DEFAULT_SETTINGS,
    view,
    findings: () => findings,
  };
  const [first] = findings;
  if (first === undefined) return;
  const request = { range: first.range, opensRules: true, diagnostics: DIAGNOSTICS, between: [], read };
  for (const { edit } of codeActions(analysis, request)) {
    const edits = edit?.changes?.[URI];
    if (edits !== undefined) TextDocument.applyEdits(document, edits);
  }
}

function inside(lines: TextLines, { start, end }: Range, of: string): void {
  for (const place of [start, end]) {
    const { line, character } = positionAt(lines, offsetAt(lines, place));
    if (line !== place.line || character !== place.character)
      throw new Violation(`${of}: ${place.line}:${place.character} lies outside of the text`);
  }
  if (offsetAt(lines, end) < offsetAt(lines, start)) throw new Violation(`${of}: ends before it begins`);
}

function contains(lines: TextLines, outer: Range, inner: Range, of: string): void {
  inside(lines, inner, of);
  if (
    offsetAt(lines, inner.start) < offsetAt(lines, outer.start) ||
    offsetAt(lines, inner.end) > offsetAt(lines, outer.end)
  )
    throw new Violation(`${of}: a part reaches beyond the whole`);
}
