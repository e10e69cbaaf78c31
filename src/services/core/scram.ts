import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';

const ITERATIONS = 4096;

/**
 * The SCRAM-SHA-256 verifier of a password, as PostgreSQL stores it. The salt follows from role and password, so
 * the same secret always gives the same verifier: a node can tell whether a role already has its password, and
 * PgBouncer's pass-through keeps working because the verifier never changes without need.
 * @param password ASCII; other text would need SASLprep
 */
export function scramVerifier(role: string, password: string): string {
  const salt = createHmac('sha256', password).update(`salt:${role}`).digest().subarray(0, 16);
  return verifierWithSalt(password, salt);
}

/** The verifier for a given salt: `SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey` (RFC 5802, RFC 7677). */
export function verifierWithSalt(password: string, salt: Uint8Array): string {
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, 'sha256');
  const clientKey = createHmac('sha256', salted).update('Client Key').digest();
  const storedKey = createHash('sha256').update(clientKey).digest('base64');
  const serverKey = createHmac('sha256', salted).update('Server Key').digest('base64');
  return `SCRAM-SHA-256$${ITERATIONS}:${Buffer.from(salt).toString('base64')}$${storedKey}:${serverKey}`;
}
