import { secret } from '../core/secrets';

/** Eight characters: VRRP authentication takes no more. */
export const VRRP_PASSWORD = secret('vrrp', (randomBytes) => randomBytes(4).toString('hex'));
