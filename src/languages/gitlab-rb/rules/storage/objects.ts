import type { Span } from '../../../core/rules/rule';
import type { GitlabRbSubject } from '../../subject';
import { truthy, type HashValue } from '../../evaluate/value';
import { isSince } from '../../schema/version';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { commonStore, KINDS, mayShareDisk, oneOfSeveral, OTHER_KINDS } from './model';
import { lineBelowKey, serviceSpan } from '../support/places';
import { booleanAt, isUnset, keySpan, knownAt, unset, type Found } from '../support/read';
import { isTemplated, plainAt } from '../support/template';

const TOPIC = 'Object storage and backups';

const LOCAL_FILES: GitlabRbRule = {
  id: 'GLR180',
  severity: 'warning',
  topic: TOPIC,
  title: 'Uploads, artifacts and LFS objects stay on one node',
  check(subject, report) {
    if (!oneOfSeveral(subject) || mayShareDisk(subject)) return;
    const on = subject.value('gitlab_rails', 'object_store', 'enabled');
    const off = on?.kind === 'boolean' && !on.value;
    if (!off && !unset(subject, 'gitlab_rails', 'object_store', 'enabled')) return;
    const specific = [...KINDS, ...OTHER_KINDS].map((kind) => `${kind}_object_store_enabled`);
    if (!specific.every((key) => unset(subject, 'gitlab_rails', key))) return;
    const span =
      keySpan(subject, 'gitlab_rails', 'object_store', 'enabled') ??
      serviceSpan(subject, 'puma', 'application_role');
    if (span === undefined) return;
    report({
      span,
      message:
        'GitLab runs on several machines like this one, but object storage is off: each keeps the uploads, artifacts and LFS objects it receives for itself.',
      remedy: "Set gitlab_rails['object_store'] with a connection and a bucket for each kind.",
    });
  },
};

const NOT_USED: GitlabRbRule = {
  id: 'GLR181',
  severity: 'error',
  topic: TOPIC,
  title: 'The common object_store is not used',
  check(subject, report) {
    const store = commonStore(subject);
    if (store === undefined) return;
    if (store.unconnected) {
      report({
        span: store.span,
        message:
          'object_store is switched on without a connection: GitLab ignores it and keeps all files on this machine.',
        remedy: "Set gitlab_rails['object_store']['connection'].",
      });
    }
    if (store.overruledBy === undefined) return;
    const key = `${store.overruledBy}_object_store_connection`;
    const place = keySpan(subject, 'gitlab_rails', key);
    report({
      span: store.span,
      message: `GitLab ignores object_store, because ${key} is another connection: all kinds without lines of their own stay on this machine.`,
      remedy: `Remove the ${store.overruledBy}_object_store_… lines, or configure every kind that way.`,
      ...(place === undefined ? {} : { related: { span: place, message: 'The other connection.' } }),
    });
  },
};

const WITHOUT_EFFECT: GitlabRbRule = {
  id: 'GLR196',
  severity: 'warning',
  topic: TOPIC,
  title: 'Object storage of one kind is set twice',
  check(subject, report) {
    // Before, such a line made GitLab ignore object_store instead.
    if (commonStore(subject)?.used !== true || !isSince(subject.version, '18.0')) return;
    for (const kind of KINDS) {
      const keys = ['enabled', 'remote_directory', 'connection'].map(
        (part) => `${kind}_object_store_${part}`,
      );
      const written = keys.find((key) => {
        const value = knownAt(subject, 'gitlab_rails', key)?.value;
        return value !== undefined && truthy(value) && !(value.kind === 'hash' && value.entries.size === 0);
      });
      const span = written === undefined ? undefined : keySpan(subject, 'gitlab_rails', written);
      if (written === undefined || span === undefined) continue;
      report({
        span,
        message: `${written} has no effect: the common object_store is used for ${kind} as well.`,
        remedy: `Remove the ${kind}_object_store_… lines.`,
        tags: ['unnecessary'],
      });
    }
  },
};

/** Kinds GitLab refuses to start without a bucket for, with the key that switches the feature. */
const NEEDED: readonly (readonly [kind: string, feature: string, byDefault: boolean])[] = [
  ['artifacts', 'artifacts_enabled', true],
  ['external_diffs', 'external_diffs_enabled', false],
  ['lfs', 'lfs_enabled', true],
  ['packages', 'packages_enabled', true],
  ['dependency_proxy', 'dependency_proxy_enabled', true],
  ['terraform_state', 'terraform_state_enabled', true],
];

