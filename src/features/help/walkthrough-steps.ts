import * as vscode from 'vscode';
import { NO_STEPS, seeLabs } from '../../presentation/walkthrough-steps';
import type { Step } from '../../presentation/walkthrough-steps';
import type { Disposable } from '../common/disposables';
import type { LabStore } from '../labs/lab-store';

/** Ticks a step: what it asks for has really been done, not only begun. */
export async function markDone(step: Step): Promise<void> {
  await vscode.commands.executeCommand('setContext', `gitlabHaLab.done.${step}`, true);
}

const OPENED = 'gitlabHaLab.walkthroughOpened';
/** Milliseconds in which VS Code has read the walkthroughs after the first page of that kind was opened. */
const READ_MS = 1_000;

/**
 * Has steps ticked that were done before anybody looked at the walkthrough. VS Code reads walkthroughs when it first shows
 * one, and never ticks what was true already then: so a second condition becomes true for a moment afterwards.
 */
export function followOpening(): Disposable {
  const timers = new Set<NodeJS.Timeout>();
  const tell = (opened: boolean, afterMs: number): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      void vscode.commands.executeCommand('setContext', OPENED, opened);
    }, afterMs);
    timers.add(timer);
  };
  const listening = vscode.window.tabGroups.onDidChangeTabs(({ opened }) => {
    // Pages of VS Code's own are tabs of no kind that extensions know.
    if (!opened.some(({ input }) => input === undefined)) return;
    tell(true, READ_MS);
    tell(false, 2 * READ_MS);
  });
  return {
    dispose() {
      listening.dispose();
      timers.forEach(clearTimeout);
    },
  };
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
