import * as vscode from 'vscode';
import type { FaultId } from '../../drills/faults/fault';
import { LabError } from '../../lab/lab-error';
import type { LabService, NodeAction } from '../../lab/lab-service';
import { registerCommand } from '../common/commands';
import { Disposables } from '../common/disposables';
import type { Disposable } from '../common/disposables';
import type { FeatureContext } from '../common/feature-context';
import type { LabSnapshot } from '../../presentation/lab-snapshot';
import type { Target } from '../../presentation/topology/tree-node';

type NodeTarget = Target & { kind: 'node' };

/** What a command does: an order to the node, a fault of src/drills, or what takes the fault back. */
type Deed = { readonly order: NodeAction } | { readonly inject: FaultId } | { readonly heal: FaultId };

const COMMANDS: Readonly<Record<string, Deed>> = {
  nodeStart: { heal: 'kill-node' },
  nodeStop: { order: 'stop' },
  nodeRestart: { order: 'restart' },
  nodeKill: { inject: 'kill-node' },
  nodePause: { inject: 'pause-node' },
  nodeUnpause: { heal: 'pause-node' },
  nodeDisconnect: { inject: 'cut-node' },
  nodeConnect: { heal: 'cut-node' },
};

/** The context menu of a node: start, stop, restart, and the faults with their remedies. */
export function registerNodeActions(context: FeatureContext): Disposable {
  const disposables = new Disposables();
  for (const [command, deed] of Object.entries(COMMANDS)) {
    const title = vscode.l10n.t('The node was not changed');
    disposables.add(
      registerCommand(context, command, title, async (argument) => {
        const target = context.target(argument);
        if (target?.kind === 'node') await act(context, command, deed, target);
      }),
    );
  }
  return disposables;
}

async function act(context: FeatureContext, command: string, deed: Deed, target: NodeTarget): Promise<void> {
  const lab = context.store.snapshot(target.lab);
  if (!lab) return;
  context.log.info(`${target.lab}: ${command} ${target.node}`);
  const progress = { location: { viewId: 'gitlabHaLab.topology' } };
  try {
    await vscode.window.withProgress(progress, async () => {
      const labs = await context.source.get();
      if ('order' in deed) await labs.node(target.lab, target.node, deed.order);
      else if ('inject' in deed) await inject({ context, lab, labs, node: target.node }, deed.inject);
      else await heal({ context, lab, labs, node: target.node }, deed.heal);
    });
  } catch (error) {
    if (!(error instanceof LabError) || error.code !== 'not-whole') throw error;
    explainRefusal(target.lab, error.details.missing ?? []);
  }
}

interface Place {
  readonly context: FeatureContext;
  readonly lab: LabSnapshot;
  readonly labs: LabService;
  readonly node: string;
}

/** What the store last saw stands for the lab while nobody watches; the fault then has no recording to go to. */
async function inject({ context, lab, labs, node }: Place, id: FaultId): Promise<void> {
  const { info, state } = lab;
  if (!state) return explainRefusal(info.name, [vscode.l10n.t('the state of the lab is not known yet')]);
  const [{ fault }, { injectFault }] = await loadFaults();
  const observer = context.store.observer(info.name) ?? { state, record: () => undefined };
  await injectFault({ lab: info, labs, observer, now: Date.now }, fault(id), { node });
}

async function heal({ context, lab, labs, node }: Place, id: FaultId): Promise<void> {
  const [{ fault }, { healFault }] = await loadFaults();
  const observer = context.store.observer(lab.info.name) ?? { record: () => undefined };
  await healFault({ lab: lab.info, labs, observer, now: Date.now }, { fault: fault(id), node });
}

/** Loaded with the first fault. */
function loadFaults() {
  return Promise.all([import('../../drills/faults/fault'), import('../../drills/faults/inject')]);
}

/** A fault only tells something about HA when the cluster was whole before; otherwise it may lose data. */
function explainRefusal(lab: string, missing: readonly string[]): void {
  void vscode.window.showWarningMessage(vscode.l10n.t('No fault was injected: lab {0} is not whole.', lab), {
    modal: true,
    detail: [
      vscode.l10n.t('A second fault now could lose data or stop the whole cluster. Missing:'),
      ...missing.map((reason) => `• ${reason}`),
    ].join('\n'),
  });
}
