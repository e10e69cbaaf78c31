import { password } from '../core/secrets';

/** Of the account that looks passwords up and is PgBouncer's administrator. */
export const PGBOUNCER_PASSWORD = password('pgbouncerAdmin');
