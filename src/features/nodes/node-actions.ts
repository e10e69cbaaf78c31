import * as vscode from 'vscode';
import type { NodeAction } from '../../lab/lab-service';
import type { EventKind } from '../../observe/event';
import { registerCommand } from '../common/commands';
import { Disposables } from '../common/disposables';
import type { Disposable } from '../common/disposables';
import type { FeatureContext } from '../common/feature-context';
import type { LabSnapshot } from '../labs/lab-snapshot';
import type { Target } from '../topology-tree/tree-node';

interface NodeCommand {
  readonly command: string;
  readonly action: NodeAction;
  /** What goes wrong on purpose; such a command needs a cluster that is whole. */
  readonly fault?: 'injected' | 'healed';
}

const COMMANDS: readonly NodeCommand[] = [
  { command: 'nodeStart', action: 'start', fault: 'healed' },
  { command: 'nodeStop', action: 'stop' },
  { command: 'nodeRestart', action: 'restart' },
  { command: 'nodeKill', action: 'kill', fault: 'injected' },
  { command: 'nodePause', action: 'pause', fault: 'injected' },
  { command: 'nodeUnpause', action: 'unpause', fault: 'healed' },
  { command: 'nodeDisconnect', action: 'disconnect', fault: 'injected' },
  { command: 'nodeConnect', action: 'connect', fault: 'healed' },
];

/** The context menu of a node: start, stop, restart, and the faults with their remedies. */
export function registerNodeActions(context: FeatureContext): Disposable {
  const disposables = new Disposables();
  for (const command of COMMANDS) {
    const title = vscode.l10n.t('The node was not changed');
    disposables.add(
      registerCommand(context, command.command, title, async (argument) => {
        const target = context.target(argument);
        if (target?.kind === 'node') await act(context, command, target);
      }),
    );
  }
  return disposables;
}

async function act(
  context: FeatureContext,
  command: NodeCommand,
  target: Target & { kind: 'node' },
): Promise<void> {
  const lab = context.store.snapshot(target.lab);
  if (!lab) return;
  if (command.fault === 'injected' && !(await isWhole(lab))) return;
  if (command.fault) record(context, command, target);
  context.log.info(`${target.lab}: ${command.action} ${target.node}`);
  const progress = { location: { viewId: 'gitlabHaLab.topology' } };
  await vscode.window.withProgress(progress, async () => {
    const service = await context.source.get();
    await service.node(target.lab, target.node, command.action);
  });
}

/** A fault only tells something about HA when the cluster was whole before; otherwise it may lose data. */
async function isWhole(lab: LabSnapshot): Promise<boolean> {
  const { wholeness } = await import('../../observe/wholeness');
  const missing = lab.state
    ? wholeness(lab.state, lab.info.cluster)
    : [vscode.l10n.t('the state of the lab is not known yet')];
  if (missing.length === 0) return true;
  void vscode.window.showWarningMessage(
    vscode.l10n.t('No fault was injected: lab {0} is not whole.', lab.info.name),
    {
      modal: true,
      detail: [
        vscode.l10n.t('A second fault now could lose data or stop the whole cluster. Missing:'),
        ...missing.map((reason) => `• ${reason}`),
      ].join('\n'),
    },
  );
  return false;
}

function record(context: FeatureContext, command: NodeCommand, target: Target & { kind: 'node' }): void {
  const kind: EventKind = command.fault === 'injected' ? 'fault-injected' : 'fault-healed';
  const text = `${command.action} ${target.node}`;
  context.store.observer(target.lab)?.record({ at: Date.now(), kind, node: target.node, text });
}
