import type { DatabaseState } from './whole';

/** Standbys that can take over with every acknowledged write: by name, or each of a quorum, of which Patroni finds one. */
export function heirsOf({ leader, syncStandby, quorum, streaming }: DatabaseState): readonly string[] {
  return (quorum?.members ?? syncStandby).filter((name) => name !== leader && streaming.includes(name));
}
