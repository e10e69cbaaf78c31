import { isSince, type GitlabVersion } from '../../schema/version';

/** First words GitLab's package once knew: the first version that refuses them, and what to write instead. */
const REMOVED_ROOTS: Readonly<Record<string, { readonly goneSince: string; readonly instead: string }>> = {
  grafana: {
    goneSince: '17.1',
    instead: 'Delete these lines; run Grafana outside of the package and point it at Prometheus.',
  },
  omnibus_gitconfig: {
    goneSince: '18.2',
    instead: "Move the settings to gitaly['configuration'][:git][:config].",
  },
  suggested_reviewers: { goneSince: '18.9', instead: 'Delete these lines; the feature is gone.' },
  sidekiq_cluster: { goneSince: '14.0', instead: "Write the settings under sidekiq['...']." },
  redis_slave_role: { goneSince: '14.0', instead: "Write redis_replica_role['enable'] = true." },
  spamcheck_role: { goneSince: '19.0', instead: 'Delete the line; run Spamcheck outside of the package.' },
  gitlab_monitor: { goneSince: '13.0', instead: "Write the settings under gitlab_exporter['...']." },
};

/** First words that are younger than the oldest version anybody runs: the first version that knows them. */
const NEW_ROOTS: Readonly<Record<string, string>> = {
  actioncable: '13.0',
  gitlab_kas_external_url: '15.10',
  gitlab_sshd: '15.9',
  gitlab_backup_cli: '17.2',
  gitaly_client: '18.10',
  oak: '18.11',
};

/** What became of a first word, whatever the version; undefined for one that never was. */
export function removedRoot(
  name: string,
): { readonly goneSince: string; readonly instead: string } | undefined {
  return Object.hasOwn(REMOVED_ROOTS, name) ? REMOVED_ROOTS[name] : undefined;
}

/** True when the version still knows a first word that later ones refuse. */
export function stillKnown(name: string, version: GitlabVersion): boolean {
  const removed = removedRoot(name);
  return removed !== undefined && !isSince(version, removed.goneSince);
}

/** The first version that knows a word, for the young ones. */
export function rootSince(name: string): string | undefined {
  return Object.hasOwn(NEW_ROOTS, name) ? NEW_ROOTS[name] : undefined;
}

/** The first version that knows a word, when the version is an earlier one. */
export function tooNew(name: string, version: GitlabVersion): string | undefined {
  const since = rootSince(name);
  return since === undefined || isSince(version, since) ? undefined : since;
}
