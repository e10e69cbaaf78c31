import { TextDocument } from 'vscode-languageserver-textdocument';
import { CodeActionKind, type CodeAction, type Diagnostic, type TextEdit } from 'vscode-languageserver-types';
import type { Finding, Range } from '../../finding/finding';
import type { Analysis } from '../documents/documents';
import type { ViewReader } from '../documents/file-view';
import { overlaps } from '../documents/places';
import { FIX_ALL_KIND, OPEN_RULE_COMMAND } from '../protocol';
import { compatibleEdits } from './compatible-edits';
import { toDiagnostic, type DiagnosticOptions } from './diagnostics';
import { silenceFile, silenceLine, silences, silencesBetween } from './silence';

/** From this many lines on, a comment is not tried before it is offered: reading the file again takes too long. */
const TRY_UP_TO_LINES = 5000;

/** Nobody chooses among more: an editor asks for the whole file when all of it is selected. */
const MOST_AT_A_PLACE = 100;

export interface CodeActionRequest {
  readonly range: Range;
  /** Kinds the client wants; all when absent. */
  readonly only?: readonly string[] | undefined;
  /** True when the client can open a rule's page by command. */
  readonly opensRules: boolean;
  readonly diagnostics: DiagnosticOptions;
  /** What stands between this file and others. */
  readonly between: readonly Finding[];
  /** Reads the file's language, to try an edit before it is offered. */
  readonly read: ViewReader;
}

/** Everything one may do about the findings at a place, the sure fix first. */
export function codeActions(analysis: Analysis, request: CodeActionRequest): CodeAction[] {
  const findings = analysis.findings();
  const here = findings.filter((finding) => overlaps(finding.range, request.range)).slice(0, MOST_AT_A_PLACE);
  const actions: CodeAction[] = [];
  if (wants(request, CodeActionKind.QuickFix)) {
    const first = new Set(firstOfEach(here.filter(({ fix }) => fix !== undefined)));
    for (const finding of here) {
      actions.push(...oneFix(analysis, finding, request));
      if (first.has(finding)) actions.push(...fixesOfRule(analysis, finding, findings, request));
    }
    for (const finding of firstOfEach(here)) actions.push(...silencing(analysis, finding, findings, request));
    const between = request.between.filter((finding) => overlaps(finding.range, request.range));
    for (const finding of firstOfEach(between))
      actions.push(...silencing(analysis, finding, findings, request));
    if (request.opensRules) {
      for (const finding of firstOfEach([...here, ...between])) actions.push(openRule(finding, request));
    }
  }
  if (request.only !== undefined && wants(request, FIX_ALL_KIND)) actions.push(...fixAll(analysis, findings));
  return actions;
}

function oneFix(analysis: Analysis, { fix, ...finding }: Finding, request: CodeActionRequest): CodeAction[] {
  if (fix === undefined) return [];
  return [
    {
      title: fix.title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [toDiagnostic(finding, request.diagnostics)],
      isPreferred: true,
      edit: { changes: { [analysis.uri]: [...fix.edits] } },
    },
  ];
}

/** The fixes of a rule's findings in the whole file, where there are several. */
function fixesOfRule(
  analysis: Analysis,
  finding: Finding,
  all: readonly Finding[],
  request: CodeActionRequest,
): CodeAction[] {
  const same = all.filter((other) => other.code === finding.code && other.fix !== undefined);
  if (same.length < 2) return [];
  return [
    {
      title: `Fix all ${finding.code} in this file`,
      kind: CodeActionKind.QuickFix,
      diagnostics: [toDiagnostic(finding, request.diagnostics)],
      edit: { changes: { [analysis.uri]: compatibleEdits(same) } },
    },
  ];
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
    const edited = request.read(TextDocument.applyEdits(document, [edit]), analysis.target, analysis.set);
    return all.includes(finding)
      ? silences(all, edited, finding, analysis.settings.severities)
      : silencesBetween(edited, finding, edit);
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
