import { translate } from '../../words/message';
import * as vscode from 'vscode';
import { workspaceAddress } from '../../presentation/workspace-address';
import { healthText } from '../../presentation/words/health-text';
import { commandId } from '../common/feature-context';
import type { FeatureContext } from '../common/feature-context';
import { labDescription } from '../../presentation/topology/lab-rows';
import type { LabSnapshot } from '../../presentation/lab-snapshot';

/**
 * The lab a command is for: the row it was called on, the only one there is, or the one the user picks.
 * Undefined when there is none (says so) or nothing was picked.
 */
export async function pickLab(context: FeatureContext, argument: unknown): Promise<LabSnapshot | undefined> {
  const target = context.target(argument);
  if (context.store.situation.kind !== 'ready' || context.store.snapshots.length === 0) {
    await context.store.refresh();
  }
  const { situation, snapshots } = context.store;
  if (target) return context.store.snapshot(target.lab);
  if (situation.kind !== 'ready' && situation.kind !== 'unknown') {
    void vscode.window.showErrorMessage(
      [situation.message, situation.remedy]
        .map((part) => translate(part, vscode.l10n))
        .join(' ')
        .trim(),
    );
    return undefined;
  }
  if (snapshots.length < 2) {
    if (snapshots.length === 0) offerDeploy();
    return snapshots[0];
  }
  const items = snapshots.map((snapshot) => ({
    label: snapshot.info.name,
    description: labDescription(snapshot, vscode.l10n),
    snapshot,
  }));
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Which lab?') });
  return picked?.snapshot;
}

function offerDeploy(): void {
  const deploy = vscode.l10n.t('Deploy Lab');
  void vscode.window
    .showInformationMessage(vscode.l10n.t('No lab runs on this machine.'), deploy)
    .then((choice) => {
      if (choice === deploy) void vscode.commands.executeCommand(commandId('deploy'));
    });
}

/** The node a command is for: that of its row, or the one the user picks among those that run. */
export async function pickNode(lab: LabSnapshot, title: string): Promise<string | undefined> {
  const running = lab.info.containers.filter(
    (container) => container.role !== 'gateway' && container.state === 'running',
  );
  const items = running.map((container) => {
    const node = lab.state?.nodes.find((candidate) => candidate.name === container.node);
    return {
      label: container.node,
      description: [
        lab.state?.database.leader === container.node ? vscode.l10n.t('leader') : undefined,
        node && workspaceAddress(lab.info, node.address),
      ]
        .filter((part) => part !== undefined)
        .join(' · '),
      detail: node && node.health !== 'ok' ? healthText(node.health, vscode.l10n) : undefined,
    };
  });
  if (items.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No node of lab {0} is running.', lab.info.name));
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(
    items.map(({ detail, ...item }) => (detail === undefined ? item : { ...item, detail })),
    { title },
  );
  return picked?.label;
}
