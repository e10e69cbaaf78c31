import { closestWord } from '../../../finding/did-you-mean';
import type { EvaluatedConfig } from '../evaluate/evaluated-config';
import { ROLES } from './roots';
import { truthy, valueAt } from '../evaluate/value';

/** Services a role turns on, by the root their settings stand under (services.rb of GitLab's package 19.3). */
const ROLE_SERVICES: Readonly<Record<string, readonly string[]>> = {
  application_role: [
    'puma',
    'sidekiq',
    'gitlab_exporter',
    'gitlab_workhorse',
    'gitaly',
    'gitlab_kas',
    'nginx',
  ],
  sidekiq_role: ['sidekiq'],
  postgres_role: ['postgresql', 'postgres_exporter'],
  patroni_role: ['postgresql', 'postgres_exporter', 'patroni', 'consul'],
  pgbouncer_role: ['pgbouncer', 'pgbouncer_exporter', 'consul'],
  consul_role: ['consul'],
  redis_master_role: ['redis', 'redis_exporter'],
  redis_replica_role: ['redis', 'redis_exporter'],
  redis_sentinel_role: ['sentinel'],
  gitaly_role: ['gitaly'],
  monitoring_role: ['prometheus', 'alertmanager', 'node_exporter'],
  pages_role: ['gitlab_pages', 'nginx'],
};

/** Services that run when no role says otherwise. */
const DEFAULT_SERVICES: ReadonlySet<string> = new Set(
  `puma sidekiq gitlab_exporter gitlab_workhorse gitaly gitlab_kas nginx postgresql postgres_exporter redis
  redis_exporter prometheus alertmanager node_exporter logrotate`.split(/\s+/),
);

/** Services every role leaves on. */
const SYSTEM_SERVICES: ReadonlySet<string> = new Set(['logrotate', 'node_exporter']);

/**
 * The roles of a file, with underscores: those of `roles [...]` and of `<role>['enable'] = true`. Undefined when
 * they cannot be known.
 */
export function rolesOf({ tree }: EvaluatedConfig): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  const listed = tree.get('roles');
  if (listed?.kind === 'unknown') return undefined;
  const items =
    listed === undefined || listed.kind === 'nil' ? [] : listed.kind === 'array' ? listed.items : [listed];
  for (const item of items) {
    if (item.kind === 'unknown') return undefined;
    if (item.kind !== 'string') continue;
    const name = item.value.replaceAll('-', '_');
    // A misspelt role has its own finding; what the machine was meant to run is not known.
    if (!ROLES.has(name) && closestWord(name, [...ROLES]) !== undefined) return undefined;
    names.add(name);
  }
  for (const role of ROLES) {
    const enable = valueAt(tree.get(role), ['enable']);
    if (enable?.kind === 'unknown') return undefined;
    if (enable !== undefined && truthy(enable)) names.add(role);
  }
  return names;
}

/** True when the roles turn a service on; without a role that manages services the defaults hold. */
export function servedByRoles(roles: ReadonlySet<string>, service: string): boolean {
  const managing = [...roles].filter((role) => role in ROLE_SERVICES);
  if (managing.length === 0) return DEFAULT_SERVICES.has(service);
  if (SYSTEM_SERVICES.has(service)) return true;
  return managing.some((role) => ROLE_SERVICES[role]?.includes(service) === true);
}

/** Services the roles turn on, by root. */
export function servicesOfRole(role: string): readonly string[] {
  return ROLE_SERVICES[role] ?? [];
}
