import { password } from '../core/secrets';

export const SUPERUSER_PASSWORD = password('postgresSuperuser');
export const REPLICATION_PASSWORD = password('postgresReplication');
/** Of the application's own account. */
export const APPLICATION_PASSWORD = password('postgresApplication');
/** Guards what changes something through Patroni's REST API. */
export const REST_PASSWORD = password('patroniRest');
