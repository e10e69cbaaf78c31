import * as vscode from 'vscode';
import type { Finding } from '../../finding/finding';
import type { Disposable } from '../common/disposables';
import { toDiagnostic } from '../common/to-diagnostic';
import { withoutDoubles } from './without-doubles';

/**
 * Shows findings of a deploy in the Problems view until the next deploy, or until their lines are edited. What the
 * language server shows at the same place is not shown twice: the two find the same, and the server follows the typing.
 */
export class DeployDiagnostics implements Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('gitlab-ha-lab');
  private readonly listeners = [
    vscode.workspace.onDidChangeTextDocument((change) => this.dropEdited(change)),
    vscode.languages.onDidChangeDiagnostics(({ uris }) => uris.forEach((uri) => this.dropDoubles(uri))),
  ];

  /** Replaces what is shown. @param root the workspace the findings' paths are relative to */
  show(root: vscode.Uri, findings: readonly Finding[]): void {
    this.collection.clear();
    const files = new Map<string, vscode.Diagnostic[]>();
    for (const finding of findings) {
      const list = files.get(finding.file) ?? [];
      list.push(diagnostic(finding));
      files.set(finding.file, list);
    }
    for (const [file, list] of files) {
      const uri = vscode.Uri.joinPath(root, file);
      this.collection.set(uri, list);
      this.dropDoubles(uri);
    }
  }

  dispose(): void {
    for (const listener of this.listeners) listener.dispose();
    this.collection.dispose();
  }

  private dropDoubles(uri: vscode.Uri): void {
    const own = this.collection.get(uri) ?? [];
    if (own.length === 0) return;
    const kept = withoutDoubles(own, vscode.languages.getDiagnostics(uri));
    if (kept.length !== own.length) this.collection.set(uri, kept);
  }

  private dropEdited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const shown = this.collection.get(document.uri);
    if (!shown || shown.length === 0 || contentChanges.length === 0) return;
    const kept = shown.filter(
      ({ range }) =>
        !contentChanges.some(
          (change) => change.range.start.line <= range.end.line && change.range.end.line >= range.start.line,
        ),
    );
    if (kept.length !== shown.length) this.collection.set(document.uri, kept);
  }
}

/** What the lab does not use is worth knowing where it stands, but is no problem: hints are not listed. */
function diagnostic(finding: Finding): vscode.Diagnostic {
  return toDiagnostic(finding.severity === 'information' ? { ...finding, severity: 'hint' } : finding);
}
