import * as vscode from 'vscode';
import type { FeatureContext } from '../common/feature-context';
import { pickLab, pickNode } from '../labs/pick';
import { nodeOf } from '../labs/target-node';
import { runDeed } from '../orders/run-deed';
import { pickService } from './pick-service';

/** Gives an order to the service of the row a command was called on, or to one the user picks. */
export async function orderService(
  context: FeatureContext,
  argument: unknown,
  action: 'start' | 'stop' | 'restart',
): Promise<void> {
  const lab = await pickLab(context, argument);
  if (!lab) return;
  const target = context.target(argument);
  const node = nodeOf(context, argument) ?? (await pickNode(lab, vscode.l10n.t('On which node?')));
  if (node === undefined) return;
  const named = target?.kind === 'service' || target?.kind === 'group' ? target.service : undefined;
  const service = named ?? (await pickService(lab, node, vscode.l10n.t('Which service?')));
  if (service) await runDeed(context, lab.info, { order: { on: 'service', node, service, action } });
}
