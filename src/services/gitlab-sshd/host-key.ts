import { createPrivateKey } from 'node:crypto';

/** An Ed25519 key is a seed in a fixed frame (RFC 8410, section 7). */
const PKCS8_FRAME = '302e020100300506032b657004220420';

/** The host key that follows from a seed, as PEM. @param seed 64 hexadecimal digits */
export function hostKey(seed: string): string {
  const der = Buffer.from(`${PKCS8_FRAME}${seed}`, 'hex');
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    .export({ format: 'pem', type: 'pkcs8' })
    .toString();
}
