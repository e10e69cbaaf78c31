import * as vscode from 'vscode';
import { registerCommand } from '../common/commands';
import { Disposables } from '../common/disposables';
import type { Disposable } from '../common/disposables';
import type { FeatureContext } from '../common/feature-context';

/** Addresses of the rules' pages: `gitlab-ha-rule:/HAP012.md`. The manifest opens them in the Markdown preview. */
const SCHEME = 'gitlab-ha-rule';

/** VS Code's own Markdown preview as an editor. */
const PREVIEW = 'vscode.markdown.preview.editor';

/** The page of a rule, with `{id}` for the rule. */
export const RULE_PAGES = `${SCHEME}:/{id}.md`;

/**
 * The pages that explain the rules, which come with the extension: behind the links of the findings, and as a command.
 * A page that is opened as a text is shown as it is meant to be read.
 */
export function registerRulePages(context: FeatureContext): Disposable {
  const pages = vscode.Uri.joinPath(context.extensionUri, 'docs', 'rules');
  const registered = new Disposables();
  registered.add(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: async (uri) => {
        const name = uri.path.replace(/^\//, '');
        if (!/^([A-Z]{3}\d{3}|README)\.md$/.test(name)) return undefined;
        const content = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(pages, name));
        return new TextDecoder().decode(content);
      },
    }),
  );
  registered.add(
    registerCommand(
      context,
      'openRule',
      vscode.l10n.t('The page of the rule was not opened'),
      async (argument) => {
        const id = typeof argument === 'string' ? argument : await askForRule(pages);
        if (id !== undefined) await showPage(vscode.Uri.parse(RULE_PAGES.replace('{id}', id)));
      },
    ),
  );
  registered.add(vscode.window.onDidChangeActiveTextEditor((editor) => void showAsPreview(editor)));
  return registered;
}

async function showPage(uri: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand('vscode.openWith', uri, PREVIEW);
}

/** Where the preview is not the page's editor by itself, it takes the place of the text. */
async function showAsPreview(editor: vscode.TextEditor | undefined): Promise<void> {
  if (editor?.document.uri.scheme !== SCHEME) return;
  const { uri } = editor.document;
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  if (!(tab?.input instanceof vscode.TabInputText) || tab.input.uri.toString() !== uri.toString()) return;
  await vscode.window.tabGroups.close(tab);
  await showPage(uri);
}

async function askForRule(pages: vscode.Uri): Promise<string | undefined> {
  const files = await vscode.workspace.fs.readDirectory(pages);
  const ids = files.map(([name]) => /^([A-Z]{3}\d{3})\.md$/.exec(name)?.[1]).filter((id) => id !== undefined);
  const items = await Promise.all(
    ids.sort().map(async (id) => ({ label: id, description: await titleOf(pages, id) })),
  );
  const placeHolder = vscode.l10n.t('Which rule?');
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.label;
}

async function titleOf(pages: vscode.Uri, id: string): Promise<string> {
  const text = new TextDecoder().decode(
    await vscode.workspace.fs.readFile(vscode.Uri.joinPath(pages, `${id}.md`)),
  );
  return /^# [A-Z]{3}\d{3}: (.+)$/m.exec(text)?.[1] ?? '';
}
