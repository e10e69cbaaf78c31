import * as vscode from 'vscode';
import type { OperationControl } from '../../lab/lab-service';
import { commandId } from '../common/feature-context';
import type { FeatureContext } from '../common/feature-context';
import { progressIncrement, progressText } from '../../presentation/progress-text';

export interface Operation<T> {
  readonly lab: string;
  /** Shown before the current step, e.g. "Deploying lab sample". */
  readonly title: string;
  /** False for what runs to its end once it has begun: the notification then has no Cancel. */
  readonly cancellable: boolean;
  run(control: OperationControl): Promise<T>;
}

/**
 * Runs a deploy or destroy with a notification that shows the step and what it waits for and leads to the log; the
 * lab's row shows it too. Rejects with what the operation rejects with.
 */
export async function runOperation<T>(context: FeatureContext, operation: Operation<T>): Promise<T> {
  const { store, log } = context;
  const link = `[${vscode.l10n.t('Show log')}](command:${commandId('openLog')})`;
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: `${operation.title} (${link})`,
    cancellable: operation.cancellable,
  };
  store.setActivity(operation.lab, operation.title);
  log.info(operation.title);
  try {
    return await vscode.window.withProgress(options, async (report, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => {
        report.report({ message: vscode.l10n.t('cancelling') });
        abort.abort();
      });
      let fraction = 0;
      return operation.run({
        signal: abort.signal,
        log: (line) => log.info(line),
        onProgress: (progress) => {
          if (abort.signal.aborted) return;
          const message = progressText(progress, vscode.l10n);
          report.report({ message, increment: progressIncrement(fraction, progress) });
          fraction = Math.max(fraction, progress.fraction);
          store.setActivity(operation.lab, message, progress.step !== 'destroy');
        },
      });
    });
  } finally {
    store.setActivity(operation.lab, undefined);
    await store.refresh();
  }
}
