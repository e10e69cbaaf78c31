/**
 * How the services are written into a node: what a deployment knows of them. Apart from the registry, because the
 * language server and a starting extension need no renderers.
 */
import { consulEnvironment, renderConsul } from './consul/render';
import { etcdEnvironment, renderEtcd } from './etcd/render';
import { gitalyEnvironment, renderGitaly } from './gitaly/render';
import { renderSshd } from './gitlab-sshd/render';
import { renderWorkhorse } from './gitlab-workhorse/render';
import { renderHaproxy } from './haproxy/render';
import { renderKeepalived } from './keepalived/render';
import { renderNginx } from './nginx/render';
import { renderObjectStorage } from './object-storage/render';
import { patroniEnvironment, renderPatroni } from './patroni/render';
import { pgbouncerEnvironment, renderPgbouncer } from './pgbouncer/render';
import { praefectEnvironment, renderPraefect } from './praefect/render';
import { renderPuma } from './puma/render';
import { redisEnvironment, renderRedis } from './redis/render';
import { renderRedisExporter } from './redis-exporter/render';
import { sentinelEnvironment, renderSentinel } from './sentinel/render';
import { renderSidekiq, sidekiqEnvironment } from './sidekiq/render';
import type { ServiceContext, ServiceRenderer } from './core/context';
import type { NodeFile } from './core/file';
import { servicesOn } from './placement';
import { deployedServices } from './registry';
import type { DeployedServiceId } from './registry';

const RENDERERS: Readonly<Record<DeployedServiceId, ServiceRenderer>> = {
  consul: { render: renderConsul, environment: consulEnvironment },
  etcd: { render: renderEtcd, environment: etcdEnvironment },
  patroni: { render: renderPatroni, environment: patroniEnvironment },
  pgbouncer: { render: renderPgbouncer, environment: pgbouncerEnvironment },
  redis: { render: renderRedis, environment: redisEnvironment },
  sentinel: { render: renderSentinel, environment: sentinelEnvironment },
  gitaly: { render: renderGitaly, environment: gitalyEnvironment },
  praefect: { render: renderPraefect, environment: praefectEnvironment },
  puma: { render: renderPuma },
  sidekiq: { render: renderSidekiq, environment: sidekiqEnvironment },
  'gitlab-workhorse': { render: renderWorkhorse },
  nginx: { render: renderNginx },
  'gitlab-sshd': { render: renderSshd },
  haproxy: { render: renderHaproxy },
  keepalived: { render: renderKeepalived },
  'object-storage': { render: renderObjectStorage },
  'redis-exporter': { render: renderRedisExporter },
};

/** The files of all services that run on the context's node. */
export function serviceFiles(context: ServiceContext): readonly NodeFile[] {
  return servicesOn(context.cluster, context.node.name).flatMap(({ id }) => RENDERERS[id].render(context));
}

/** What scripts need to know of all services, wherever they run. */
export function serviceEnvironment(context: ServiceContext): Readonly<Record<string, string | number>> {
  const parts = deployedServices().map(({ id }) => RENDERERS[id].environment?.(context));
  return Object.assign({}, ...parts) as Record<string, string | number>;
}
