import type { ClientWay } from '../core/client-way';
import { POSTGRESQL_SETTINGS } from '../patroni/postgresql/postgresql-settings';
import { APPLICATION_PASSWORD } from '../patroni/secrets';
import type { DatabaseState } from '../patroni/whole';
import { PGBOUNCER_SETTINGS } from './settings';

/** As the application does: to PgBouncer, which sends on to the leader. */
export const postgresWay = {
  id: 'postgres',
  title: 'PostgreSQL',
  passes: ['HAProxy', 'PgBouncer', 'Patroni'],
  command: 'write',
  layer: 'database',
  tried: true,
  port: (settings) => settings(PGBOUNCER_SETTINGS).port,
  login(settings, secret) {
    const { databaseName, databaseUser } = settings(POSTGRESQL_SETTINGS);
    return { database: databaseName, user: databaseUser, password: secret(APPLICATION_PASSWORD) };
  },
  keptAt: { service: 'patroni', port: 'postgresql' },
  leader: ({ database }) => database.leader,
} as const satisfies ClientWay<{ readonly database: DatabaseState }>;
