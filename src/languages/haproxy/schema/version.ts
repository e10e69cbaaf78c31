/** HAProxy branches the tables cover, oldest first; the position is the bit in the keyword tables. */
export const HAPROXY_VERSIONS = ['2.6', '3.0', '3.2', '3.4'] as const;

export type HaproxyVersion = (typeof HAPROXY_VERSIONS)[number];

/** Branch a file is judged for when nothing names one: that of the lab's image. */
export const DEFAULT_HAPROXY_VERSION: HaproxyVersion = '3.0';

/**
 * The covered branch that behaves as the version written: the newest one not newer than it, so 2.8 is judged as
 * 2.6 and 3.1 as 3.0. Older than all means the oldest. Undefined for text that is no version.
 */
export function haproxyVersion(text: string): HaproxyVersion | undefined {
  const match = /^v?(\d+)\.(\d+)(?:[.-].*)?$/.exec(text.trim());
  if (match === null) return undefined;
  const wanted = Number(match[1]) * 1000 + Number(match[2]);
  let best: HaproxyVersion = HAPROXY_VERSIONS[0];
  for (const version of HAPROXY_VERSIONS) if (rank(version) <= wanted) best = version;
  return best;
}

/** True when `version` is `other` or newer. */
export function atLeast(version: HaproxyVersion, other: string): boolean {
  return rank(version) >= rank(other);
}

const RANKS: ReadonlyMap<string, number> = new Map(
  HAPROXY_VERSIONS.map((version) => [version, rankOf(version)]),
);

function rank(version: string): number {
  return RANKS.get(version) ?? rankOf(version);
}

function rankOf(version: string): number {
  const [major = '0', minor = '0'] = version.split('.');
  return Number(major) * 1000 + Number(minor);
}
