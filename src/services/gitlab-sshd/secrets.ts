import { secret } from '../core/secrets';

/** The seed of the host key: the same on all nodes, or a client would be warned after a failover. */
export const HOST_KEY_SEED = secret('sshHostKey', (randomBytes) => randomBytes(32).toString('hex'));
