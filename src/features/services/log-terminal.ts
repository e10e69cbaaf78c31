import * as vscode from 'vscode';
import type { LabInfo } from '../../lab/lab-service';
import { profileOf } from '../../lab/profiles/profiles';
import { LogPainter } from '../../presentation/log-painter';
import type { LabSnapshot } from '../../presentation/lab-snapshot';
import { service as serviceOf } from '../../services/registry';
import type { ServiceId } from '../../services/registry';
import type { FeatureContext } from '../common/feature-context';
import { pickNode } from '../labs/pick';
import { nodeOf } from '../labs/target-node';
import { NodeTerminal } from '../terminals/node-terminal';
import { logCommand } from './log-command';
import { pickService } from './pick-service';

/** Follows the log of the service of the row a command was called on, or of one the user picks. */
export async function openLogOf(context: FeatureContext, lab: LabSnapshot, argument: unknown): Promise<void> {
  const target = context.target(argument);
  const node = nodeOf(context, argument) ?? (await pickNode(lab, vscode.l10n.t('Show logs of which node?')));
  if (node === undefined) return;
  const service =
    target?.kind === 'service'
      ? target.service
      : await pickService(lab, node, vscode.l10n.t('Logs of which service?'));
  if (service) openLogs(context, lab.info, node, service);
}

function openLogs(context: FeatureContext, lab: LabInfo, node: string, service: ServiceId): void {
  const painter = new LogPainter();
  const pty = new NodeTerminal({
    transport: async () => (await context.source.get()).transport(lab.name, node),
    command: logCommand(service, profileOf(lab.cluster).layout),
    readOnly: true,
    transform: (chunk) => painter.paint(chunk),
  });
  const name = vscode.l10n.t('{0} log, {1}', serviceOf(service).title, node);
  const iconPath = new vscode.ThemeIcon('output');
  vscode.window.createTerminal({ name, pty, iconPath, isTransient: true }).show(true);
}
