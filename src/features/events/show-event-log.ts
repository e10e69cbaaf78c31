import * as vscode from 'vscode';
import { registerCommand } from '../common/commands';
import { Disposables } from '../common/disposables';
import type { Disposable } from '../common/disposables';
import type { FeatureContext } from '../common/feature-context';
import { LOG_SCHEME } from './log-scheme';
import { LogTexts } from './log-texts';
import type { LabEvent } from '../labs/lab-store';

/** Show Log Lines: what the service and the node of an event wrote around it, in a read-only editor. */
export function registerShowEventLog(context: FeatureContext): Disposable {
  const disposables = new Disposables();
  const changes = disposables.add(new vscode.EventEmitter<vscode.Uri>());
  const texts = new LogTexts((path) => changes.fire(vscode.Uri.from({ scheme: LOG_SCHEME, path })));
  const provider: vscode.TextDocumentContentProvider = {
    onDidChange: changes.event,
    provideTextDocumentContent: (uri) => texts.get(uri.path) ?? '',
  };
  disposables.add(vscode.workspace.registerTextDocumentContentProvider(LOG_SCHEME, provider));
  const title = vscode.l10n.t('The log was not opened');
  disposables.add(
    registerCommand(context, 'showEventLog', title, async (argument) => {
      if (!isLabEvent(argument)) return;
      const { showEventLog } = await import('./event-log-document');
      await showEventLog(context, texts, argument);
    }),
  );
  return disposables;
}

function isLabEvent(argument: unknown): argument is LabEvent {
  return typeof argument === 'object' && argument !== null && 'lab' in argument && 'event' in argument;
}
