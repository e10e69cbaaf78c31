import { portOf } from '../../services/ports';
import { service as serviceOf } from '../../services/registry';
import type { FeatureContext } from '../common/feature-context';
import type { Target } from '../../presentation/topology/tree-node';
import { dialPage } from './dial-page';
import type { Forwards } from './forwards';
import { openExternal } from './open-external';

/** Opens the page of one service through a port of this machine that leads to it. Loaded when it is asked for. */
export async function openService(
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
