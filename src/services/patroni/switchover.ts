import type { Switchover } from '../core/switchover';
import { heirsOf } from './heirs';
import type { DatabaseState } from './whole';

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
