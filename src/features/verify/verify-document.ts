import { translate } from '../../words/message';
import { posix } from 'node:path';
import * as vscode from 'vscode';
import { fileKind } from '../../server/documents/file-kind';
import { isRealProgram } from '../../lab/verify/real-program';
import type { ProgramRunner, RealProgram } from '../../lab/verify/real-program';
import { service } from '../../services/registry';
import { readVerdict } from '../../lab/verify/verdict';
import type { Verdict } from '../../lab/verify/verdict';
import { CONFIGURATION, type FeatureContext } from '../common/feature-context';
import { toDiagnostic } from '../common/to-diagnostic';

/** Lets the real program judge the file in the editor, as it is there. @param said gets what it says at the file's lines */
export async function verifyDocument(
  context: FeatureContext,
  said: vscode.DiagnosticCollection,
): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  const program = document === undefined ? undefined : programOf(document);
  if (document === undefined || program === undefined) {
    const text = vscode.l10n.t(
      'Open a haproxy.cfg or keepalived.conf: the program that reads it will judge it.',
    );
    void vscode.window.showInformationMessage(text);
    return;
  }
  if (!vscode.workspace.isTrusted) {
    const text = vscode.l10n.t('Programs run only for files of a trusted workspace.');
    void vscode.window.showWarningMessage(text);
    return;
  }
  const verdict = await judge(context, document, program);
  if (verdict === undefined) return;
  said.set(document.uri, verdict.findings.map(toDiagnostic));
  tell(verdict, posix.basename(document.uri.path));
}

function programOf(document: vscode.TextDocument): RealProgram | undefined {
  const kind = fileKind(document.uri.path, document.languageId, document.getText());
  return isRealProgram(kind) ? kind : undefined;
}

async function judge(
  context: FeatureContext,
  document: vscode.TextDocument,
  program: RealProgram,
): Promise<Verdict | undefined> {
  const text = document.getText();
  const { version } = document;
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Asking {0}', service(program).title),
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (progress, cancellation) => {
    const stop = new AbortController();
    cancellation.onCancellationRequested(() => stop.abort());
    const runner = await runnerFor(context, program, (message) => progress.report({ message }));
    const raw = await runner.judge(program, text, stop.signal);
    // The file went on meanwhile: the lines would no longer be right.
    if (document.version !== version) return undefined;
    return readVerdict(raw, vscode.workspace.asRelativePath(document.uri, false), text);
  });
}

/** The program of this machine when the user named one, else that of the lab's image. */
async function runnerFor(
  context: FeatureContext,
  program: RealProgram,
  onMessage: (message: string) => void,
): Promise<ProgramRunner> {
  const settings = vscode.workspace.getConfiguration(`${CONFIGURATION}.verify`);
  const binary = settings.get<string>(`${program}Path`) ?? '';
  if (binary !== '') {
    const { localPrograms } = await import('../../lab/verify/local-program');
    // The workspace is trusted, and the user has named the program in the settings of this machine.
    return localPrograms({ binaries: { [program]: binary }, allowCode: true });
  }
  const labs = await context.source.get();
  return labs.realPrograms({
    onProgress: ({ message }) => onMessage(translate(message, vscode.l10n)),
    log: (line) => context.log.debug(line),
  });
}

function tell({ program, version, accepted, place, findings }: Verdict, file: string): void {
  const who = `${service(program).title} ${version ?? ''}`.trim();
  if (accepted) {
    const text = vscode.l10n.t('{0} ({1}) accepts {2}.', who, translate(place, vscode.l10n), file);
    void vscode.window.showInformationMessage(text);
    return;
  }
  const onlyMachine = findings.every(({ severity }) => severity === 'information');
  const text = onlyMachine
    ? vscode.l10n.t(
        '{0} ({1}) misses what is only on the real machine; see Problems.',
        who,
        translate(place, vscode.l10n),
      )
    : vscode.l10n.t('{0} ({1}) refuses {2}; see Problems.', who, translate(place, vscode.l10n), file);
  void vscode.window.showWarningMessage(text);
}
