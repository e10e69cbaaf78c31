import * as vscode from 'vscode';
import type { LabInfo } from '../../lab/lab-service';
import type { LabSnapshot } from '../../presentation/lab-snapshot';
import type { FeatureContext } from '../common/feature-context';
import { markDone } from '../help/walkthrough-steps';
import { pickNode } from '../labs/pick';
import { nodeOf } from '../labs/target-node';
import { NodeTerminal } from './node-terminal';

/** Opens a terminal on the node of the row a command was called on, or on one the user picks. */
export async function openOnNode(
  context: FeatureContext,
  lab: LabSnapshot,
  argument: unknown,
): Promise<void> {
  const node =
    nodeOf(context, argument) ?? (await pickNode(lab, vscode.l10n.t('Open a terminal on which node?')));
  if (node !== undefined) openTerminal(context, lab.info.name, node).show();
}

/** Opens terminals on all nodes, side by side in the cluster's order. */
export function openOnAll(context: FeatureContext, { name, cluster }: LabInfo): void {
  // A split stands right beside its parent: only beside the one before do they stand in the cluster's order.
  const terminals: vscode.Terminal[] = [];
  for (const node of cluster.nodes) {
    terminals.push(openTerminal(context, name, node.name, terminals.at(-1)));
  }
  terminals[0]?.show();
}

/** A terminal on a node, beside its parent when there is one. Two calls give two terminals. */
function openTerminal(
  context: FeatureContext,
  lab: string,
  node: string,
  parentTerminal?: vscode.Terminal,
): vscode.Terminal {
  const pty = new NodeTerminal({
    transport: async () => (await context.source.get()).transport(lab, node),
    onConnected: () => void markDone('terminal'),
  });
  return vscode.window.createTerminal({
    name: `${node} (${lab})`,
    pty,
    iconPath: new vscode.ThemeIcon('vm'),
    isTransient: true,
    ...(parentTerminal ? { location: { parentTerminal } } : {}),
  });
}
