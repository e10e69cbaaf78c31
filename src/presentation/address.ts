import { portsOf } from '../services/ports';
import type { LabInfo } from '../lab/lab-service';
import type { Target } from './topology/tree-node';

/** The address of what a row stands for: `ip`, `ip:port` for a service, the URL of the gateway. */
export function addressOf(target: Target, lab: LabInfo): string | undefined {
  if (target.kind === 'gateway') return lab.httpUrl;
  if (target.kind !== 'node' && target.kind !== 'service') return undefined;
  const node = lab.cluster.nodes.find((candidate) => candidate.name === target.node);
  if (!node || target.kind === 'node') return node?.address;
  const port = portsOf(target.service, lab.sources?.ports?.[node.name]).find(
    (candidate) => candidate.protocol !== 'vrrp',
  );
  return port ? `${node.address}:${port.port}` : node.address;
}
