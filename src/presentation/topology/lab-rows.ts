/** What the rows of a lab, its nodes and its gateway say. */
import { webUrl } from '../lab-url';
import type { Health, NodeState } from '../../observe/state';
import { containerText, healthText } from '../words/health-text';
import type { Localizer } from '../words/localizer';
import type { LabSnapshot } from '../lab-snapshot';
import { workspaceAddress } from '../workspace-address';
import type { TreeNode } from './tree-node';

/** Health of a whole lab: what was observed, or failed when Docker says that nothing of it runs. */
export function labHealth(lab: LabSnapshot): Health {
  if (lab.info.phase === 'stopped') return 'failed';
  return lab.state?.health ?? 'unknown';
}

/** Health, database leader and VIP holder in one line. */
export function labDescription(lab: LabSnapshot, l10n: Localizer): string {
  if (lab.info.phase === 'stopped') return l10n.t('stopped');
  const health = labHealth(lab);
  if (health === 'unknown' || !lab.state) return healthText('unknown', l10n);
  const parts = [healthText(health, l10n)];
  if (lab.state.database.leader !== undefined) parts.push(l10n.t('leader {0}', lab.state.database.leader));
  const holders = lab.state.vip.holders;
  if (holders.length > 0) parts.push(l10n.t('VIP {0}', holders.join(', ')));
  return parts.join(' · ');
}

/** What a node is at this moment, then its address. While something is done to the lab its health says nothing. */
export function nodeDescription(node: NodeState, lab: LabSnapshot, l10n: Localizer): string {
  const { state, activity } = lab;
  const parts: string[] = [];
  if (node.container !== 'running') parts.push(containerText(node.container, l10n));
  if (node.connected === false) parts.push(l10n.t('cut from network'));
  // Being down or cut off says it all; a health beside it says nothing more.
  const away = parts.length > 0;
  if (state?.database.leader === node.name) parts.push(l10n.t('leader'));
  if (node.holdsVip === true) parts.push(l10n.t('VIP'));
  if (!away && node.health !== 'ok' && activity === undefined) {
    parts.push(healthText(node.health, l10n));
  }
  parts.push(workspaceAddress(lab.info, node.address));
  return parts.join(' · ');
}

/** The container that publishes the ways in at the VIP on this machine. */
export function gatewayRow(lab: LabSnapshot, l10n: Localizer): TreeNode {
  const { info } = lab;
  const container = info.containers.find((candidate) => candidate.role === 'gateway');
  const state = container?.state ?? 'missing';
  const url = webUrl(info);
  const up = state === 'running' && url !== undefined;
  const description = up ? url : containerText(state, l10n);
  return {
    id: `lab:${info.name}/gateway`,
    target: { kind: 'gateway', lab: info.name },
    label: l10n.t('Gateway'),
    description,
    icon: 'plug',
    tone: up ? 'good' : state === 'running' ? 'quiet' : 'bad',
    contextValue: `;gateway;${up ? 'web;address;' : ''}`,
    accessibleLabel: l10n.t('Gateway to the virtual address, {0}', description),
    expanded: false,
    children: [],
  };
}
