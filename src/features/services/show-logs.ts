import * as vscode from 'vscode';
import type { LabInfo } from '../../lab/lab-service';
import { profileOf } from '../../lab/profiles/profiles';
import { service as serviceOf } from '../../services/registry';
import type { ServiceId } from '../../services/registry';
import { registerCommand } from '../common/commands';
import type { Disposable } from '../common/disposables';
import type { FeatureContext } from '../common/feature-context';
import type { LabSnapshot } from '../../presentation/lab-snapshot';
import { pickLab, pickNode } from '../labs/pick';
import { NodeTerminal } from '../terminals/node-terminal';
import { logCommand } from './log-command';

/** Show Logs: a read-only terminal that follows the log of a service on a node. */
export function registerShowLogs(context: FeatureContext): Disposable {
  const title = vscode.l10n.t('The log was not opened');
  return registerCommand(context, 'showLogs', title, async (argument) => {
    const target = context.target(argument);
    const lab = await pickLab(context, argument);
    if (!lab) return;
    const node =
      target?.kind === 'service' || target?.kind === 'node'
        ? target.node
        : await pickNode(lab, vscode.l10n.t('Show logs of which node?'));
    if (node === undefined) return;
    const service = target?.kind === 'service' ? target.service : await serviceOn(lab, node);
    if (service) openLogs(context, lab.info, node, service);
  });
}

async function serviceOn(lab: LabSnapshot, node: string): Promise<ServiceId | undefined> {
  const { pickService } = await import('./pick-service');
  return pickService(lab, node, vscode.l10n.t('Logs of which service?'));
}

function openLogs(context: FeatureContext, lab: LabInfo, node: string, service: ServiceId): void {
  const pty = new NodeTerminal({
    transport: async () => (await context.source.get()).transport(lab.name, node),
    command: logCommand(service, profileOf(lab.cluster).layout),
    readOnly: true,
  });
  const name = vscode.l10n.t('{0} log, {1}', serviceOf(service).title, node);
  const iconPath = new vscode.ThemeIcon('output');
  vscode.window.createTerminal({ name, pty, iconPath, isTransient: true }).show(true);
}
