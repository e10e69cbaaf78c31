import { password, secret } from '../core/secrets';

/** What clients call themselves. Swift's own form: the account that owns the buckets, a colon, a user. */
export const OBJECT_STORE_KEY = secret(
  'objectStoreKey',
  (randomBytes) => `lab:u${randomBytes(8).toString('hex')}`,
);
export const OBJECT_STORE_SECRET = password('objectStoreSecret');
