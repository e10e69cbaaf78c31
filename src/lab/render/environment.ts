import { serviceEnvironment } from '../../services/render';
import { GATEWAY_PORTS } from '../published';
import type { PublishedWay } from '../published';
import type { PlannedFile } from '../plan/plan';
import type { RenderContext } from './context';
import { PATHS } from './paths';
import { shellWord } from '../../services/core/notation/quote';
import { serviceContext } from './service-context';
import { ROOT } from '../../services/core/file';

/** What the node's shell scripts read (/opt/gitlab/lab in the image); everybody may, so no secret is in it. */
export function renderEnvironment(context: RenderContext): PlannedFile {
  return environmentFile({
    ...common(context),
    LAB_NODE: context.node.name,
    LAB_NODE_ADDRESS: context.node.address,
    ...serviceEnvironment(serviceContext(context)),
  });
}

/** The gateway's share of it. @param entrances where the virtual address takes people in */
export function renderGatewayEnvironment(
  context: Pick<RenderContext, 'cluster'>,
  { http, https, ssh }: Readonly<Record<PublishedWay, number | undefined>>,
): PlannedFile {
  return environmentFile({
    ...common(context),
    ...(http === undefined || http === GATEWAY_PORTS.http ? {} : { LAB_HTTP_PORT: http }),
    ...(https === undefined ? {} : { LAB_HTTPS_PORT: https }),
    ...(ssh === undefined ? {} : { LAB_SSH_PORT: ssh }),
  });
}

function environmentFile(values: Readonly<Record<string, string | number>>): PlannedFile {
  const content = Object.entries(values).map(([name, value]) => `${name}=${shellWord(String(value))}\n`);
  return { path: PATHS.environment, content: content.join(''), mode: 0o644, ...ROOT };
}

function common({ cluster }: Pick<RenderContext, 'cluster'>): Record<string, string> {
  return { LAB_NAME: cluster.name, LAB_VIP: cluster.vip };
}
