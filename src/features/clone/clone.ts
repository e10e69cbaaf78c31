import { homedir, hostname } from 'node:os';
import * as vscode from 'vscode';
import { addKey, listProjects } from '../../lab/clients/api';
import { cloneCommand, commandLine } from '../../lab/clients/clone-command';
import { clientKey, openClient } from '../../lab/clients/lab-client';
import type { LabClient } from '../../lab/clients/lab-client';
import type { LabInfo } from '../../lab/lab-service';
import { defaultStateDir } from '../../lab/state-dir';
import type { FeatureContext } from '../common/feature-context';

/** Asks which repository and where to, then lets the user's own git clone it in a terminal, where it can be seen. */
export async function cloneRepository(context: FeatureContext, lab: LabInfo): Promise<void> {
  const chosen = await choose(context, lab);
  if (!chosen) return;
  const parent = await askFolder();
  if (!parent) return;
  const terminal = vscode.window.createTerminal({
    name: `git clone (${lab.name})`,
    iconPath: new vscode.ThemeIcon('repo-clone'),
    cwd: parent,
    isTransient: true,
  });
  terminal.show();
  const line = commandLine(cloneCommand(chosen.client, { project: chosen.project, over: 'http' }));
  terminal.sendText(line);
}

/** Puts the command on the clipboard that clones a repository, over HTTPS or SSH. There is no secret in it. */
export async function copyCloneCommand(context: FeatureContext, lab: LabInfo): Promise<void> {
  const chosen = await choose(context, lab);
  if (!chosen) return;
  const over = await chooseWay(chosen.client);
  if (over === undefined) return;
  const line = commandLine(cloneCommand(chosen.client, { project: chosen.project, over }));
  await vscode.env.clipboard.writeText(line);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Copied {0}', line), 3000);
}

async function choose(
  context: FeatureContext,
  lab: LabInfo,
): Promise<{ readonly client: LabClient; readonly project: string } | undefined> {
  const asking = vscode.l10n.t('Asking the GitLab of lab {0}', lab.name);
  const found = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: asking },
    async () => {
      const client = await openClient(await context.source.get(), lab, defaultStateDir(process.env));
      return { client, projects: await listProjects(client) };
    },
  );
  const { client, projects } = found;
  if (projects.length === 0) {
    const text = vscode.l10n.t('There are no projects yet. Make one: POST {0}/api/v4/projects', client.url);
    void vscode.window.showInformationMessage(text);
    return undefined;
  }
  const project = await vscode.window.showQuickPick([...projects], {
    title: vscode.l10n.t('Which repository?'),
  });
  return project === undefined ? undefined : { client, project };
}

async function chooseWay(client: LabClient): Promise<'http' | 'ssh' | undefined> {
  if (client.sshUrl === undefined) return 'http';
  const ways = [
    { label: 'HTTPS', description: client.url, over: 'http' as const },
    { label: 'SSH', description: client.sshUrl, over: 'ssh' as const },
  ];
  const picked = await vscode.window.showQuickPick(ways, { title: vscode.l10n.t('Over HTTPS or SSH?') });
  // The server has to know the key before the command is used.
  if (picked?.over === 'ssh') await addKey(client, `VS Code on ${hostname()}`, await clientKey(client));
  return picked?.over;
}

/** The folder in which the clone is made; VS Code's own Git asks for it in the same way. */
async function askFolder(): Promise<vscode.Uri | undefined> {
  const usual = vscode.workspace.getConfiguration('git').get<string | null>('defaultCloneDirectory') ?? '';
  const folder = usual === '' ? homedir() : usual.replace(/^~(?=$|\/)/, homedir());
  const picked = await vscode.window.showOpenDialog({
    defaultUri: vscode.Uri.file(folder),
    canSelectFiles: false,
    canSelectFolders: true,
    canSelectMany: false,
    title: vscode.l10n.t('Choose a folder to clone into'),
    openLabel: vscode.l10n.t('Clone Here'),
  });
  return picked?.[0];
}
