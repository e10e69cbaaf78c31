import { account } from '../core/file';

/** PostgreSQL, Patroni and PgBouncer. */
export const POSTGRES_USER = account(996);
