import * as vscode from 'vscode';
import type { DeployPreview, WorkspaceFiles } from '../../lab/lab-service';
import { foresightOf } from '../../presentation/foresight/foresight';
import { foresightLines, foresightSummary } from '../../presentation/foresight/foresight-text';
import type { ForesightLine } from '../../presentation/foresight/foresight-text';
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
  async show(preview: DeployPreview): Promise<void> {
    const path = `/${preview.lab}.diff`;
    const uri = vscode.Uri.from({ scheme: SCHEME, path });
    this.pages.set(path, pageOf(preview));
    this.changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(await vscode.languages.setTextDocumentLanguage(document, 'diff'), {
      preview: true,
    });
  }

  /**
   * Asks before a lab that runs is changed. True when there is nothing to ask: nothing changes under its programs, or what
   * would be lost is asked anyway.
   */
  async agreed(preview: DeployPreview): Promise<boolean> {
    if (!preview.runs || preview.losses.length > 0 || preview.effects.length === 0) return true;
    const deploy = vscode.l10n.t('Deploy');
    const look = vscode.l10n.t('Preview Changes');
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t('Change the running lab {0}?', preview.lab),
      { modal: true, detail: foresightSummary(foresightOf(preview), vscode.l10n).join('\n') },
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

/** A text in the form of a diff: what is no line of a file is a comment, or names a file. */
function pageOf(preview: DeployPreview): string {
  const { lab, operations, losses } = preview;
  if (operations.length === 0) return `${vscode.l10n.t('Lab {0} is as its files say.', lab)}\n`;
  const others = operations.filter(({ step }) => step !== 'apply');
  return [
    `# ${vscode.l10n.t('What a deployment of lab {0} would do. Nothing was changed.', lab)}`,
    '',
    ...foresightLines(foresightOf(preview), vscode.l10n).map(lineOf),
    ...others.map(({ action, target, cause }) => `# ${action.kind.replace('-', ' ')} ${target}: ${cause}`),
    ...losses.map(
      ({ target, cause }) => `# ${vscode.l10n.t('Data that would be lost: {0}: {1}', target, cause)}`,
    ),
    '',
  ].join('\n');
}

/** In a diff the sign stands first. */
function lineOf({ kind, text }: ForesightLine): string {
  if (kind === 'added' || kind === 'removed') return text.trimStart();
  if (kind === 'file') return `@@ ${text.trim()} @@`;
  return text === '' ? '' : kind === 'heading' ? `# ${text}` : text;
}
