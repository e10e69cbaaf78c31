import * as vscode from 'vscode';
import type { LabSnapshot } from '../../presentation/lab-snapshot';
import { healthText } from '../../presentation/words/health-text';
import { servicesOn } from '../../services/placement';
import type { ServiceId } from '../../services/registry';

/** The service the user picks among those of a node. */
export async function pickService(
  lab: LabSnapshot,
  node: string,
  title: string,
): Promise<ServiceId | undefined> {
  const states = lab.state?.nodes.find(({ name }) => name === node)?.services ?? [];
  const items = servicesOn(lab.info.cluster, node).map(({ id, title: label }) => {
    const health = states.find(({ service }) => service === id)?.health;
    const trouble = health === undefined || health === 'ok' ? '' : ` · ${healthText(health, vscode.l10n)}`;
    return { label, description: `${id}${trouble}`, id };
  });
  const picked = await vscode.window.showQuickPick(items, { title, matchOnDescription: true });
  return picked?.id;
}
