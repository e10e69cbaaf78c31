import * as vscode from 'vscode';
import { registerCommand } from '../common/commands';
import type { Disposable } from '../common/disposables';
import type { FeatureContext } from '../common/feature-context';

/** Create Cluster Workspace: asks for a folder and the cluster, writes all its files there; never over existing ones. */
export function registerCreateWorkspace(context: FeatureContext): Disposable {
  const title = vscode.l10n.t('The workspace was not created');
  // What a new workspace is made of is loaded by whoever makes one.
  return registerCommand(context, 'createWorkspace', title, async () =>
    (await import('./create-own-cluster')).createOwnCluster(),
  );
}
