import * as vscode from 'vscode';
import { registerCommand } from '../common/commands';
import { Disposables } from '../common/disposables';
import type { Disposable } from '../common/disposables';
import type { FeatureContext } from '../common/feature-context';
import { fixAllInEditor } from './fix-all';
import { documentSelector, needsServer, type FileFilter } from './our-files';
import { registerRulePages } from './rule-pages';
import { ServerProcess } from './server-process';

/**
 * Checks gitlab.rb, HAProxy and Keepalived files while they are edited. The language server starts with the first such
 * file; until then this costs a look at the names of the documents that are opened.
 */
export function registerLint(context: FeatureContext): Disposable {
  const registered = new Disposables();
  const selector = documentSelector(vscode.workspace.workspaceFolders ?? []);
  const server = registered.add(new ServerProcess(context, selector));
  registered.add(registerRulePages(context));
  registered.add(startWithFirstFile(server, selector));
  const notRestarted = vscode.l10n.t('The language server was not restarted');
  registered.add(registerCommand(context, 'restartLanguageServer', notRestarted, () => server.restart()));
  const notShown = vscode.l10n.t('The log was not opened');
  registered.add(registerCommand(context, 'showLanguageServerLog', notShown, () => server.showLog()));
  const notFixed = vscode.l10n.t('The file was not fixed');
  registered.add(registerCommand(context, 'fixAll', notFixed, fixAllInEditor));
  return registered;
}

function startWithFirstFile(server: ServerProcess, selector: FileFilter[]): Disposable {
  const listeners = new Disposables();
  const look = (document: vscode.TextDocument): void => {
    if (!needsServer(document, vscode.languages.match(selector, document) > 0)) return;
    listeners.dispose();
    server.start();
  };
  listeners.add(vscode.workspace.onDidOpenTextDocument(look));
  // GITLAB_OMNIBUS_CONFIG may be typed into a compose file that was opened without.
  listeners.add(vscode.workspace.onDidChangeTextDocument(({ document }) => look(document)));
  for (const document of vscode.workspace.textDocuments) look(document);
  return listeners;
}