const NO_BUCKET: GitlabRbRule = {
  id: 'GLR182',
  severity: 'error',
  topic: TOPIC,
  title: 'A kind of objects has no bucket',
  check(subject, report) {
    const store = commonStore(subject);
    if (store?.used !== true) return;
    const missing = NEEDED.filter(([kind, feature, byDefault]) => {
      const on = subject.value('gitlab_rails', feature);
      const wanted = isUnset(on) ? byDefault : on?.kind === 'boolean' && on.value;
      return wanted && lacksBucket(subject, kind);
    }).map(([kind]) => kind);
    const [first] = missing;
    if (first === undefined) return;
    const place =
      missing.length === 1
        ? keySpan(subject, 'gitlab_rails', 'object_store', 'objects', first, 'bucket')
        : undefined;
    report({
      span: place ?? store.span,
      message: `GitLab does not start: object_store has no bucket for ${missing.join(', ')}.`,
      remedy: `Set gitlab_rails['object_store']['objects']['${first}']['bucket'], or ['enabled'] = false to keep the kind on disk.`,
    });
  },
};

function lacksBucket(subject: GitlabRbSubject, kind: string): boolean {
  const path = ['object_store', 'objects', kind];
  if (booleanAt(subject, 'gitlab_rails', ...path, 'enabled')?.value === false) return false;
  if (
    !unset(subject, 'gitlab_rails', ...path, 'enabled') &&
    !booleanAt(subject, 'gitlab_rails', ...path, 'enabled')
  ) {
    return false;
  }
  const bucket = subject.value('gitlab_rails', ...path, 'bucket');
  if (unset(subject, 'gitlab_rails', ...path, 'bucket')) return true;
  return (
    (bucket?.kind === 'string' && bucket.value.trim() === '') || (bucket?.kind === 'boolean' && !bucket.value)
  );
}

/** The buckets of the common object storage, by kind. */
export function buckets(subject: GitlabRbSubject): readonly { kind: string; bucket: Found<string> }[] {
  const objects = knownAt(subject, 'gitlab_rails', 'object_store', 'objects')?.value;
  if (objects?.kind !== 'hash') return [];
  return [...objects.entries.values()].flatMap(({ key, value }) => {
    const bucket: HashValue | undefined = value.kind === 'hash' ? value : undefined;
    const name = bucket?.entries.get('bucket')?.value;
    if (name?.kind !== 'string' || name.value === '' || isTemplated(name.value)) return [];
    return [{ kind: key, bucket: { value: name.value, span: subject.span(name.range) } }];
  });
}

const SHARED_BUCKET: GitlabRbRule = {
  id: 'GLR197',
  severity: 'warning',
  topic: TOPIC,
  title: 'Two kinds of objects share a bucket',
  check(subject, report) {
    if (booleanAt(subject, 'gitlab_rails', 'object_store', 'enabled')?.value === false) return;
    const users = new Map<string, { kind: string; span: Span }[]>();
    for (const { kind, bucket } of buckets(subject)) {
      users.set(bucket.value, [...(users.get(bucket.value) ?? []), { kind, span: bucket.span }]);
    }
    for (const [bucket, [first, second, ...more]] of users) {
      if (first === undefined || second === undefined) continue;
      const kinds = [first, second, ...more].map(({ kind }) => kind).join(', ');
      report({
        span: second.span,
        message: `Bucket "${bucket}" is shared by ${kinds}: their files get in each other's way when one kind is moved, cleaned up or restored.`,
        remedy: 'Give each kind a bucket of its own, or a path of its own in it: BUCKET/KIND.',
        related: { span: first.span, message: 'First used here.' },
      });
    }
  },
};

const INSECURE: GitlabRbRule = {
  id: 'GLR194',
  severity: 'warning',
  topic: TOPIC,
  title: 'Clients are sent from https to an http object storage',
  check(subject, report) {
    if (commonStore(subject)?.used !== true) return;
    const endpoint = plainAt(subject, 'gitlab_rails', 'object_store', 'connection', 'endpoint');
    const url = subject.value('external_url');
    if (endpoint?.value.startsWith('http://') !== true) return;
    if (url?.kind !== 'string' || !url.value.startsWith('https://')) return;
    const path = ['object_store', 'proxy_download'];
    const proxy = booleanAt(subject, 'gitlab_rails', ...path);
    if (proxy?.value === true || (proxy === undefined && !unset(subject, 'gitlab_rails', ...path))) return;
    const line = "gitlab_rails['object_store']['proxy_download'] = true";
    const edit =
      proxy === undefined
        ? lineBelowKey(subject, line, 'gitlab_rails', 'object_store', 'connection')
        : { ...proxy.span, newText: 'true' };
    report({
      span: endpoint.span,
      message: `Downloads are redirected from ${url.value} to ${endpoint.value}: Git LFS refuses that, and clients must be able to reach the address.`,
      remedy: `Set ${line}, or give the storage https and an address for all clients.`,
      ...(edit === undefined ? {} : { fix: { title: 'Let GitLab pass downloads on', edits: [edit] } }),
    });
  },
};

/** Rules about where GitLab keeps uploads, artifacts and other files. */
export const OBJECT_RULES: readonly GitlabRbRule[] = [
  LOCAL_FILES,
  NOT_USED,
  NO_BUCKET,
  INSECURE,
  WITHOUT_EFFECT,
  SHARED_BUCKET,
];
