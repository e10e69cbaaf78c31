import * as vscode from 'vscode';
import { Disposables } from '../common/disposables';
import type { Disposable } from '../common/disposables';
import type { LabStore } from './lab-store';

/** Context keys for when-clauses: which welcome text the empty view shows. Set only when they change. */
export function followSituation(store: LabStore): Disposable {
  const disposables = new Disposables();
  let last = '';
  const update = (): void => {
    const { kind } = store.situation;
    const value = kind !== 'ready' ? kind : store.busy.size > 0 ? 'deploying' : 'no-lab';
    if (value === last) return;
    last = value;
    void vscode.commands.executeCommand('setContext', 'gitlabHaLab.situation', value);
  };
  disposables.add(store.onDidChange(update));
  update();
  return disposables;
}
