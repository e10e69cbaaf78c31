import type { LabSecrets } from '../render/context';

const PASSWORD_BYTES = 24;
const GOSSIP_BYTES = 32;
const VRRP_BYTES = 4;

/**
 * New secrets for a lab.
 * @param randomBytes a cryptographic source, `randomBytes` of node:crypto
 */
export function generateSecrets(randomBytes: (size: number) => Buffer): LabSecrets {
  // Hexadecimal, because passwords end up in URLs, INI files and shell words.
  const password = (): string => randomBytes(PASSWORD_BYTES).toString('hex');
  return {
    postgresSuperuser: password(),
    postgresReplication: password(),
    postgresApplication: password(),
    pgbouncerAdmin: password(),
    patroniRest: password(),
    redis: password(),
    haproxyStats: password(),
    vrrp: randomBytes(VRRP_BYTES).toString('hex'),
    consulGossip: randomBytes(GOSSIP_BYTES).toString('base64'),
  };
}

/** Replaces every secret in a text that leaves the lab (logs, errors) by asterisks. */
export function redactSecrets(text: string, secrets: LabSecrets): string {
  return Object.values(secrets).reduce<string>(
    (result, secret: string) => result.replaceAll(secret, '***'),
    text,
  );
}
