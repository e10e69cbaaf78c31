import type { LabInfo } from '../../src/lab/lab-service';
import type { NodeTransport } from '../../src/transport/transport';

/** Where a client in the gateway finds the cluster: under its domain over HTTPS where there is that, else by its address. */
export function clusterUrl({ published, cluster }: Pick<LabInfo, 'published' | 'cluster'>): string {
  return published?.https === undefined ? `http://${cluster.vip}` : `https://${cluster.domain}`;
}

/** Makes names known to the gateway, as a name server would. @param names with their addresses */
export async function nameInGateway(
  gateway: NodeTransport,
  names: readonly { readonly name: string; readonly address: string }[],
): Promise<void> {
  const script = 'for line; do grep -qxF "$line" /etc/hosts || echo "$line" >>/etc/hosts; done';
  const lines = names.map(({ name, address }) => `${address} ${name}`);
  const { exitCode, stderr } = await gateway.exec(['sh', '-c', script, 'hosts', ...lines]);
  if (exitCode !== 0) throw new Error(`the gateway does not take names: ${stderr}`);
}
