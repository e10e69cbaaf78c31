import * as vscode from 'vscode';
import { Disposables } from '../common/disposables';
import type { Disposable } from '../common/disposables';
import { commandId } from '../common/feature-context';
import type { LabStore } from '../labs/lab-store';
import { statusText } from '../../presentation/status-text';

/** Shows the lab's state in the status bar. Observes nothing by itself: it shows what the store last knew. */
export function registerStatusBar(store: LabStore): Disposable {
  const disposables = new Disposables();
  const item = disposables.add(vscode.window.createStatusBarItem('lab', vscode.StatusBarAlignment.Left, 40));
  item.name = vscode.l10n.t('HA Lab');
  item.command = commandId('focusTopology');
  let shown = '';
  const update = (): void => {
    const status = statusText(store.snapshots, store.busy, store.live, vscode.l10n);
    const key = JSON.stringify(status ?? null);
    if (key === shown) return;
    shown = key;
    if (!status) return item.hide();
    item.text = status.text;
    item.tooltip = status.tooltip;
    item.accessibilityInformation = { label: status.label };
    item.backgroundColor = status.alarming
      ? new vscode.ThemeColor('statusBarItem.errorBackground')
      : undefined;
    item.show();
  };
  disposables.add(store.onDidChange(update));
  update();
  return disposables;
}
