/**
 * The first words GitLab's package 19.3 accepts in gitlab.rb (its config/gitlab.rb). Anything else stops
 * `gitlab-ctl reconfigure`.
 */

/** Roots that hold a hash: `root['key'] = value`. */
export const HASH_ROOTS: ReadonlySet<string> = new Set(
  `package registry oak redis postgresql gitlab_kas gitlab_pages pgbouncer repmgr repmgrd consul spamcheck
  patroni gitaly praefect mattermost letsencrypt crond logrotate high_availability nginx mattermost_nginx
  pages_nginx registry_nginx gitlab_kas_nginx prometheus alertmanager node_exporter redis_exporter
  postgres_exporter pgbouncer_exporter gitlab_exporter gitlab_sshd gitaly_client gitlab_shell gitlab_rails
  gitlab_workhorse logging unicorn puma mailroom storage_check actioncable bootstrap manage_accounts
  manage_storage_directories user gitlab_ci sidekiq remote_syslog web_server prometheus_monitoring
  gitlab_backup_cli geo_postgresql geo_secondary geo_logcursor sentinel`.split(/\s+/),
);

/** Roots that are called with their value: `root value`. */
export const CALLED_ROOTS: ReadonlySet<string> = new Set(
  `external_url registry_external_url mattermost_external_url pages_external_url gitlab_kas_external_url
  runtime_dir git_data_dir git_data_dirs roles edition`.split(/\s+/),
);

/** Valid in `roles [...]`, and as `<role>['enable'] = true`. */
export const ROLES: ReadonlySet<string> = new Set(
  `application_role sidekiq_role postgres_role patroni_role redis_sentinel_role redis_master_role
  redis_replica_role geo_primary_role geo_secondary_role monitoring_role pgbouncer_role consul_role
  pages_role gitaly_role backup_role`.split(/\s+/),
);

/** True when GitLab accepts the word at the start of a statement. */
export function isRoot(name: string): boolean {
  return HASH_ROOTS.has(name) || CALLED_ROOTS.has(name) || ROLES.has(name);
}
