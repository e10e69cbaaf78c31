import type { ServiceContext } from '../core/context';
import { privateFile } from '../core/file';
import type { NodeFile } from '../core/file';
import { stopSeconds } from '../core/notation/go-duration';
import { nodesOf } from '../core/placement';
import { laidOver, onNode, tablesIn, textAt } from '../core/notation/plain-table';
import type { PlainTable } from '../core/notation/plain-table';
import { toToml } from '../core/notation/toml';
import { GIT_USER } from '../gitaly/account';
import { GITALY_TOKEN } from '../gitaly/secrets';
import { GITALY_SETTINGS, storagesOf } from '../gitaly/settings';
import { POSTGRESQL_SETTINGS } from '../patroni/postgresql/postgresql-settings';
import { PRAEFECT_DATABASE_PASSWORD, PRAEFECT_TOKEN } from './secrets';
import { databaseOf, PRAEFECT_SETTINGS } from './settings';

const HOME = '/var/opt/gitlab/praefect';
/** A minute in the package: who stops a service would wait for it, and requests that are open as long hold it up. */
const USUAL_STOP_TIME = '10s';

/** Praefect's own file: the package's defaults, then what gitlab.rb says, then what only the lab can know. */
export function renderPraefect(context: ServiceContext): readonly NodeFile[] {
  return [privateFile(`${HOME}/config.toml`, toToml(praefectConfig(context)), GIT_USER)];
}

/** How scripts make its database and reach it: all database nodes, of which the client takes the one that leads. */
export function praefectEnvironment(context: ServiceContext): Readonly<Record<string, string | number>> {
  if (nodesOf(context, 'git').length === 0) return {};
  const praefect = context.settings(PRAEFECT_SETTINGS);
  const { database, user } = databaseOf(praefect);
  const stopTime = textAt(praefect.configuration, 'graceful_stop_timeout');
  return {
    LAB_PRAEFECT_PORT: PRAEFECT_SETTINGS.ports?.(praefect)['praefect'] ?? 2305,
    LAB_PRAEFECT_DATABASE: database,
    LAB_PRAEFECT_USER: user,
    LAB_PRAEFECT_STOP_TIME: stopSeconds(stopTime, USUAL_STOP_TIME),
    LAB_DATABASE_HOSTS: databaseHosts(context),
    LAB_DATABASE_PORT: context.settings(POSTGRESQL_SETTINGS).port,
    // Of the application: there stand the names of its projects.
    LAB_DATABASE_USER: context.settings(POSTGRESQL_SETTINGS).databaseUser,
  };
}

function databaseHosts(context: ServiceContext): string {
  return nodesOf(context, 'database')
    .map(({ address }) => address)
    .join(',');
}

function praefectConfig(context: ServiceContext): PlainTable {
  const { node } = context;
  const praefect = context.settings(PRAEFECT_SETTINGS);
  const { database, user } = databaseOf(praefect);
  const usual: PlainTable = {
    listen_addr: `${node.address}:2305`,
    prometheus_listen_addr: `${node.address}:9652`,
    graceful_stop_timeout: USUAL_STOP_TIME,
    logging: { level: 'info', format: 'json' },
    database: {
      host: databaseHosts(context),
      port: context.settings(POSTGRESQL_SETTINGS).port,
      user,
      dbname: database,
      sslmode: 'disable',
    },
    failover: { enabled: true, election_strategy: 'per_repository' },
    // Five minutes in the package: nobody in a lab waits for so long until a replica is whole again.
    reconciliation: { scheduling_interval: '10s' },
    background_verification: { verification_interval: '1h', delete_invalid_records: true },
    virtual_storage: [usualVirtualStorage(context)],
  };
  const wanted = laidOver(usual, praefect.configuration);
  return laidOver(wanted, {
    listen_addr: onNode(node.address, textAt(wanted, 'listen_addr')),
    prometheus_listen_addr: onNode(node.address, textAt(wanted, 'prometheus_listen_addr')),
    auth: { token: context.secret(PRAEFECT_TOKEN) },
    database: { password: context.secret(PRAEFECT_DATABASE_PASSWORD) },
    virtual_storage: tablesIn(wanted['virtual_storage']).map((storage) => ({
      default_replication_factor: tablesIn(storage['node']).length,
      ...storage,
      node: tablesIn(storage['node']).map((each) => ({ ...each, token: context.secret(GITALY_TOKEN) })),
    })),
  });
}

/** Every Gitaly of the layer in one virtual storage. */
function usualVirtualStorage(context: ServiceContext): PlainTable {
  const node = nodesOf(context, 'git').flatMap(({ name, address }) => {
    const gitaly = context.settings(GITALY_SETTINGS, name);
    const port = GITALY_SETTINGS.ports?.(gitaly)['gitaly'] ?? 8075;
    return storagesOf(gitaly).map((storage) => ({ storage, address: `tcp://${address}:${port}` }));
  });
  return { name: 'default', node };
}
