import type { ServiceContext } from '../../core/context';
import { nodesOf } from '../../core/placement';
import { databaseOf, PRAEFECT_SETTINGS } from '../../praefect/settings';
import { POSTGRESQL_SETTINGS } from './postgresql-settings';

/**
 * pg_hba.conf, first match wins: the socket by operating system user; replication and the superuser (pg_rewind) from
 * the database nodes; everybody else with a password from the networks gitlab.rb allows. Never `trust`.
 */
export function renderHba(context: ServiceContext): readonly string[] {
  const nodes = nodesOf(context, 'database').map((node) => `${node.address}/32`);
  const makers = nodesOf(context, 'git').map((node) => `${node.address}/32`);
  const { database } = databaseOf(context.settings(PRAEFECT_SETTINGS));
  const { databaseUser, passwordNetworks } = context.settings(POSTGRESQL_SETTINGS);
  return [
    'local all gitlab-psql peer map=lab',
    // Patroni reads its own timeline through these two; without them a former primary is never rewound.
    'local replication gitlab_replicator peer map=lab',
    'host replication gitlab_replicator 127.0.0.1/32 scram-sha-256',
    ...nodes.map((address) => `host replication gitlab_replicator ${address} scram-sha-256`),
    ...nodes.map((address) => `host all gitlab-psql ${address} scram-sha-256`),
    // Praefect makes its own account and database at its start, also from a node that has no database.
    ...makers
      .filter((address) => !nodes.includes(address))
      .map((address) => `host postgres,${quoted(database)} gitlab-psql ${address} scram-sha-256`),
    'host all gitlab-psql 0.0.0.0/0 reject',
    'host all gitlab_replicator 0.0.0.0/0 reject',
    // PgBouncer of any node, for auth_query.
    ...context.cluster.nodes.map((node) => `host all pgbouncer ${node.address}/32 scram-sha-256`),
    `local all ${quoted(databaseUser)} scram-sha-256`,
    ...passwordNetworks.map((network) => `host all all ${network} scram-sha-256`),
    'host all all 127.0.0.1/32 scram-sha-256',
  ];
}

function quoted(name: string): string {
  return /^[a-z_][a-z0-9_]*$/u.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
