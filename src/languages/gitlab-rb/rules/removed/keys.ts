import type { Problem, Span } from '../../../core/rules/rule';
import type { RemovedKey } from '../../schema/schema';
import type { GitlabRbSubject } from '../../subject';
import { truthy, type RubyValue } from '../../evaluate/value';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { fateOf, removalOf, replacementPath, type Fate } from '../support/removal';
import { perSubject } from '../support/per-subject';
import { isReplacedLater } from '../support/places';
import { isUnset, written } from '../support/read';
import { sameValue } from '../support/same-value';
import { writtenKeys, type WrittenKey } from '../support/statements';
import { REMOVED_TOPIC } from '../support/topics';
import { isSince } from '../../schema/version';

/** One written key that was or will be taken away. */
interface Gone {
  readonly name: string;
  readonly span: Span;
  readonly removed: RemovedKey;
  readonly fate: Fate;
  readonly value: RubyValue;
  /** Undefined for words that are called, e.g. `git_data_dirs(...)`. */
  readonly key: WrittenKey | undefined;
}

export const REFUSED_KEY: GitlabRbRule = {
  id: 'GLR030',
  severity: 'error',
  topic: REMOVED_TOPIC,
  title: 'A removed setting that stops reconfigure',
  check(subject, report) {
    for (const gone of goneKeys(subject, 'refused')) {
      report({
        span: gone.span,
        message: `${gone.name} was removed in GitLab ${gone.removed.removedIn ?? ''}: gitlab-ctl reconfigure stops while it is there.`,
        ...advice(subject, gone),
      });
    }
  },
};

export const IGNORED_KEY: GitlabRbRule = {
  id: 'GLR031',
  severity: 'error',
  topic: REMOVED_TOPIC,
  title: 'A removed setting without effect',
  check(subject, report) {
    for (const gone of goneKeys(subject, 'ignored')) {
      const { removedIn } = gone.removed;
      const when = removedIn === undefined ? 'long ago' : `in GitLab ${removedIn}`;
      report({
        span: gone.span,
        message: isSince(subject.version, '18.1')
          ? `${gone.name} was removed ${when}; the line is taken in silence and has no effect.`
          : `${gone.name} was removed ${when}: it has no effect, or stops gitlab-ctl reconfigure.`,
        ...advice(subject, gone),
        tags: ['deprecated'],
        ...weight(subject, gone),
      });
    }
  },
};

function weight(
  { versionNamed }: GitlabRbSubject,
  { name, value, removed }: Gone,
): Pick<Problem, 'severity'> {
  // What is off runs as little as before.
  if (name.endsWith("['enable']") && value.kind === 'boolean' && !value.value)
    return { severity: 'information' };
  // Keys nobody announced the end of: the package lost them at some time, and nothing replaced them. Without a version
  // the file may be for one that still reads the line.
  return removed.deprecatedIn === undefined || !versionNamed ? { severity: 'warning' } : {};
}

export const DEPRECATED_KEY: GitlabRbRule = {
  id: 'GLR033',
  severity: 'warning',
  topic: REMOVED_TOPIC,
  title: 'A setting that goes away',
  check(subject, report) {
    for (const gone of goneKeys(subject, 'deprecated')) {
      if (overruledBy(subject, gone) !== undefined || keysDiffer(subject, gone)) continue;
      const { deprecatedIn, removedIn } = gone.removed;
      const since = deprecatedIn ?? removedIn ?? '';
      const end =
        removedIn === undefined || isSince(subject.version, removedIn)
          ? ''
          : ` and goes away in ${removedIn}`;
      report({
        span: gone.span,
        message: `${gone.name} still works, is deprecated since GitLab ${since}${end}.`,
        ...advice(subject, gone),
        tags: ['deprecated'],
        // The file may be for a version that does not know the new name yet, and no end is set for the old one.
        ...(subject.versionNamed || end !== '' ? {} : { severity: 'information' }),
      });
    }
  },
};

export const OLD_AND_NEW: GitlabRbRule = {
  id: 'GLR035',
  severity: 'error',
  topic: REMOVED_TOPIC,
  title: 'The old and the new name of a setting say different things',
  check(subject, report) {
    for (const gone of goneKeys(subject, 'deprecated')) {
      const newer = overruledBy(subject, gone);
      if (newer === undefined) continue;
      report({
        span: gone.span,
        message: `${gone.name} has no effect: its new name ${gone.removed.replacement ?? ''} is set to something else, and that wins.`,
        remedy: 'Delete this line, or write its value under the new name.',
        related: { span: newer, message: 'The new name is set here' },
      });
    }
  },
};

/** Where the new name is set, when both are set and differ. */
function overruledBy(subject: GitlabRbSubject, { removed, value }: Gone): Span | undefined {
  if (removed.behaviour !== 'copied') return undefined;
  const target = replacementPath(removed.replacement);
  if (target === undefined) return undefined;
  const newer = subject.value(target.root, ...target.path);
  if (newer === undefined || isUnset(newer) || newer.kind === 'unknown' || value.kind === 'unknown')
    return undefined;
  return sameValue(newer, value) ? undefined : subject.span(newer.range);
}

