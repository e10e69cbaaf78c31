import * as vscode from 'vscode';
import type { LabService } from '../../lab/lab-service';
import { CONFIGURATION } from '../common/feature-context';
import { nameFilter } from './name-filter';

const DOCKER_HOST = `${CONFIGURATION}.dockerHost`;
const LABS = `${CONFIGURATION}.labs`;

/** Which labs the user wants to see, by the settings of now. */
export function isShown(lab: string): boolean {
  return nameFilter(vscode.workspace.getConfiguration().get<string[]>(LABS) ?? [])(lab);
}

/**
 * The labs of the engine that the settings, else the environment, point to. Loads the Docker client; reached only when
 * somebody looks at the view or uses a command.
 * @param root where the extension is installed
 */
export async function openLabs(root: string, log: vscode.LogOutputChannel): Promise<LabService> {
  const { createLabService } = await import('../../lab/create-lab-service');
  const dockerHost = vscode.workspace.getConfiguration().get<string>(DOCKER_HOST) ?? '';
  return createLabService({
    root,
    log: (line) => log.debug(line),
    ...(dockerHost === '' ? {} : { dockerHost }),
  });
}

/** Calls back when the user chose other labs to see, or another engine. */
export function onLabSettings(changed: { labs(): void; engine(): void }): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(LABS)) changed.labs();
    if (change.affectsConfiguration(DOCKER_HOST)) changed.engine();
  });
}
