import type { ServiceContext } from '../core/context';
import { sqlIdentifier, sqlLiteral } from '../core/notation/quote';
import { PGBOUNCER_PASSWORD } from '../pgbouncer/secrets';
import { POSTGRESQL_SETTINGS } from './postgresql/postgresql-settings';
import { scramVerifier } from '../core/scram';
import { APPLICATION_PASSWORD, REPLICATION_PASSWORD, SUPERUSER_PASSWORD } from './secrets';

/**
 * The statements that give a primary the lab's roles, their passwords (as SCRAM verifiers, never in clear) and the
 * application's database. Changes only what differs, so it may run after every promotion.
 */
export function renderRoles({ secret, settings }: ServiceContext): string {
  const { databaseName, databaseUser } = settings(POSTGRESQL_SETTINGS);
  return [
    '\\set QUIET on',
    "SET client_min_messages = 'warning';",
    role('gitlab-psql', 'LOGIN SUPERUSER', secret(SUPERUSER_PASSWORD)),
    role('gitlab_replicator', 'LOGIN REPLICATION', secret(REPLICATION_PASSWORD)),
    role('pgbouncer', 'LOGIN', secret(PGBOUNCER_PASSWORD)),
    role(databaseUser, 'LOGIN', secret(APPLICATION_PASSWORD)),
    `SELECT format('CREATE DATABASE %I OWNER %I', ${sqlLiteral(databaseName)}, ${sqlLiteral(databaseUser)})`,
    ` WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = ${sqlLiteral(databaseName)}) \\gexec`,
    '',
  ].join('\n');
}

function role(name: string, attributes: string, password: string): string {
  const verifier = sqlLiteral(scramVerifier(name, password));
  const identifier = sqlIdentifier(name);
  const literal = sqlLiteral(name);
  return `DO $lab$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = ${literal}) THEN
    CREATE ROLE ${identifier} ${attributes};
  END IF;
  IF (SELECT rolpassword FROM pg_authid WHERE rolname = ${literal}) IS DISTINCT FROM ${verifier} THEN
    ALTER ROLE ${identifier} PASSWORD ${verifier};
  END IF;
END $lab$;`;
}
