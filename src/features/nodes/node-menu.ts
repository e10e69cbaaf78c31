import * as vscode from 'vscode';
import type { NodeAction } from '../../lab/lab-service';
import type { LabSnapshot } from '../../presentation/lab-snapshot';
import { nodeChoices } from '../../presentation/topology/node-choices';
import { commandId } from '../common/feature-context';
import type { FeatureContext } from '../common/feature-context';
import { pickLab, pickNode } from '../labs/pick';
import { nodeOf } from '../labs/target-node';

interface Entry extends vscode.QuickPickItem {
  readonly command: string;
}

/** Shows all that can be done to a node now, for the keyboard. */
export async function showNodeMenu(context: FeatureContext, argument: unknown): Promise<void> {
  const lab = await pickLab(context, argument);
  if (!lab) return;
  const node = nodeOf(context, argument) ?? (await pickNode(lab, vscode.l10n.t('Which node?')));
  if (node === undefined) return;
  const picked = await vscode.window.showQuickPick(entries(lab, node), { title: node });
  if (!picked) return;
  const target = { kind: 'node', lab: lab.info.name, node };
  await vscode.commands.executeCommand(commandId(picked.command), target);
}

function entries(lab: LabSnapshot, node: string): readonly Entry[] {
  const running = lab.info.containers.some(
    (container) => container.node === node && container.state === 'running',
  );
  const open: readonly Entry[] = running
    ? [
        { label: `$(terminal) ${vscode.l10n.t('Open Terminal')}`, command: 'openTerminal' },
        { label: `$(output) ${vscode.l10n.t('Show Logs')}`, command: 'showLogs' },
      ]
    : [];
  const deeds = DEEDS.flatMap(({ action, command, icon, label }): readonly Entry[] => {
    const choice = nodeChoices(action, lab, vscode.l10n).find((candidate) => candidate.node === node);
    if (!choice) return [];
    const entry = { label: `$(${icon}) ${label()}`, command };
    return [choice.detail === '' ? entry : { ...entry, detail: choice.detail }];
  });
  return [...open, ...deeds, { label: `$(copy) ${vscode.l10n.t('Copy Address')}`, command: 'copyAddress' }];
}

const DEEDS: readonly {
  readonly action: NodeAction;
  readonly command: string;
  readonly icon: string;
  readonly label: () => string;
}[] = [
  { action: 'start', command: 'nodeStart', icon: 'play', label: () => vscode.l10n.t('Start Node') },
  {
    action: 'unpause',
    command: 'nodeUnpause',
    icon: 'debug-continue',
    label: () => vscode.l10n.t('Unpause Node'),
  },
  {
    action: 'connect',
    command: 'nodeConnect',
    icon: 'plug',
    label: () => vscode.l10n.t('Reconnect to Network'),
  },
  { action: 'kill', command: 'nodeKill', icon: 'zap', label: () => vscode.l10n.t('Kill Node') },
  { action: 'pause', command: 'nodePause', icon: 'debug-pause', label: () => vscode.l10n.t('Pause Node') },
  {
    action: 'disconnect',
    command: 'nodeDisconnect',
    icon: 'debug-disconnect',
    label: () => vscode.l10n.t('Cut from Network'),
  },
  {
    action: 'restart',
    command: 'nodeRestart',
    icon: 'debug-restart',
    label: () => vscode.l10n.t('Restart Node'),
  },
  { action: 'stop', command: 'nodeStop', icon: 'debug-stop', label: () => vscode.l10n.t('Stop Node') },
];
