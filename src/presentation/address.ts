import { machinesOf } from '../cluster/machines';
import { portsOf } from '../services/ports';
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
  const address = workspaceAddress(lab, node.address);
  if (target.kind === 'node') return address;
  const port = portsOf(target.service, lab.sources?.ports?.[node.name]).find(
    (candidate) => candidate.protocol !== 'vrrp',
  );
  return port ? `${address}:${port.port}` : address;
}
