import * as vscode from 'vscode';
import type { LabStore } from '../labs/lab-store';
import type { Disposable } from '../common/disposables';

/** Steps of the walkthrough, as their completion events name them. */
export type Step = 'deploy' | 'explore' | 'terminal' | 'break' | 'destroy';

/** Ticks a step: what it asks for has really been done, not only begun. */
export async function markDone(step: Step): Promise<void> {
  await vscode.commands.executeCommand('setContext', `gitlabHaLab.done.${step}`, true);
}

/** Ticks what shows in the labs themselves: one that is healthy, one that is looked at, one that is gone. */
export function followSteps(store: LabStore): Disposable {
  const done = new Set<Step>();
  const wellOnce = new Set<string>();
  const mark = (step: Step): void => {
    if (done.has(step)) return;
    done.add(step);
    void markDone(step);
  };
  return store.onDidChange(() => {
    if (store.situation.kind !== 'ready') return;
    for (const { info, activity, state } of store.snapshots) {
      if (activity === undefined && state?.health === 'ok') wellOnce.add(info.name);
    }
    if (wellOnce.size > 0) mark('deploy');
    if (wellOnce.size > 0 && store.live) mark('explore');
    const names = new Set(store.snapshots.map(({ info }) => info.name));
    if ([...wellOnce].some((name) => !names.has(name))) mark('destroy');
  });
}
