import { name, type Conversion } from '../core/conversion';

/** PostgreSQL cuts longer names off, and two names may then be one (NAMEDATALEN - 1). */
const LONGEST_NAME_BYTES = 63;

/** Accounts the lab makes itself: whoever takes one of their names would get their password and their rights. */
const ACCOUNTS_OF_THE_LAB = new Set(['gitlab-psql', 'gitlab_replicator', 'pgbouncer']);
/** Words that name no account where PostgreSQL, pg_hba.conf or PgBouncer read them. */
const NO_ACCOUNTS = new Set(['public', 'none', 'all']);
/** Made by PostgreSQL itself: closed for clients, or not the application's to change. */
const DATABASES_OF_POSTGRESQL = new Set(['template0', 'template1', 'postgres']);
/** What pg_hba.conf and PgBouncer mean by these is no database of that name. */
const NO_DATABASES = new Set(['pgbouncer', 'replication', 'all', 'sameuser', 'samerole', 'samegroup']);

type Fault = { readonly problem: string; readonly remedy: string };

/** The application's account at PostgreSQL. */
export const databaseUser: Conversion<string> = name((user) => {
  const remedy = "Choose another name, for example 'gitlab'.";
  if (ACCOUNTS_OF_THE_LAB.has(user))
    return { problem: `is '${user}', an account that the cluster needs for itself`, remedy };
  if (user.startsWith('pg_'))
    return { problem: `is '${user}'; PostgreSQL keeps pg_… for its own roles`, remedy };
  if (NO_ACCOUNTS.has(user)) return { problem: `is '${user}', a word that names no account`, remedy };
  return tooLong(user);
});

/** The application's database. */
export const databaseName: Conversion<string> = name((database) => {
  const remedy = "Choose another name, for example 'gitlabhq_production'.";
  if (DATABASES_OF_POSTGRESQL.has(database))
    return { problem: `is '${database}', a database that PostgreSQL makes for itself`, remedy };
  if (NO_DATABASES.has(database))
    return { problem: `is '${database}', a word that names no database`, remedy };
  return tooLong(database);
});

/** Patroni's scope: one part of the path of its keys in Consul, so no step to another one. */
export const patroniScope: Conversion<string> = name((scope) =>
  scope === '.' || scope === '..'
    ? {
        problem: `is '${scope}', which leads to another path in Consul`,
        remedy: "Write a name, for example 'gitlab'.",
      }
    : undefined,
);

function tooLong(written: string): Fault | undefined {
  // Plain names are ASCII: one byte each.
  if (written.length <= LONGEST_NAME_BYTES) return undefined;
  return {
    problem: `has ${written.length} bytes, and PostgreSQL keeps ${LONGEST_NAME_BYTES} of a name`,
    remedy: `Use at most ${LONGEST_NAME_BYTES} letters.`,
  };
}
