/** Composition root: makes the parts, wires them, holds no logic. Everything heavy is imported on first use. */
import * as vscode from 'vscode';
import type { FeatureContext } from './features/common/feature-context';
import { registerClone } from './features/clone/register-clone';
import { registerCreateWorkspace } from './features/create-workspace/create-workspace';
import { registerDeploy } from './features/deploy/deploy';
import { registerDestroy } from './features/deploy/destroy';
import { registerOpenInBrowser } from './features/forward/open-in-browser';
import { registerEvents } from './features/events/register-events';
import { registerOpenWalkthrough } from './features/help/open-walkthrough';
import { followOpening, followSteps } from './features/help/walkthrough-steps';
import { followSituation } from './features/labs/context-keys';
import { isShown, onLabSettings, openLabs } from './features/labs/lab-settings';
import { LabStore } from './features/labs/lab-store';
import { ServiceSource } from './features/labs/service-source';
import { registerLint } from './features/lint/lint';
import { registerOpenLog } from './features/log/open-log';
import { registerNodeActions } from './features/nodes/node-actions';
import { registerOrders } from './features/orders/register-orders';
import { registerCopyAddress } from './features/services/copy-address';
import { registerServiceActions } from './features/services/service-actions';
import { registerShowLogs } from './features/services/show-logs';
import { registerStatusBar } from './features/status-bar/status-bar';
import { registerTerminals } from './features/terminals/open-terminal';
import { registerShowTimings } from './features/timings/show-timings';
import { followOwnLabs } from './features/labs/own-labs';
import { asTarget } from './presentation/topology/target';
import { registerOpenRow } from './features/topology-tree/open-row';
import { readGroupBy, registerTreeCommands } from './features/topology-tree/tree-commands';
import { TopologyTree } from './features/topology-tree/tree-view';
import { registerVerify } from './features/verify/verify';

/** Called by VS Code when the view is shown or a command is used; connects to nothing. */
export function activate(extension: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel(vscode.l10n.t('HA Lab'), { log: true });
  const source = new ServiceSource(() => openLabs(extension.extensionPath, log));
  const store = new LabStore(source, isShown);
  const tree = new TopologyTree(store, readGroupBy);
  const context: FeatureContext = {
    extensionUri: extension.extensionUri,
    extensionId: extension.extension.id,
    source,
    store,
    log,
    target: (argument) => (typeof argument === 'string' ? tree.target(argument) : asTarget(argument)),
  };
  extension.subscriptions.push(
    log,
    store,
    store.onDidFail((error) => log.warn(error instanceof Error ? error.message : String(error))),
    tree,
    followSituation(store),
    followOwnLabs(store),
    registerTreeCommands(context, tree),
    ...registerFeatures(context),
    followSteps(store),
    followOpening(),
    registerStatusBar(store),
    onLabSettings({
      labs: () => void store.refresh(),
      engine: () => {
        source.reset();
        void store.reset();
      },
    }),
  );
}

/** What people can do; each of these needs the context alone. */
function registerFeatures(context: FeatureContext): readonly vscode.Disposable[] {
  return [
    registerDeploy(context),
    registerDestroy(context),
    registerTerminals(context),
    registerNodeActions(context),
    registerOrders(context),
    registerOpenRow(context),
    registerEvents(context),
    registerServiceActions(context),
    registerShowLogs(context),
    registerCopyAddress(context),
    registerOpenInBrowser(context),
    registerClone(context),
    registerShowTimings(context),
    registerCreateWorkspace(context),
    registerOpenLog(context),
    registerOpenWalkthrough(context),
    registerLint(context),
    registerVerify(context),
  ];
}
