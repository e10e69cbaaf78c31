import * as vscode from 'vscode';
import { NO_STEPS, seeLabs } from '../../presentation/walkthrough-steps';
import type { Step } from '../../presentation/walkthrough-steps';
import type { Disposable } from '../common/disposables';
import type { LabStore } from '../labs/lab-store';

/** Ticks a step: what it asks for has really been done, not only begun. */
export async function markDone(step: Step): Promise<void> {
  await vscode.commands.executeCommand('setContext', `gitlabHaLab.done.${step}`, true);
}

/** Ticks the steps that show in the labs themselves. */
export function followSteps(store: LabStore): Disposable {
  let seen = NO_STEPS;
  return store.onDidChange(() => {
    if (store.situation.kind !== 'ready') return;
    const before = seen.done;
    seen = seeLabs(seen, store.snapshots, store.live);
    for (const step of seen.done) if (!before.has(step)) void markDone(step);
  });
}
