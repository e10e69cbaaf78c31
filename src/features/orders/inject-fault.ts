import { translate } from '../../words/message';
import * as vscode from 'vscode';
import type { LabSnapshot } from '../../presentation/lab-snapshot';
import { atStake } from '../../observe/at-stake';
import type { Fault } from '../../services/faults';
import type { FeatureContext } from '../common/feature-context';
import { pickLab } from '../labs/pick';
import { nodeOf } from '../labs/target-node';
import { runDeed } from './run-deed';
import { declared } from '../../presentation/words/localizer';

/** Offers every fault the services declare, with what a cluster does about it and what it may cost, and injects one. */
export async function injectFault(context: FeatureContext, argument: unknown): Promise<void> {
  const lab = await pickLab(context, argument);
  if (!lab) return;
  const fault = await pickFault(lab);
  if (!fault) return;
  const node = nodeOf(context, argument);
  await runDeed(context, lab.info, node === undefined ? { fault } : { fault, node });
}

async function pickFault({ state, info }: LabSnapshot): Promise<Fault | undefined> {
  const [{ faultsOf }, { aimTitle, targetOf }] = await Promise.all([
    import('../../drills/faults/fault'),
    import('../../drills/faults/target'),
  ]);
  const items = faultsOf(info.cluster).map((fault) => {
    const node = state && targetOf(fault, state);
    const who = translate(aimTitle(fault.aim), vscode.l10n);
    const aim = node === undefined ? who : `${who}: ${node}`;
    // What a service has to lose by its own fault, that fault's description says.
    const whole = fault.action.on === 'node' && node !== undefined ? { node } : undefined;
    const stakes = state && whole ? atStake(whole, state, info.cluster) : [];
    // What could be lost comes first: it must not be cut off.
    const detail = [
      ...stakes.map((stake) => translate(stake, vscode.l10n)),
      declared(fault.description, vscode.l10n),
    ].join(' ');
    return { label: declared(fault.title, vscode.l10n), description: aim, detail, fault };
  });
  const title = vscode.l10n.t('Break the cluster how?');
  const picked = await vscode.window.showQuickPick(items, { title, matchOnDetail: true });
  return picked?.fault;
}
