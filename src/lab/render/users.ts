/** Owners of files in a node, as the image fixes them (lab/image/users.json; a test compares the two). */
export interface FileOwner {
  readonly uid: number;
  readonly gid: number;
}

const account = (id: number): FileOwner => ({ uid: id, gid: id });

export const ROOT = account(0);
/** PostgreSQL, Patroni and PgBouncer. */
export const POSTGRES_USER = account(996);
/** Redis and Sentinel. */
export const REDIS_USER = account(997);
