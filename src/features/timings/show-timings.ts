import * as vscode from 'vscode';
import { registerCommand } from '../common/commands';
import { Disposables } from '../common/disposables';
import type { Disposable } from '../common/disposables';
import type { FeatureContext } from '../common/feature-context';

const SCHEME = 'gitlab-ha-lab';

/** Show Timings: both profiles as a rendered page that is never a file. */
export function registerShowTimings(context: FeatureContext): Disposable {
  const disposables = new Disposables();
  const changed = disposables.add(new vscode.EventEmitter<vscode.Uri>());
  const provider: vscode.TextDocumentContentProvider = {
    onDidChange: changed.event,
    provideTextDocumentContent: async () => {
      const { timingsMarkdown } = await import('../../presentation/timings/timings-markdown');
      const used = new Map(
        context.store.snapshots.map(({ info }) => [info.name, info.cluster.lab.timings] as const),
      );
      return timingsMarkdown(used, vscode.l10n);
    },
  };
  disposables.add(vscode.workspace.registerTextDocumentContentProvider(SCHEME, provider));
  disposables.add(
    registerCommand(context, 'showTimings', vscode.l10n.t('The timings were not shown'), async () => {
      const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${vscode.l10n.t('Timings')}.md` });
      changed.fire(uri);
      await vscode.commands.executeCommand('markdown.showPreview', uri);
    }),
  );
  return disposables;
}
