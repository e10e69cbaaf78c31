import { parseIpv4 } from '../../../../cluster/ipv4';
import type { Span } from '../../../core/rules/rule';
import type { GitlabRbSubject } from '../../subject';
import { hostPort, isLoopback } from '../support/address';
import { isPrivate } from '../support/network';
import { serviceSpan } from '../support/places';
import { enabled, stringAt, type Found } from '../support/read';

export const DATABASE_TOPIC = 'PostgreSQL and Patroni';

/** Defaults of GitLab's package 19.3 that rules count with; a test holds them against the schema. */
export const DEFAULTS = {
  patroni: { ttl: 30, loop_wait: 10, retry_timeout: 10 },
  patroniPostgresql: {
    max_connections: 400,
    max_replication_slots: 5,
    max_wal_senders: 5,
  },
  pgbouncer: {
    listen_port: 6432,
    default_pool_size: 100,
    reserve_pool_size: 5,
    max_client_conn: 2048,
    max_prepared_statements: 0,
  },
  postgresql: { port: 5432 },
  puma: { max_threads: 4 },
  sidekiq: { concurrency: 20 },
} as const;

/** True when Patroni certainly runs here. */
export function patroniOn(subject: GitlabRbSubject): boolean {
  return enabled(subject, 'patroni') === true;
}

/** True unless Patroni may run here. */
export function patroniOff(subject: GitlabRbSubject): boolean {
  return enabled(subject, 'patroni') === false;
}

/** True when neither the package's PostgreSQL nor Patroni runs here: settings for it have no effect. */
export function postgresqlOff(subject: GitlabRbSubject): boolean {
  return patroniOff(subject) && enabled(subject, 'postgresql') === false;
}

/** True when GitLab itself, Puma or Sidekiq, certainly runs here. */
export function railsOn(subject: GitlabRbSubject): boolean {
  return enabled(subject, 'puma') === true || enabled(subject, 'sidekiq') === true;
}

/** Where Patroni is turned on: the place of findings about what is missing for it. */
export function patroniSpan(subject: GitlabRbSubject): Span | undefined {
  return serviceSpan(subject, 'patroni', 'patroni_role');
}

/** Keys that hold addresses of the machine itself, which programs bind to. */
const OWN_ADDRESSES: readonly (readonly [root: string, ...path: string[]])[] = [
  ['consul', 'configuration', 'bind_addr'],
  ['consul', 'configuration', 'client_addr'],
  ['patroni', 'listen_address'],
  ['postgresql', 'listen_address'],
  ['pgbouncer', 'listen_addr'],
  ['redis', 'bind'],
  ['sentinel', 'bind'],
  ['gitaly', 'configuration', 'listen_addr'],
  ['praefect', 'configuration', 'listen_addr'],
  ['node_exporter', 'listen_address'],
  ['postgres_exporter', 'listen_address'],
  ['redis_exporter', 'listen_address'],
];

/** Private addresses the file itself says the machine has. */
export function privateAddresses(subject: GitlabRbSubject): readonly Found<string>[] {
  const found = new Map<string, Found<string>>();
  for (const [root, ...path] of OWN_ADDRESSES) {
    const text = stringAt(subject, root, ...path);
    for (const part of text?.value.split(/[\s,]+/) ?? []) {
      const { host } = hostPort(part);
      if (text !== undefined && isPrivate(host) && !found.has(host))
        found.set(host, { ...text, value: host });
    }
  }
  return [...found.values()];
}

/** True for an address of this machine: loopback, or one the file binds a service to. */
export function isLocal(subject: GitlabRbSubject, host: string): boolean {
  if (isLoopback(host)) return true;
  return parseIpv4(host) !== undefined && privateAddresses(subject).some(({ value }) => value === host);
}
