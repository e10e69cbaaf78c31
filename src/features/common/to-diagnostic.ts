import * as vscode from 'vscode';
import type { Finding, Severity } from '../../finding/finding';

/** A finding as the editor shows it, with its remedy below the message. */
export function toDiagnostic(finding: Finding): vscode.Diagnostic {
  const message = finding.remedy === '' ? finding.message : `${finding.message}\n${finding.remedy}`;
  const { start, end } = finding.range;
  const range = new vscode.Range(start.line, start.character, end.line, end.character);
  const result = new vscode.Diagnostic(range, message, severityOf(finding.severity));
  result.code = finding.code;
  result.source = 'HA Lab';
  return result;
}

function severityOf(severity: Severity): vscode.DiagnosticSeverity {
  switch (severity) {
    case 'error':
      return vscode.DiagnosticSeverity.Error;
    case 'warning':
      return vscode.DiagnosticSeverity.Warning;
    case 'information':
      return vscode.DiagnosticSeverity.Information;
    case 'hint':
      return vscode.DiagnosticSeverity.Hint;
  }
}
