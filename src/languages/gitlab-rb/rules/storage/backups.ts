import type { GitlabRbSubject } from '../../subject';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { mayShareDisk, oneOfSeveral, same } from './model';
import { buckets } from './objects';
import { roleSpan, serviceSpan } from '../support/places';
import { booleanAt, digitsAt, enabled, hasRole, keySpan, knownAt, unset } from '../support/read';
import { plainAt } from '../support/template';

const TOPIC = 'Object storage and backups';

function registryRuns(subject: GitlabRbSubject): boolean {
  const written = booleanAt(subject, 'registry', 'enable')?.value;
  if (written !== undefined) return written;
  return unset(subject, 'registry', 'enable') && subject.value('registry_external_url')?.kind === 'string';
}

const LOCAL_REGISTRY: GitlabRbRule = {
  id: 'GLR186',
  severity: 'warning',
  topic: TOPIC,
  title: 'Images of the registry stay on one node',
  check(subject, report) {
    if (!oneOfSeveral(subject) || mayShareDisk(subject) || !registryRuns(subject)) return;
    if (!unset(subject, 'gitlab_rails', 'registry_path')) return;
    const storage = knownAt(subject, 'registry', 'storage')?.value;
    if (storage === undefined && !unset(subject, 'registry', 'storage')) return;
    if (storage !== undefined) {
      if (storage.kind !== 'hash' || storage.open !== undefined) return;
      const drivers = [...storage.entries.keys()].filter(
        (key) => !/^(cache|delete|redirect|maintenance)$/.test(key),
      );
      if (drivers.some((driver) => driver !== 'filesystem')) return;
    }
    const url = subject.config.assignments.findLast(({ root }) => root === 'registry_external_url');
    const span =
      keySpan(subject, 'registry', 'storage') ??
      keySpan(subject, 'registry', 'enable') ??
      (url === undefined ? serviceSpan(subject, 'registry') : subject.span(url.targetRange));
    if (span === undefined) return;
    report({
      span,
      message:
        'The registry runs on several machines like this one and stores images on its own disk: what is pushed to one cannot be pulled from the others.',
      remedy: "Set registry['storage'] = { 's3_v2' => { … } }, or another object storage.",
    });
  },
};

const PREFERRED: GitlabRbRule = {
  id: 'GLR187',
  severity: 'information',
  topic: TOPIC,
  title: "The registry's database is switched off without a word",
  check(subject, report) {
    if (!registryRuns(subject) || enabled(subject, 'postgresql') !== false) return;
    const written = plainAt(subject, 'registry', 'database', 'enabled');
    if (written?.value !== 'prefer') return;
    report({
      span: written.span,
      message:
        'PostgreSQL does not run on this machine, so "prefer" means false: the registry works without its database.',
      remedy: 'Write true and the address of the database, or false.',
    });
  },
};

const KEPT_LOCALLY: GitlabRbRule = {
  id: 'GLR189',
  severity: 'information',
  topic: TOPIC,
  title: 'Old backups in the object storage are never deleted',
  check(subject, report) {
    const keep = digitsAt(subject, 'gitlab_rails', 'backup_keep_time');
    const upload = knownAt(subject, 'gitlab_rails', 'backup_upload_connection')?.value;
    if (keep === undefined || keep.value === 0 || upload?.kind !== 'hash' || upload.entries.size === 0)
      return;
    const span = keySpan(subject, 'gitlab_rails', 'backup_keep_time');
    if (span === undefined) return;
    report({
      span,
      message: 'backup_keep_time deletes old backups on this machine only; those in the object storage stay.',
      remedy: 'Give the bucket a lifecycle rule that deletes old backups.',
    });
  },
};

const POOLED_BACKUP: GitlabRbRule = {
  id: 'GLR190',
  severity: 'warning',
  topic: TOPIC,
  title: 'Backups go through PgBouncer',
  check(subject, report) {
    if (!hasRole(subject, 'backup_role')) return;
    const port = digitsAt(subject, 'gitlab_rails', 'db_port');
    if (port?.value !== (digitsAt(subject, 'pgbouncer', 'listen_port')?.value ?? 6432)) return;
    if (!unset(subject, 'gitlab_rails', 'env', 'GITLAB_BACKUP_PGHOST')) return;
    if (!unset(subject, 'gitlab_rails', 'env', 'GITLAB_BACKUP_PGPORT')) return;
    const span = roleSpan(subject, 'backup_role') ?? port.span;
    report({
      span,
      message: `Backups are made here, and the database is reached at PgBouncer's port ${port.value}: dumping and restoring through it fails and can stop GitLab.`,
      remedy:
        "Set gitlab_rails['env'] = { 'GITLAB_BACKUP_PGHOST' => '…', 'GITLAB_BACKUP_PGPORT' => '5432' } to the leader.",
      related: { span: port.span, message: "PgBouncer's port." },
    });
  },
};

const SAME_BUCKET: GitlabRbRule = {
  id: 'GLR192',
  severity: 'warning',
  topic: TOPIC,
  title: 'Backups are stored among the objects',
  check(subject, report) {
    const backup = plainAt(subject, 'gitlab_rails', 'backup_upload_remote_directory');
    if (backup === undefined) return;
    const place = knownAt(subject, 'gitlab_rails', 'backup_upload_connection')?.value;
    const common = knownAt(subject, 'gitlab_rails', 'object_store', 'connection')?.value;
    if (booleanAt(subject, 'gitlab_rails', 'object_store', 'enabled')?.value !== true) return;
    if (place?.kind !== 'hash' || common?.kind !== 'hash') return;
    // The same name at another provider is another bucket.
    for (const key of ['provider', 'endpoint', 'region']) {
      const [one, other] = [place.entries.get(key)?.value, common.entries.get(key)?.value];
      if (one === undefined && other === undefined) continue;
      if (one === undefined || other === undefined || !same(one, other)) return;
    }
    const object = buckets(subject).find(({ bucket }) => bucket.value === backup.value);
    if (object === undefined) return;
    report({
      span: backup.span,
      message: `Backups go to "${backup.value}", the bucket of ${object.kind}: who loses or empties it loses both.`,
      remedy: 'Use a bucket of its own for backups, best in another account or region.',
      related: { span: object.bucket.span, message: `The bucket of ${object.kind}.` },
    });
  },
};

/** Rules about the registry's images and about backups. */
export const BACKUP_RULES: readonly GitlabRbRule[] = [
  LOCAL_REGISTRY,
  PREFERRED,
  KEPT_LOCALLY,
  POOLED_BACKUP,
  SAME_BUCKET,
];
