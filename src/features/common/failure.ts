import { translate } from '../../words/message';
import * as vscode from 'vscode';
import { LabError } from '../../lab/lab-error';
import { TransportError } from '../../transport/transport';
import { commandId } from './feature-context';
import { shorten } from '../../presentation/words/shorten';

/** Characters of a reason that a notification has room for; the log has all of it. */
const ROOM = 240;

/** True for an operation that the user ended. */
export function isCancelled(error: unknown): boolean {
  return error instanceof LabError && error.code === 'cancelled';
}

/** What failed, why and what to do, in one line. */
export function failureText(error: unknown): string {
  if (error instanceof LabError) {
    return `${translate(error.said, vscode.l10n)} ${translate(error.advice, vscode.l10n)}`.trim();
  }
  if (error instanceof TransportError) return translate(error.said, vscode.l10n);
  return error instanceof Error ? error.message : String(error);
}

/** Logs an error with its cause and tells the user, with a way to the log. */
export function showFailure(log: vscode.LogOutputChannel, what: string, error: unknown): void {
  log.error(what, error instanceof Error ? error : String(error));
  if (isCancelled(error)) return;
  const openLog = vscode.l10n.t('Open Log');
  const text = `${what}: ${shorten(failureText(error), ROOM)}`;
  void vscode.window.showErrorMessage(text, openLog).then((choice) => {
    if (choice === openLog) void vscode.commands.executeCommand(commandId('openLog'));
  });
}
