import type { LabSecrets } from '../../../services/secrets';
import { redactSecrets } from '../lab-secrets';

const HIDDEN = '***';
const NAME = [
  'password(?!_encryption)',
  'passwd',
  'passphrase',
  'secret',
  'token',
  'credential',
  '(?:private|signing|encryption|access|account|api|storage|license)_key',
  'key_base',
  '_pw\\b',
  'dsn\\b',
  'encrypt(?!ion\\b|ed\\b)',
  'auth_pass',
  'authorization',
  'requirepass',
  'masterauth',
].join('|');
const QUOTED = `(['"])(?:\\\\.|(?!\\2).)*(?:\\2|$)`;
/** A name that says it, and a value in quotes: in Ruby, JSON, YAML and configuration files alike. */
const NAMED = new RegExp(`((?:${NAME})\\w*['"\\]\\s]*(?:=>|=|:|\\s)\\s*)${QUOTED}`, 'gi');
/** The same without quotes: a number, `%q(…)`, a plain word of YAML. */
const ASSIGNED = new RegExp(`((?:${NAME})\\w*['"\\]\\s]*(?:=>|=(?!>)|:)\\s*)(?!['"[{*]|<<)([^\\s,].*)`, 'gi');
/** Words of a configuration file that are followed by a secret. */
const FOLLOWED =
  /((?:password(?!_encryption)|passwd|auth_pass|requirepass|masterauth|\bstats\s+auth)\w*\s+)([^\s'"[{*]\S*)/gi;
/** A password in an address, and a user there without one: monitoring services put their key at that place. */
const PASSWORD_IN_ADDRESS = /(\w+:\/\/[^\s:@/]*:)[^\s@/]+(?=@)/g;
const KEY_IN_ADDRESS = /(\w+:\/\/)[^\s:@/'"]+(?=@)/g;
/** What PostgreSQL keeps of a password, a hash as GitLab's documentation has them made, and keys written in hexadecimal. */
const VERIFIER = /SCRAM-SHA-256\$[^'"\s]+|\b(?:md5)?[0-9a-f]{32,}\b/gi;
/** A line of a key or a certificate. */
const ARMOURED = /^\s*(?:[A-Za-z0-9+/]{32,}={0,2}|[A-Za-z0-9+/]{4,}={1,2})['",]?\s*$/;
/** The beginning of a text over several lines under a name that says that it is secret; its mark ends it. */
const HEREDOC = new RegExp(`(?:${NAME})\\w*['"\\]\\s]*(?:=>|=|:)\\s*<<[-~]?(['"\`]?)(\\w+)\\1`, 'i');
const KEY_BEGINS = /-----BEGIN [A-Z0-9 ]+-----/;
const KEY_ENDS = /-----END [A-Z0-9 ]+-----/;

/**
 * Takes out what may be secret in a line of a file: the lab's own secrets, and what the user wrote under a name that
 * says so. Rather too much than too little.
 */
export function maskLine(line: string, secrets: LabSecrets): string {
  if (ARMOURED.test(line)) return HIDDEN;
  return redactSecrets(line, secrets)
    .replace(NAMED, `$1$2${HIDDEN}$2`)
    .replace(ASSIGNED, `$1${HIDDEN}`)
    .replace(FOLLOWED, `$1${HIDDEN}`)
    .replace(PASSWORD_IN_ADDRESS, `$1${HIDDEN}`)
    .replace(KEY_IN_ADDRESS, `$1${HIDDEN}`)
    .replace(VERIFIER, HIDDEN);
}

/**
 * The mask for lines of some files: as `maskLine`, and whatever stands in one of the files within a secret over several
 * lines (a heredoc, a key) is hidden whole, wherever it stands.
 * @param texts the files, in all versions whose lines are shown
 */
export function maskFor(texts: readonly string[], secrets: LabSecrets): (line: string) => string {
  const within = new Set(texts.flatMap(linesWithinSecrets));
  return (line) => (within.has(line) ? HIDDEN : maskLine(line, secrets));
}

function linesWithinSecrets(text: string): readonly string[] {
  const found: string[] = [];
  let ends: ((line: string) => boolean) | undefined;
  for (const line of text.split(/\r?\n/)) {
    if (ends?.(line) === true) ends = undefined;
    else if (ends) found.push(line);
    else ends = endOfSecret(line);
  }
  return found.filter((line) => line.trim() !== '');
}

function endOfSecret(line: string): ((line: string) => boolean) | undefined {
  const mark = HEREDOC.exec(line)?.[2];
  if (mark !== undefined) return (later) => later.trim() === mark;
  const begins = KEY_BEGINS.exec(line);
  if (!begins || KEY_ENDS.test(line.slice(begins.index))) return undefined;
  return (later) => KEY_ENDS.test(later);
}