/** True for the old name of the key of encrypted columns beside another new one: GLR235 says more. */
function keysDiffer(subject: GitlabRbSubject, { name, value }: Gone): boolean {
  const newer = subject.value('gitlab_rails', 'db_key_base');
  return (
    name === "gitlab_ci['db_key_base']" && newer !== undefined && !isUnset(newer) && !sameValue(newer, value)
  );
}

/** Every written key with this fate, of nested ones only the uppermost. */
function goneKeys(subject: GitlabRbSubject, wanted: Fate): readonly Gone[] {
  return allGone(subject).filter(({ fate }) => fate === wanted);
}

/** Every written key that was or will be taken away; four rules ask for it. */
const allGone = perSubject((subject): readonly Gone[] => {
  const found: Gone[] = [];
  for (const { root, path, targetRange, value } of subject.config.assignments) {
    if (path.length > 0) continue;
    const removed = removalOf(root, []);
    if (removed === undefined) continue;
    const fate = fateOf(removed, subject.version);
    found.push({ name: root, span: subject.span(targetRange), removed, fate, value, key: undefined });
  }
  for (const key of writtenKeys(subject)) {
    const { root, path, span, value } = key;
    const removed = removalOf(root, path);
    if (removed === undefined || !uppermost(key, removed)) continue;
    const last = found.at(-1)?.key;
    if (last !== undefined && holds(last, key)) continue;
    const fate = fateForValue(root, path, value, fateOf(removed, subject.version));
    found.push({ name: written(root, path), span, removed, fate, value, key });
  }
  return found;
});

function uppermost({ path, direct, statement }: WrittenKey, removed: RemovedKey): boolean {
  if (direct) return true;
  // Below the key, or below the first of any keys of its root: the statement's left side or that key says it.
  if (removed.path.length < path.length || statement.path.length >= removed.path.length) return false;
  return removed.path.length === 1 || statement.path.length < removed.path.length;
}

/** True for a key above the other one in the same statement: it was told already. */
function holds(above: WrittenKey, { root, path, statement }: WrittenKey): boolean {
  return (
    above.statement === statement &&
    above.root === root &&
    above.path.length < path.length &&
    above.path.every((name, at) => name === path[at])
  );
}

/** Some removals speak of certain values only. */
function fateForValue(root: string, path: readonly string[], value: RubyValue, fate: Fate): Fate {
  switch ([root, ...path].join('/')) {
    // Its value decides, see GLR222.
    case 'gitlab_rails/db_adapter':
      return 'fine';
    case 'mattermost/enable':
      if (fate !== 'refused' || value.kind === 'unknown') return fate === 'refused' ? 'fine' : fate;
      return truthy(value) ? 'refused' : 'ignored';
    case 'gitlab_shell/migration':
      return isEmpty(value) ? 'fine' : fate;
    default:
      return fate;
  }
}

function isEmpty(value: RubyValue): boolean {
  return (
    value.kind === 'nil' || (value.kind === 'hash' && value.entries.size === 0 && value.open === undefined)
  );
}

/** Keys whose new form takes the same value under another name. */
const SAME_VALUE_RENAMES =
  /^(?:gitaly|praefect|consul|nginx|gitlab_pages|gitlab_rails|redis|sidekiq|registry|registry_nginx|pages_nginx|gitlab_kas_nginx|gitlab_shell)\//;
/** Keys whose new form means something else or takes another shape. */
const OTHER_MEANING = new Set(
  `gitaly/cgroups_cpu_enabled gitaly/cgroups_memory_enabled gitaly/cgroups_memory_limit gitaly/internal_socket_dir
  gitaly/log_directory gitaly/storage gitaly/gitconfig gitaly/concurrency gitaly/rate_limiting
  nginx/listen_address sidekiq/min_concurrency praefect/storage_nodes praefect/virtual_storages
  praefect/database_host_no_proxy praefect/database_port_no_proxy registry/default_notifications_threshold
  gitlab_rails/secret_token gitlab_rails/jws_private_key gitlab_ci/db_key_base`.split(/\s+/),
);

function advice(subject: GitlabRbSubject, gone: Gone): Pick<Problem, 'remedy' | 'fix'> {
  const { removed, key } = gone;
  const { replacement, note } = removed;
  const remedy = note ?? (replacement === undefined ? 'Delete the line.' : `Write ${replacement}.`);
  const target = replacementPath(replacement);
  if (key === undefined || target === undefined || !key.direct) return { remedy };
  const id = [key.root, ...removed.path].join('/');
  const exact = removed.path.length === key.path.length;
  if (!exact || !SAME_VALUE_RENAMES.test(id) || OTHER_MEANING.has(id)) return { remedy };
  const already = subject.value(target.root, ...target.path);
  if (already !== undefined && !isUnset(already)) return { remedy };
  if (isReplacedLater(subject, target.root, target.path, key.span.start + 1)) return { remedy };
  const newText = written(target.root, target.path);
  return { remedy, fix: { title: `Write ${newText}`, edits: [{ ...key.span, newText }] } };
}
