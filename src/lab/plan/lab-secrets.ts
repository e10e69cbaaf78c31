import type { LabSecrets } from '../../services/secrets';

/** Replaces every secret in a text that leaves the lab (logs, errors) by asterisks. */
export function redactSecrets(text: string, secrets: LabSecrets): string {
  return Object.values(secrets).reduce<string>(
    (result, secret: string) => result.replaceAll(secret, '***'),
    text,
  );
}
