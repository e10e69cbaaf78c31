import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** One line of a known_hosts file (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"). */
export interface KnownHost {
  readonly marker: 'cert-authority' | 'revoked' | undefined;
  /** Patterns separated by commas, or one hashed name. */
  readonly hosts: string;
  /** Type of the key, e.g. `ssh-ed25519`. */
  readonly keyType: string;
  readonly key: Buffer;
  /** Where the line stands: `file:line`. */
  readonly place: string;
}

/** What the files say of a key that a server shows; `place` is the line that says it. */
export type HostKeyVerdict =
  | { readonly kind: 'known' | 'unknown' }
  | { readonly kind: 'changed' | 'revoked' | 'certificate-only'; readonly place: string };

export interface HostAddress {
  readonly host: string;
  readonly port: number;
}

const DEFAULT_PORT = 22;
const HASHED = '|1|';
const MARKERS: Readonly<Record<string, KnownHost['marker']>> = {
  '@cert-authority': 'cert-authority',
  '@revoked': 'revoked',
};

/** Reads a known_hosts file; lines that are none are passed over, as `ssh` does. @param file its name, for `place` */
export function parseKnownHosts(text: string, file: string): readonly KnownHost[] {
  return text.split(/\r?\n/).flatMap((line, index) => parseLine(line, `${file}:${index + 1}`) ?? []);
}

function parseLine(line: string, place: string): KnownHost | undefined {
  const words = line.trim().split(/[ \t]+/);
  if (line.trim().startsWith('#')) return undefined;
  const first = words[0] ?? '';
  if (first.startsWith('@') && !(first in MARKERS)) return undefined;
  const marker = MARKERS[first];
  const [hosts = '', keyType = '', encoded = ''] = marker === undefined ? words : words.slice(1);
  const key = Buffer.from(encoded, 'base64');
  if (hosts === '' || hosts.startsWith('@') || keyTypeOf(key) !== keyType) return undefined;
  return { marker, hosts, keyType, key, place };
}

/** The type a public key names itself with; empty when it is no key. */
export function keyTypeOf(key: Buffer): string {
  if (key.length < 4) return '';
  const length = key.readUInt32BE(0);
  return length > 0 && length <= key.length - 4 ? key.toString('latin1', 4, 4 + length) : '';
}

/** A key as `ssh` prints it: type and SHA-256 of the key. */
export function fingerprint(key: Buffer): string {
  const digest = createHash('sha256').update(key).digest('base64').replace(/=+$/, '');
  return `${keyTypeOf(key)} SHA256:${digest}`;
}

/**
 * Judges the key a server shows, as `ssh` does. A revoked key is refused whatever else is said of it. A key that
 * stands under the host's name without its port is accepted as well.
 */
export function judgeHostKey(
  entries: readonly KnownHost[],
  address: HostAddress,
  key: Buffer,
): HostKeyVerdict {
  const verdict = judgeName(entries, nameOf(address), key);
  const open = verdict.kind === 'unknown' || verdict.kind === 'certificate-only';
  if (address.port === DEFAULT_PORT || !open) return verdict;
  const portless = judgeName(entries, address.host, key);
  return portless.kind === 'known' || portless.kind === 'revoked' ? portless : verdict;
}

/** Types of the keys known for a host, in the order of the files: those to ask the server for first. */
export function knownKeyTypes(entries: readonly KnownHost[], address: HostAddress): readonly string[] {
  const types = (name: string): readonly string[] => [
    ...new Set(plainKeys(entries, name).map((entry) => entry.keyType)),
  ];
  const own = types(nameOf(address));
  return own.length > 0 ? own : types(address.host);
}

/** How the files call a host: with its port in brackets unless that is the usual one. */
export function nameOf({ host, port }: HostAddress): string {
  return port === DEFAULT_PORT ? host : `[${host}]:${port}`;
}

function judgeName(entries: readonly KnownHost[], name: string, key: Buffer): HostKeyVerdict {
  const ours = entries.filter((entry) => namesHost(entry.hosts, name));
  const revoked = ours.find((entry) => entry.marker === 'revoked' && entry.key.equals(key));
  if (revoked) return { kind: 'revoked', place: revoked.place };
  const plain = plainKeys(ours, name);
  if (plain.some((entry) => entry.key.equals(key))) return { kind: 'known' };
  const other = plain.find((entry) => entry.keyType === keyTypeOf(key)) ?? plain[0];
  if (other) return { kind: 'changed', place: other.place };
  const authority = ours.find((entry) => entry.marker === 'cert-authority');
  return authority ? { kind: 'certificate-only', place: authority.place } : { kind: 'unknown' };
}

function plainKeys(entries: readonly KnownHost[], name: string): readonly KnownHost[] {
  return entries.filter((entry) => entry.marker === undefined && namesHost(entry.hosts, name));
}

/** Whether the first field of a line means this name; a pattern with `!` that fits takes the whole line out. */
function namesHost(hosts: string, name: string): boolean {
  const wanted = name.toLowerCase();
  if (hosts.startsWith('|')) return isHashOf(hosts, wanted);
  const patterns = hosts.toLowerCase().split(',');
  const fits = (pattern: string): boolean => toExpression(pattern).test(wanted);
  if (patterns.some((pattern) => pattern.startsWith('!') && fits(pattern.slice(1)))) return false;
  return patterns.some((pattern) => !pattern.startsWith('!') && fits(pattern));
}

/** `|1|salt|hash`, the hash being HMAC-SHA1 of the name with the salt as key. */
function isHashOf(hashed: string, name: string): boolean {
  if (!hashed.startsWith(HASHED)) return false;
  const [salt = '', hash = ''] = hashed.slice(HASHED.length).split('|');
  const wanted = Buffer.from(hash, 'base64');
  const actual = createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest();
  return wanted.length === actual.length && timingSafeEqual(wanted, actual);
}

/** `*` is any text, `?` any one character; everything else, brackets too, means itself. */
function toExpression(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`);
}
