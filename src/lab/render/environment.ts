import type { ServiceContext } from '../../services/core/context';
import { deployedServices } from '../../services/registry';
import type { PlannedFile } from '../plan/plan';
import type { RenderContext } from './context';
import { PATHS } from './paths';
import { nodesOf } from '../../services/core/placement';
import { shellWord } from '../../services/core/quote';
import { initialMasterAddress } from './sentinel';
import { serviceContext } from './service-context';
import { ROOT } from './users';

/** What the node's shell scripts read (lab/image/rootfs/opt/gitlab/lab); everybody may, so no secret is in it. */
export function renderEnvironment(context: RenderContext): PlannedFile {
  return environmentFile({
    ...common(context),
    LAB_NODE: context.node.name,
    LAB_NODE_ADDRESS: context.node.address,
    ...ofServices(serviceContext(context)),
    ...ofNode(context),
  });
}

/** The gateway's share of it. @param httpPort where the virtual address serves HTTP, when that is not port 80 */
export function renderGatewayEnvironment(
  context: Pick<RenderContext, 'cluster'>,
  httpPort: number | undefined,
): PlannedFile {
  const http = httpPort === undefined ? {} : { LAB_HTTP_PORT: httpPort };
  return environmentFile({ ...common(context), ...http });
}

function environmentFile(values: Readonly<Record<string, string | number>>): PlannedFile {
  const content = Object.entries(values).map(([name, value]) => `${name}=${shellWord(String(value))}\n`);
  return { path: PATHS.environment, content: content.join(''), mode: 0o644, ...ROOT };
}

function common({ cluster }: Pick<RenderContext, 'cluster'>): Record<string, string> {
  return { LAB_NAME: cluster.name, LAB_VIP: cluster.vip };
}

function ofNode(context: RenderContext): Record<string, string | number> {
  const { settings, allSettings } = context;
  const patroniName = (name: string): string => allSettings[name]?.patroni.name ?? name;
  return {
    LAB_PATRONI_SCOPE: settings.patroni.scope,
    LAB_PATRONI_PORT: settings.patroni.restPort,
    // Patroni's member names, which are what the leader key holds.
    LAB_DATABASE_NODES: nodesOf(context, 'database')
      .map((member) => `${patroniName(member.name)}=${member.address}`)
      .join(' '),
    LAB_DATABASE: settings.postgresql.databaseName,
    LAB_PGBOUNCER_PORT: settings.pgbouncer.port,
    LAB_REDIS_PORT: settings.redis.port,
    LAB_REDIS_MASTER_NAME: settings.redis.masterName,
    LAB_REDIS_INITIAL_MASTER: initialMasterAddress(context),
    LAB_SENTINELS: addresses(nodesOf(context, 'cache')),
    LAB_SENTINEL_PORT: settings.sentinel.port,
    LAB_SENTINEL_QUORUM: settings.sentinel.quorum,
    LAB_SENTINEL_DOWN_AFTER_MS: settings.sentinel.downAfterMs,
    LAB_SENTINEL_FAILOVER_TIMEOUT_MS: settings.sentinel.failoverTimeoutMs,
    LAB_SENTINEL_INFO_PERIOD_MS: settings.timings.sentinelInfoPeriodMs,
    // A Sentinel that pings only once per down-after period takes a master it has just turned to for down.
    LAB_SENTINEL_PING_PERIOD_MS: Math.min(1000, Math.max(100, Math.floor(settings.sentinel.downAfterMs / 6))),
    // How long a crashed master waits for another one: detection, election, and some patience.
    LAB_REDIS_FAILOVER_SECONDS: Math.ceil(settings.sentinel.downAfterMs / 1000) + 5,
  };
}

function ofServices(context: ServiceContext): Record<string, string | number> {
  return Object.assign({}, ...deployedServices().map(({ environment }) => environment?.(context))) as Record<
    string,
    string | number
  >;
}

function addresses(nodes: readonly { readonly address: string }[]): string {
  return nodes.map((node) => node.address).join(' ');
}
