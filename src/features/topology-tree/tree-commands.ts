import * as vscode from 'vscode';
import { registerCommand } from '../common/commands';
import { Disposables } from '../common/disposables';
import type { Disposable } from '../common/disposables';
import { CONFIGURATION } from '../common/feature-context';
import type { FeatureContext } from '../common/feature-context';
import type { GroupBy } from '../../presentation/topology/tree-node';
import { VIEW_ID } from './tree-view';
import type { TopologyTree } from './tree-view';

/** How the user wants the tree grouped; remembered as a setting. */
export function readGroupBy(): GroupBy {
  const value = vscode.workspace.getConfiguration(CONFIGURATION).get<string>('groupBy');
  return value === 'node' ? 'node' : 'layer';
}

/** Refresh, Show Topology, and the commands that change the grouping. */
export function registerTreeCommands(context: FeatureContext, tree: TopologyTree): Disposable {
  const disposables = new Disposables();
  const failed = vscode.l10n.t('The topology was not refreshed');
  const command = (name: string, run: () => Promise<void>): void => {
    disposables.add(registerCommand(context, name, failed, run));
  };
  command('refresh', async () => {
    await vscode.window.withProgress({ location: { viewId: VIEW_ID } }, () => context.store.refresh());
  });
  command('focusTopology', async () => {
    await vscode.commands.executeCommand(`${VIEW_ID}.focus`);
  });
  command('groupByNode', () => writeGroupBy('node'));
  command('groupByLayer', () => writeGroupBy('layer'));
  command('toggleGrouping', () => writeGroupBy(readGroupBy() === 'layer' ? 'node' : 'layer'));
  disposables.add(
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (!change.affectsConfiguration(`${CONFIGURATION}.groupBy`)) return;
      publishGroupBy();
      tree.rebuild();
    }),
  );
  publishGroupBy();
  return disposables;
}

async function writeGroupBy(value: GroupBy): Promise<void> {
  const settings = vscode.workspace.getConfiguration(CONFIGURATION);
  await settings.update('groupBy', value, vscode.ConfigurationTarget.Global);
}

function publishGroupBy(): void {
  void vscode.commands.executeCommand('setContext', `${CONFIGURATION}.groupBy`, readGroupBy());
}
