import { TextDocument } from 'vscode-languageserver-textdocument';
import { CodeActionKind, type CodeAction, type Diagnostic, type TextEdit } from 'vscode-languageserver-types';
import type { Finding, Range } from '../../../cluster/finding';
import type { Analysis } from '../documents';
import type { ViewReader } from '../file-view';
import { comparePositions, overlaps } from '../places';
import { FIX_ALL_KIND, OPEN_RULE_COMMAND } from '../protocol';
import { toDiagnostic, type DiagnosticOptions } from './diagnostics';
import { silenceFile, silenceLine, silences } from './silence';

/** From this many lines on, a comment is not tried before it is offered: reading the file again takes too long. */
const TRY_UP_TO_LINES = 5000;

export interface CodeActionRequest {
  readonly range: Range;
  /** Kinds the client wants; all when absent. */
  readonly only?: readonly string[] | undefined;
  /** True when the client can open a rule's page by command. */
  readonly opensRules: boolean;
  readonly diagnostics: DiagnosticOptions;
  /** Reads the file's language, to try an edit before it is offered. */
  readonly read: ViewReader;
}

/** Everything one may do about the findings at a place, the sure fix first. */
export function codeActions(analysis: Analysis, request: CodeActionRequest): CodeAction[] {
  const findings = analysis.findings();
  const here = findings.filter((finding) => overlaps(finding.range, request.range));
  const actions: CodeAction[] = [];
  if (wants(request, CodeActionKind.QuickFix)) {
    for (const finding of here) actions.push(...fixes(analysis, finding, findings, request));
    for (const finding of firstOfEach(here)) actions.push(...silencing(analysis, finding, findings, request));
    if (request.opensRules) for (const finding of firstOfEach(here)) actions.push(openRule(finding, request));
  }
  if (request.only !== undefined && wants(request, FIX_ALL_KIND)) actions.push(...fixAll(analysis, findings));
  return actions;
}

/** Edits of all fixes that do not stand in each other's way, in the order of the file. */
export function compatibleEdits(findings: readonly Finding[]): TextEdit[] {
  const taken: TextEdit[] = [];
  for (const { fix } of findings) {
    if (fix === undefined) continue;
    const clash = fix.edits.some((edit) => taken.some((other) => collide(edit.range, other.range)));
    if (!clash) taken.push(...fix.edits);
  }
  return taken.sort((a, b) => comparePositions(a.range.start, b.range.start));
}

function fixes(
  analysis: Analysis,
  finding: Finding,
  all: readonly Finding[],
  request: CodeActionRequest,
): CodeAction[] {
  if (finding.fix === undefined) return [];
  const diagnostics = [toDiagnostic(finding, request.diagnostics)];
  const one: CodeAction = {
    title: finding.fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    isPreferred: true,
    edit: { changes: { [analysis.uri]: [...finding.fix.edits] } },
  };
  const same = all.filter((other) => other.code === finding.code && other.fix !== undefined);
  if (same.length < 2) return [one];
  const every: CodeAction = {
    title: `Fix all ${finding.code} in this file`,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    edit: { changes: { [analysis.uri]: compatibleEdits(same) } },
  };
  return [one, every];
}

function fixAll(analysis: Analysis, findings: readonly Finding[]): CodeAction[] {
  const edits = compatibleEdits(findings);
  if (edits.length === 0) return [];
  return [
    { title: 'Fix all HA Lab findings', kind: FIX_ALL_KIND, edit: { changes: { [analysis.uri]: edits } } },
  ];
}

function silencing(
  analysis: Analysis,
  finding: Finding,
  all: readonly Finding[],
  request: CodeActionRequest,
): CodeAction[] {
  const { document, view } = analysis;
  if (view.comments === undefined) return [];
  const diagnostics: Diagnostic[] = [toDiagnostic(finding, request.diagnostics)];
  const action = (title: string, edit: TextEdit): CodeAction => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    edit: { changes: { [analysis.uri]: [edit] } },
  });
  const works = (edit: TextEdit): boolean => {
    if (document.lineCount > TRY_UP_TO_LINES) return true;
    const edited = request.read(TextDocument.applyEdits(document, [edit]), analysis.target);
    return silences(all, edited, finding, analysis.settings.severities);
  };
  const lineEdit = silenceLine(document, view.comments, finding).find(works);
  const fileEdit = silenceFile(document, view.comments, finding.code);
  return [
    ...(lineEdit === undefined ? [] : [action(`Silence ${finding.code} for this line`, lineEdit)]),
    ...(works(fileEdit) ? [action(`Silence ${finding.code} for this file`, fileEdit)] : []),
  ];
}

function openRule(finding: Finding, request: CodeActionRequest): CodeAction {
  const title = `Why? Open the page of ${finding.code}`;
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [toDiagnostic(finding, request.diagnostics)],
    command: { title, command: OPEN_RULE_COMMAND, arguments: [finding.code] },
  };
}

function wants({ only }: CodeActionRequest, kind: string): boolean {
  return only === undefined || only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`));
}

function firstOfEach(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ code }) => !seen.has(code) && seen.add(code));
}

/** Insertions at the same place collide too: which comes first, nobody knows. */
function collide(a: Range, b: Range): boolean {
  if (comparePositions(a.start, b.start) === 0) return true;
  return comparePositions(a.start, b.end) < 0 && comparePositions(b.start, a.end) < 0;
}
