import type { Switchover } from '../core/switchover';
import type { DatabaseState } from './whole';

/** Standbys that can take over with every acknowledged write: by name, or each of a quorum, of which Patroni finds one. */
export function heirsOf({ leader, syncStandby, quorum, streaming }: DatabaseState): readonly string[] {
  return (quorum?.members ?? syncStandby).filter((name) => name !== leader && streaming.includes(name));
}

/** Patroni hands the database over to a member that has everything: a synchronous standby, or one of a quorum. */
export const databaseSwitchover = {
  service: 'patroni',
  title: 'database leader',
  choosable: true,
  seconds: 4,
  holder: ({ database }) => database.leader,
  // With synchronous replication only those that are in sync may lead.
  candidates: ({ database }) => heirsOf(database),
  command: (_place, from, to) => ['gitlab-ctl', 'patroni', 'switchover', '--leader', from, '--candidate', to],
} as const satisfies Switchover<{ readonly database: DatabaseState }>;
