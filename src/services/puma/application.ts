import type { ServiceContext } from '../core/context';
import { nodesOf, votersOf } from '../core/placement';
import { isTable, textAt } from '../core/notation/plain-table';
import { SHELL_SECRET } from '../gitaly/secrets';
import { OBJECT_STORE_KEY, OBJECT_STORE_SECRET } from '../object-storage/secrets';
import { endpointOf, OBJECT_STORAGE_SETTINGS } from '../object-storage/settings';
import { APPLICATION_PASSWORD } from '../patroni/secrets';
import { PRAEFECT_TOKEN } from '../praefect/secrets';
import { PRAEFECT_SETTINGS } from '../praefect/settings';
import { POSTGRESQL_SETTINGS } from '../patroni/postgresql/postgresql-settings';
import { REDIS_PASSWORD } from '../redis/secrets';
import { REDIS_SETTINGS } from '../redis/settings';
import { SENTINEL_SETTINGS } from '../sentinel/settings';
import { SIDEKIQ_SETTINGS } from '../sidekiq/settings';
import { RAILS_SETTINGS } from './rails-settings';
import { ROOT_PASSWORD, ROOT_TOKEN, WORKHORSE_SECRET } from './secrets';

/** Whom it trusts for the object store: the lab's own authority, as on every node. */
const AUTHORITY = '/etc/gitlab/trusted-certs/lab-ca.crt';

/** What the application goes by: the file `standin.json`, whose keys are the stand-in's own (`Standin::Settings`). */
export function application(context: ServiceContext): object {
  const { cluster, node } = context;
  const rails = context.settings(RAILS_SETTINGS);
  return {
    node: node.name,
    version: cluster.gitlabVersion,
    external_url: rails.externalUrl,
    database: database(context),
    redis: redis(context),
    gitaly: { storages: storages(context) },
    object_store: objectStore(context),
    secrets: {
      shell: context.secret(SHELL_SECRET),
      workhorse: context.secret(WORKHORSE_SECRET),
      root_password: context.secret(ROOT_PASSWORD),
      root_token: context.secret(ROOT_TOKEN),
    },
    monitoring_whitelist: rails.monitoringNetworks,
    trusted_proxies: ['127.0.0.0/8', ...rails.trustedProxies],
    coordination: 'http://127.0.0.1:8500',
    sidekiq: health(context),
  };
}

function health({ settings }: ServiceContext): object {
  const { healthChecks, healthAddress, healthPort } = settings(SIDEKIQ_SETTINGS);
  return { health_checks: healthChecks, health_address: healthAddress, health_port: healthPort };
}

function database({ secret, settings }: ServiceContext): object {
  const { databaseHost, databasePort, databasePool } = settings(RAILS_SETTINGS);
  const { databaseName, databaseUser } = settings(POSTGRESQL_SETTINGS);
  return {
    host: databaseHost,
    port: databasePort,
    name: databaseName,
    user: databaseUser,
    password: secret(APPLICATION_PASSWORD),
    pool: databasePool,
  };
}

function redis(context: ServiceContext): object {
  const sentinels = [...new Set([...nodesOf(context, 'cache'), ...votersOf(context, 'cache')])];
  return {
    sentinels: sentinels.map(({ name, address }) => ({
      host: address,
      port: context.settings(SENTINEL_SETTINGS, name).port,
    })),
    master: context.settings(REDIS_SETTINGS).masterName,
    password: context.secret(REDIS_PASSWORD),
    // One password for both, as the lab's Sentinels have it.
    sentinel_password: context.secret(REDIS_PASSWORD),
  };
}

/** Where its repositories are: as gitlab.rb says, else Praefect of this node, or of the first that has one. */
function storages(context: ServiceContext): object {
  const praefect = context.settings(PRAEFECT_SETTINGS);
  const token = context.secret(PRAEFECT_TOKEN);
  const named = Object.entries(praefect.repositoryStorages).flatMap(([name, storage]) => {
    const address = isTable(storage) ? textAt(storage, 'gitaly_address') : undefined;
    return address === undefined ? [] : [[name, { address, token }] as const];
  });
  if (named.length > 0) return Object.fromEntries(named);
  const nodes = nodesOf(context, 'git');
  const nearest = nodes.find(({ name }) => name === context.node.name) ?? nodes[0];
  if (!nearest) return {};
  const port = PRAEFECT_SETTINGS.ports?.(context.settings(PRAEFECT_SETTINGS, nearest.name))['praefect'];
  return { default: { address: `tcp://${nearest.address}:${port ?? 2305}`, token } };
}

/** Where it keeps files; null: it keeps none, because gitlab.rb does not switch object storage on. */
function objectStore(context: ServiceContext): object | null {
  const store = context.settings(OBJECT_STORAGE_SETTINGS);
  if (!store.enabled) return null;
  const { host, port } = endpointOf(store);
  return {
    endpoint: `https://${host}:${port}`,
    region: store.region,
    access_key: context.secret(OBJECT_STORE_KEY),
    secret_key: context.secret(OBJECT_STORE_SECRET),
    ca_file: AUTHORITY,
    path_style: true,
    buckets: store.buckets,
  };
}
