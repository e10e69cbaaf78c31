import type { PlannedFile } from '../plan/plan';
import type { RenderContext } from './context';
import { renderGatewayEnvironment } from './environment';
import { PATHS } from './paths';
import { ROOT } from './users';

/** The part of the context that the gateway's files depend on. */
export type GatewayContext = Pick<RenderContext, 'cluster' | 'allSettings' | 'secrets'>;

/** The gateway passes VIP:80 on and is where probes run, so it knows how a client logs in and nothing else. */
export function renderGateway(context: GatewayContext): readonly PlannedFile[] {
  return [renderGatewayEnvironment(context), renderProbe(context)];
}

function renderProbe({ cluster, allSettings, secrets }: GatewayContext): PlannedFile {
  const settings = cluster.nodes.map((node) => allSettings[node.name]).find((found) => found !== undefined);
  const content = {
    host: cluster.vip,
    postgres: {
      port: settings?.pgbouncer.port ?? 6432,
      database: settings?.postgresql.databaseName ?? 'gitlabhq_production',
      user: settings?.postgresql.databaseUser ?? 'gitlab',
      password: secrets.postgresApplication,
    },
    redis: { port: settings?.redis.port ?? 6379, password: secrets.redis },
  };
  return { path: PATHS.probe, content: `${JSON.stringify(content, null, 2)}\n`, mode: 0o600, ...ROOT };
}
