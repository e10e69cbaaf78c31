import { secret } from '../core/secrets';

/** 32 random bytes, base64: the encryption of gossip. */
export const GOSSIP_KEY = secret('consulGossip', (randomBytes) => randomBytes(32).toString('base64'));
