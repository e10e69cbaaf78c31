import type { Switchover } from '../core/switchover';
import type { DatabaseState } from './whole';

/** Patroni hands the database over to a member that has everything: a synchronous standby. */
export const databaseSwitchover = {
  service: 'patroni',
  title: 'database leader',
  choosable: true,
  holder: ({ database }) => database.leader,
  // With synchronous replication only those that are in sync may lead.
  candidates: ({ database: { leader, streaming, syncStandby } }) =>
    syncStandby.filter((name) => name !== leader && streaming.includes(name)),
  command: (_place, from, to) => ['gitlab-ctl', 'patroni', 'switchover', '--leader', from, '--candidate', to],
} as const satisfies Switchover<{ readonly database: DatabaseState }>;
