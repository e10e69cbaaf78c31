import * as vscode from 'vscode';
import { portOf } from '../../services/ports';
import { service as serviceOf } from '../../services/registry';
import { registerCommand } from '../common/commands';
import { Disposables } from '../common/disposables';
import type { Disposable } from '../common/disposables';
import { failureText } from '../common/failure';
import type { FeatureContext } from '../common/feature-context';
import { pickLab } from '../labs/pick';
import type { Target } from '../../presentation/topology/tree-node';
import { dialPage } from './dial-page';
import { Forwards } from './forwards';

/** Open Lab in Browser (the VIP through the gateway) and Open in Browser (one service through a forward). */
export function registerOpenInBrowser(context: FeatureContext): Disposable {
  const disposables = new Disposables();
  const forwards = disposables.add(new Forwards((error) => context.log.warn(failureText(error))));
  disposables.add(
    context.store.onDidChange(() => {
      forwards.keep(new Set(context.store.snapshots.map((snapshot) => snapshot.info.name)));
    }),
  );
  const title = vscode.l10n.t('The browser was not opened');
  disposables.add(
    registerCommand(context, 'openInBrowser', title, async (argument) => {
      const lab = await pickLab(context, argument);
      if (!lab) return;
      if (lab.info.httpUrl !== undefined) return openExternal(lab.info.httpUrl);
      void vscode.window.showWarningMessage(
        vscode.l10n.t('The gateway of lab {0} is not running. Redeploy the lab to start it.', lab.info.name),
      );
    }),
  );
  disposables.add(
    registerCommand(context, 'openServiceInBrowser', title, async (argument) => {
      const target = context.target(argument);
      if (target?.kind === 'service') await openService(context, forwards, target);
    }),
  );
  return disposables;
}

async function openService(
  context: FeatureContext,
  forwards: Forwards,
  target: Target & { kind: 'service' },
): Promise<void> {
  const { web } = serviceOf(target.service);
  const lab = context.store.snapshot(target.lab);
  const node = lab?.info.cluster.nodes.find((candidate) => candidate.name === target.node);
  if (!web || !node) return;
  const remotePort = portOf(target.service, web.port, lab?.info.sources?.ports?.[target.node]);
  const port = await forwards.port(target.lab, `${target.node}/${target.service}`, async (signal) => {
    const transport = await (await context.source.get()).transport(target.lab, target.node);
    return dialPage(transport, node.address, remotePort, signal);
  });
  await openExternal(`http://127.0.0.1:${port}${web.path}`);
}

/** asExternalUri makes the port reachable when VS Code's window runs on another machine than Docker. */
async function openExternal(url: string): Promise<void> {
  const uri = await vscode.env.asExternalUri(vscode.Uri.parse(url, true));
  await vscode.env.openExternal(uri);
}
