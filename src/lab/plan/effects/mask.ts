import type { LabSecrets } from '../../../services/secrets';
import { redactSecrets } from '../lab-secrets';

const HIDDEN = '***';
const NAME = [
  'password(?!_encryption)',
  'passwd',
  'passphrase',
  '\\bpass\\b',
  '_pass\\b',
  '\\bpwd\\b',
  'secret',
  'token',
  'credential',
  '(?:private|signing|encryption|access|account|api|storage|license)_?key',
  'webhook',
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
/** A name that says that what it is given is secret. */
export const SECRET_NAME = new RegExp(NAME, 'i');
/** What may stand between a name and its value. Each repetition has a bound: of a long line no part is read again and again. */
const BEHIND = `\\w{0,60}['"\\]\\s]{0,60}`;
/** A name that says it, and a value in quotes, or several joined: in Ruby, JSON, YAML and configuration files alike. */
const NAMED = new RegExp(`((?:${NAME})${BEHIND}(?:=>|=|:|\\s)\\s{0,60})${QUOTED}`, 'gi');
const JOINED = /(\*\*\*(['"]))(?:\s{0,9}[+\\]?\s{0,9}(?:"(?:\\.|[^"])*"|'(?:\\.|[^'])*'))+/g;
/** The same without quotes: a number, `%q(…)`, a plain word of YAML. */
const ASSIGNED = new RegExp(`((?:${NAME})${BEHIND}(?:=>|=(?!>)|:)\\s{0,60})(?!['"[{*]|<<)([^\\s,].*)`, 'gi');
/** A list, or names of secrets below it, that begins and goes on in this line. */
const BRACKETED = new RegExp(`((?:${NAME})s?${BEHIND}(?:=>|=(?!>)|:)\\s{0,60}[[{])\\s*[^\\s\\]}].*`, 'gi');
/** Words of a configuration file that are followed by a secret; a blank in it is escaped. */
const FOLLOWED =
  /((?:password(?!_encryption)|passwd|auth_pass|requirepass|masterauth|\bstats\s+auth|\bauthorization|[-\w]{1,60}-(?:token|key|secret))\w{0,60}\s+)((?!['"[{*])(?:\\.|\S)+)/gi;
const STATISTICS = /(\bstats\s+auth\s+)["'].*/gi;
/** What HAProxy says to a server when it checks it, and what a request must bring along. */
const CHECKED = /(\bsend(?:-lf)?\s+["']?AUTH(?:\s|\\\s)+)[^"']*|(\bsend-binary(?:-lf)?\s+)\S.*/gi;
const DEMANDED =
  /(\bhdr\([^)]{0,99}(?:auth|key|token|secret)[^)]{0,99}\)|\bhttp_auth_bearer(?:\([^)]{0,99}\))?)(\s+(?:-\w\s+(?:\w+\s+)?)*)(?!-)\S.*/gi;
const VARIABLE =
  /(\b(?:pre)?setenv\s+"?\w{0,60}(?:pw|pass|pwd|key|token|secret|auth)\w{0,60}\s+|\bset-var\([^)]{0,99}(?:pass|key|token|secret|auth)[^)]{0,99}\)\s+)\S.*/gi;
/** What a check's command gives a program. */
const OPTION =
  /(\bredis-cli\b.*?\s(?:-a|--pass)\s+|\b(?:curl|wget)\b.*?\s(?:-\w{0,9}u|--user|--password)[\s=]\s{0,9})["']?[^\s"']+/gi;
/** A password in an address, and a user there without one: monitoring services put their key at that place. */
const PASSWORD_IN_ADDRESS = /(\b\w{1,40}:\/\/[^\s:@/]{0,256}:)[^\s@/]+(?=@)/g;
const KEY_IN_ADDRESS = /(\b\w{1,40}:\/\/)[^\s:@/'"]+(?=@)/g;
/** What PostgreSQL keeps of a password, a hash as GitLab's documentation has them made, and keys written in hexadecimal. */
const VERIFIER = /SCRAM-SHA-256\$[^'"\s]+|\b(?:md5)?[0-9a-f]{32,}\b/gi;
/** A line of a key or a certificate. */
const ARMOURED = /^\s*(?:[A-Za-z0-9+/]{32,}={0,2}|[A-Za-z0-9+/]{4,}={1,2})['",]?\s*$/;
/** A line that is longer is nothing that people read. */
const LONGEST_LINE = 4_096;
/** The beginning of a text over several lines under a name that says that it is secret; its mark ends it. */
const HEREDOC = new RegExp(`(?:${NAME})\\w*['"\\]\\s]*(?:=>|=|:)\\s*<<[-~]?(['"\`]?)(\\w+)\\1`, 'i');
/** A name that says it, whose value begins in the next line: of Ruby, of a list, of a block of YAML. */
const OPEN = new RegExp(
  `(?:${NAME})s?${BEHIND}(?:=>|=(?!>)|:)\\s{0,60}(?:[|>][-+\\d]?|%[wiq]?[[({]|[[({]|\\\\)?\\s*$`,
  'i',
);
const KEY_BEGINS = /-----BEGIN [A-Z0-9 ]+-----/;
const KEY_ENDS = /-----END [A-Z0-9 ]+-----/;

/**
 * Takes out what may be secret in a line of a file: the lab's own secrets, those that are known to be in the user's files,
 * and what stands under a name that says so. Rather too much than too little.
 * @param values secrets of the user's files, see `secretValues`
 */
export function maskLine(line: string, secrets: LabSecrets, values: readonly string[] = []): string {
  if (line.length > LONGEST_LINE || ARMOURED.test(line)) return HIDDEN;
  return redactSecrets(line, secrets, values)
    .replace(NAMED, `$1$2${HIDDEN}$2`)
    .replace(JOINED, '$1')
    .replace(BRACKETED, `$1${HIDDEN}`)
    .replace(ASSIGNED, `$1${HIDDEN}`)
    .replace(FOLLOWED, `$1${HIDDEN}`)
    .replace(STATISTICS, `$1${HIDDEN}`)
    .replace(CHECKED, `$1$2${HIDDEN}`)
    .replace(DEMANDED, `$1$2${HIDDEN}`)
    .replace(VARIABLE, `$1${HIDDEN}`)
    .replace(OPTION, `$1${HIDDEN}`)
    .replace(PASSWORD_IN_ADDRESS, `$1${HIDDEN}`)
    .replace(KEY_IN_ADDRESS, `$1${HIDDEN}`)
    .replace(VERIFIER, HIDDEN);
}

/**
 * The mask for lines of some files: as `maskLine`, and whatever stands in one of the files within a secret over several
 * lines (a heredoc, a key) is hidden whole, wherever it stands.
 * @param texts the files, in all versions whose lines are shown
 */
export function maskFor(
  texts: readonly string[],
  secrets: LabSecrets,
  values: readonly string[] = [],
): (line: string) => string {
  const within = new Set(texts.flatMap(linesWithinSecrets));
  return (line) => (within.has(line) ? HIDDEN : maskLine(line, secrets, values));
}

function linesWithinSecrets(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  const found = lines.flatMap((line, index) => (isOpen(line) ? valueBelow(lines, index) : []));
  let ends: ((line: string) => boolean) | undefined;
  for (const line of lines) {
    if (ends?.(line) === true) ends = undefined;
    else if (ends) found.push(line);
    else ends = endOfSecret(line);
  }
  return found.filter((line) => line.trim() !== '');
}

function isOpen(line: string): boolean {
  return line.length <= LONGEST_LINE && OPEN.test(line);
}

/** The first line below, whatever its indentation, and those that are indented more than the name or continue it. */
function valueBelow(lines: readonly string[], name: number): readonly string[] {
  const indent = (line: string): number => line.search(/\S|$/);
  const least = indent(lines[name] ?? '');
  const found: string[] = [];
  for (const line of lines.slice(name + 1)) {
    if (line.trim() === '') continue;
    const goes = found.length === 0 || indent(line) > least || /[+\\]\s*$/.test(found.at(-1) ?? '');
    if (!goes) break;
    found.push(line);
  }
  return found;
}

function endOfSecret(line: string): ((line: string) => boolean) | undefined {
  const mark = HEREDOC.exec(line.slice(0, LONGEST_LINE))?.[2];
  if (mark !== undefined) return (later) => later.trim() === mark;
  const begins = KEY_BEGINS.exec(line);
  if (!begins || KEY_ENDS.test(line.slice(begins.index))) return undefined;
  return (later) => KEY_ENDS.test(later);
}
