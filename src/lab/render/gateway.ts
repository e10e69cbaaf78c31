import type { Cluster } from '../../cluster/cluster';
import { entrancesOf, NO_ENTRANCES, type Entrances } from '../plan/entrances';
import type { PlannedFile } from '../plan/plan';
import type { RenderContext } from './context';
import { renderGatewayEnvironment } from './environment';
import { PATHS } from './paths';
import { ROOT } from '../../services/core/file';

/** Where the gateway's programs look when nothing else is said. */
const USUAL_HTTP_PORT = 80;

/** The part of the context that the gateway's files depend on. */
export type GatewayContext = Pick<RenderContext, 'cluster' | 'allSettings' | 'secrets' | 'haproxyCfg'>;

/**
 * The gateway passes its port 80 on to the virtual address and is where probes run, so it knows how a client comes in
 * and nothing else.
 */
export function renderGateway(context: GatewayContext): readonly PlannedFile[] {
  const served = context.cluster.layers.access.enabled;
  const entrances = served ? entrancesOf(context) : NO_ENTRANCES;
  const httpPort = entrances.http === USUAL_HTTP_PORT ? undefined : entrances.http;
  return [
    renderGatewayEnvironment(context, httpPort),
    renderProbe(context, { ...entrances, http: httpPort }),
  ];
}

function renderProbe({ cluster, allSettings, secrets }: GatewayContext, entrances: Entrances): PlannedFile {
  const settings = cluster.nodes.map((node) => allSettings[node.name]).find((found) => found !== undefined);
  const ways = waysOf(cluster, entrances);
  const content = {
    host: cluster.vip,
    ...(entrances.http === undefined ? {} : { http: { port: entrances.http } }),
    postgres: {
      port: entrances.postgres ?? settings?.pgbouncer.port ?? 6432,
      database: settings?.postgresql.databaseName ?? 'gitlabhq_production',
      user: settings?.postgresql.databaseUser ?? 'gitlab',
      password: secrets.postgresApplication,
    },
    redis: { port: entrances.redis ?? settings?.redis.port ?? 6379, password: secrets.redis },
    ...(ways.length === 0 ? {} : { ways }),
  };
  return { path: PATHS.probe, content: `${JSON.stringify(content, null, 2)}\n`, mode: 0o600, ...ROOT };
}

/** The paths on which a client can write through the virtual address, as the workspace's files are meant. */
function waysOf({ layers }: Cluster, entrances: Entrances): readonly string[] {
  return [
    ...(entrances.postgres !== undefined && layers.database.enabled ? ['postgres'] : []),
    ...(entrances.redis !== undefined && layers.cache.enabled ? ['redis'] : []),
  ];
}
