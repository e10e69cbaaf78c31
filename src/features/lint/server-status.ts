import * as vscode from 'vscode';
import type { Disposable } from '../common/disposables';
import { commandId } from '../common/feature-context';

/** What the language server is doing, as the status of the editor shows it. */
export type ServerState = 'starting' | 'running' | 'failed';

/** The entry among the language status of files the server is for. */
export class ServerStatus implements Disposable {
  private readonly item: vscode.LanguageStatusItem;

  constructor(selector: vscode.DocumentSelector) {
    this.item = vscode.languages.createLanguageStatusItem(commandId('languageServer'), selector);
    this.item.name = vscode.l10n.t('HA Lab language server');
  }

  show(state: ServerState): void {
    const { item } = this;
    item.busy = state === 'starting';
    item.severity =
      state === 'failed' ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
    item.text = stateText(state);
    item.command =
      state === 'failed'
        ? { command: commandId('restartLanguageServer'), title: vscode.l10n.t('Restart') }
        : { command: commandId('showLanguageServerLog'), title: vscode.l10n.t('Open Log') };
  }

  dispose(): void {
    this.item.dispose();
  }
}

function stateText(state: ServerState): string {
  switch (state) {
    case 'starting':
      return vscode.l10n.t('HA Lab: checking starts');
    case 'running':
      return vscode.l10n.t('HA Lab: this file is checked');
    case 'failed':
      return vscode.l10n.t('HA Lab: files are not checked, the language server has ended');
  }
}
