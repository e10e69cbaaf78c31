import type { RenderContext } from './context';
import { sqlIdentifier, sqlLiteral } from '../../services/core/quote';
import { scramVerifier } from './scram';

/**
 * The statements that give a primary the lab's roles, their passwords (as SCRAM verifiers, never in clear) and the
 * application's database. Changes only what differs, so it may run after every promotion.
 */
export function renderRoles({ secrets, settings }: RenderContext): string {
  const { databaseName, databaseUser } = settings.postgresql;
  return [
    '\\set QUIET on',
    "SET client_min_messages = 'warning';",
    role('gitlab-psql', 'LOGIN SUPERUSER', secrets.postgresSuperuser),
    role('gitlab_replicator', 'LOGIN REPLICATION', secrets.postgresReplication),
    role('pgbouncer', 'LOGIN', secrets.pgbouncerAdmin),
    role(databaseUser, 'LOGIN', secrets.postgresApplication),
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
