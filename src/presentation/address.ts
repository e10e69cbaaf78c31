import { machinesOf } from '../cluster/machines';
import { whereIs } from '../services/where-is';
import type { LabInfo } from '../lab/lab-service';
import { webUrl } from './lab-url';
import { workspaceAddress } from './workspace-address';
import type { Target } from './topology/tree-node';

/** The address of what a row stands for, as the user's files have it: `ip`, `ip:port` for a service, the URL of the gateway. */
export function addressOf(target: Target, lab: LabInfo): string | undefined {
  if (target.kind === 'gateway') return webUrl(lab);
  if (target.kind !== 'node' && target.kind !== 'service') return undefined;
  const node = machinesOf(lab.cluster).find((candidate) => candidate.name === target.node);
  if (!node) return undefined;
  const shown = (address: string): string => workspaceAddress(lab, address);
  if (target.kind === 'node') return shown(node.address);
  return whereIs(target.service, node, lab.sources ?? {}, shown);
}
