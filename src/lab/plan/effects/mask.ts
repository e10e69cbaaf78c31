import type { LabSecrets } from '../../../services/secrets';
import { redactSecrets } from '../lab-secrets';

const HIDDEN = '***';
/** A name that says it, and a value in quotes: in Ruby, JSON, YAML and configuration files alike. */
const NAMED =
  /((?:password(?!_encryption)|passwd|secret|token|encrypt(?!ion\b)|private_key|auth_pass|access_key|requirepass|masterauth)\w*['"\]\s]*(?:=>|=|:|\s)\s*)(['"])(?:\\.|(?!\2).)*\2/gi;
/** The same without quotes. */
const BARE =
  /((?:password(?!_encryption)|passwd|auth_pass|requirepass|masterauth)\w*\s*[=:\s]\s*)([^\s'"[{]+)/gi;
/** A password in an address. */
const IN_ADDRESS = /(\w+:\/\/[^\s:@/]*:)[^\s@/]+(?=@)/g;
/** What PostgreSQL keeps of a password, and a hash as GitLab's documentation has them made. */
const VERIFIER = /SCRAM-SHA-256\$[^'"\s]+|\b[0-9a-f]{32}\b/g;
/** A line of a key or a certificate. */
const ARMOURED = /^\s*[A-Za-z0-9+/]{48,}={0,2}\s*$/;

/**
 * Takes out what may be secret in a line of a file: the lab's own secrets, and what the user wrote under a name that
 * says so. Rather too much than too little.
 */
export function maskLine(line: string, secrets: LabSecrets): string {
  if (ARMOURED.test(line)) return HIDDEN;
  return redactSecrets(line, secrets)
    .replace(NAMED, `$1$2${HIDDEN}$2`)
    .replace(BARE, `$1${HIDDEN}`)
    .replace(IN_ADDRESS, `$1${HIDDEN}`)
    .replace(VERIFIER, HIDDEN);
}
