import * as vscode from 'vscode';
import type { DeployPreview, Foreseen, WorkspaceFiles } from '../../lab/lab-service';
import { Disposables } from '../common/disposables';
import type { Disposable } from '../common/disposables';
import type { FeatureContext } from '../common/feature-context';

/** Addresses of pages that say what a deployment would do: `gitlab-ha-plan:/sample.diff`. */
const SCHEME = 'gitlab-ha-plan';

/** What a deployment of a lab that runs would do: as a page to read, and as a question before it. */
export class Previews implements Disposable {
  private readonly pages = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly registered = new Disposables();

  constructor(private readonly context: FeatureContext) {
    this.registered.add(
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
        onDidChange: this.changed.event,
        provideTextDocumentContent: ({ path }) => this.pages.get(path),
      }),
    );
    this.registered.add(this.changed);
  }

  /** Looks; changes nothing. @throws LabError as a deployment would */
  async of(lab: string, files: WorkspaceFiles): Promise<DeployPreview> {
    const location = vscode.ProgressLocation.Window;
    const title = vscode.l10n.t('Looking what a deployment of lab {0} would change', lab);
    return vscode.window.withProgress({ location, title }, async () =>
      (await this.context.source.get()).preview(files),
    );
  }

  /** Opens the page beside what is open; one per lab, whose content is always the newest. */
  async show(preview: Foreseen): Promise<void> {
    const path = `/${preview.lab}.diff`;
    const uri = vscode.Uri.from({ scheme: SCHEME, path });
    const { pageOf } = await import('./preview-page');
    this.pages.set(path, pageOf(preview));
    this.changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(await vscode.languages.setTextDocumentLanguage(document, 'diff'), {
      preview: true,
    });
  }

  /** Asks before a lab that runs is changed; shows instead what would be changed when the user wants to see it first. */
  async agreed(preview: Foreseen): Promise<boolean> {
    const deploy = vscode.l10n.t('Deploy');
    const look = vscode.l10n.t('Preview Changes');
    const { summaryOf } = await import('./preview-page');
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t('Change the running lab {0}?', preview.lab),
      { modal: true, detail: summaryOf(preview) },
      deploy,
      look,
    );
    if (answer === look) await this.show(preview);
    return answer === deploy;
  }

  dispose(): void {
    this.registered.dispose();
  }
}
