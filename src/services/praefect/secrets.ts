import { password } from '../core/secrets';

/** What the application shows to Praefect. */
export const PRAEFECT_TOKEN = password('praefectToken');
/** Of Praefect's own account in the database. */
export const PRAEFECT_DATABASE_PASSWORD = password('praefectDatabase');
