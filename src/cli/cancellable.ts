import { LabError } from '../lab/lab-error';
import type { OperationControl } from '../lab/lab-service';
import type { CliContext } from './context';
import { createProgressView } from './progress-view';

/**
 * Runs an operation with progress; the first Ctrl-C asks it to stop and clean up, the second ends the program at
 * once (by the composition root, as this listener is gone by then).
 */
export async function cancellable<T>(
  context: CliContext,
  options: { readonly verbose: boolean; readonly cancelling: string },
  operation: (control: OperationControl) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  const view = createProgressView(context, options);
  const interrupt = context.onInterrupt(() => {
    interrupt.dispose();
    view.note(context.l10n.t('{0} (Ctrl-C again ends at once)', options.cancelling));
    abort.abort();
  });
  try {
    const result = await operation({ ...view.control, signal: abort.signal });
    view.end(true);
    return result;
  } catch (error) {
    // What is wrong with the workspace, or that there is no such lab, no line of the log explains any better.
    const known = error instanceof LabError && ['bad-workspace', 'no-lab'].includes(error.code);
    view.end(false, { log: !known });
    throw error;
  } finally {
    interrupt.dispose();
  }
}
