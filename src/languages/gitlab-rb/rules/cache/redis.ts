import type { GitlabRbSubject } from '../../subject';
import { follows, lastKey, TOPIC, watches } from './sentinel';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { isLoopback } from '../support/address';
import { lineBelowKey, removeKey, serviceSpan } from '../support/places';
import {
  booleanAt,
  digitsAt,
  enabled,
  hasRole,
  isUnset,
  itemsAt,
  keySpan,
  knownAt,
  unset,
} from '../support/read';
import { plainAt } from '../support/template';

const ROLES = ['redis_master_role', 'redis_replica_role'] as const;

/** True when other machines certainly must reach this Redis. */
function isShared(subject: GitlabRbSubject): boolean {
  if (enabled(subject, 'redis') !== true) return false;
  if (hasRole(subject, 'redis_replica_role') || watches(subject)) return true;
  return hasRole(subject, 'redis_master_role') && enabled(subject, 'puma') === false;
}

const CLOSED: GitlabRbRule = {
  id: 'GLR163',
  severity: 'warning',
  topic: TOPIC,
  title: 'Only this machine can reach Redis',
  check(subject, report) {
    if (!isShared(subject)) return;
    const port = socketOnly(subject);
    if (port === undefined) {
      const bind = plainAt(subject, 'redis', 'bind');
      const listens = bind?.value ?? (unset(subject, 'redis', 'bind') ? '127.0.0.1' : undefined);
      if (listens === undefined || !listens.trim().split(/\s+/).every(isLoopback)) return;
      const span = bind?.span ?? serviceSpan(subject, 'redis', ...ROLES);
      if (span === undefined) return;
      const message = `Redis listens on ${listens}${bind === undefined ? ', the default' : ''}: Sentinels and GitLab on the other machines do not reach it.`;
      report({ span, message, remedy: "Set redis['bind'] to this machine's address." });
      return;
    }
    const span = port.span ?? serviceSpan(subject, 'redis', ...ROLES);
    if (span === undefined) return;
    const edit =
      port.span === undefined
        ? lineBelowKey(subject, "redis['port'] = 6379", 'redis', lastKey(subject, 'redis') ?? '')
        : { ...port.span, newText: '6379' };
    report({
      span,
      message: `Redis has no port (redis['port'] is 0${port.span === undefined ? ', the default' : ''}) and listens on its socket only: the other machines do not reach it.`,
      remedy: "Set redis['port'] = 6379, and redis['bind'] to this machine's address.",
      ...(edit === undefined ? {} : { fix: { title: 'Set the port to 6379', edits: [edit] } }),
    });
  },
};

/** Where the port of a Redis is set that has none but its socket; undefined when it may have one. */
function socketOnly(
  subject: GitlabRbSubject,
): { readonly span?: { start: number; end: number } } | undefined {
  const tls = digitsAt(subject, 'redis', 'tls_port');
  if (tls?.value !== 0 && !unset(subject, 'redis', 'tls_port')) return undefined;
  if (unset(subject, 'redis', 'port')) return {};
  const port = digitsAt(subject, 'redis', 'port');
  return port?.value === 0 ? { span: port.span } : undefined;
}

/** True when the Redis of this file holds queues and sessions: not one that certainly or maybe is a cache only. */
function keepsData(subject: GitlabRbSubject): boolean {
  if (enabled(subject, 'redis') !== true) return false;
  const name = subject.value('redis', 'master_name');
  if (name?.kind === 'unknown' || (name?.kind === 'string' && /cache/i.test(name.value))) return false;
  if (enabled(subject, 'puma') !== true) return watches(subject) && !isUnset(name);
  // Where queues and sessions are kept elsewhere, this one may lose what it likes.
  const own = ['redis_host', 'redis_queues_instance', 'redis_shared_state_instance', 'redis_cache_instance'];
  return own.every((key) => unset(subject, 'gitlab_rails', key));
}

const EVICTS: GitlabRbRule = {
  id: 'GLR173',
  severity: 'warning',
  topic: TOPIC,
  title: 'Redis may throw away jobs and sessions',
  check(subject, report) {
    if (!keepsData(subject)) return;
    const policy = plainAt(subject, 'redis', 'maxmemory_policy');
    if (policy === undefined || policy.value === 'noeviction') return;
    const limit = knownAt(subject, 'redis', 'maxmemory')?.value;
    const limited =
      (limit?.kind === 'string' && /^[1-9]\d*\s*[kmg]?b?$/i.test(limit.value)) ||
      (limit?.kind === 'integer' && limit.value > 0);
    if (!limited) return;
    report({
      span: policy.span,
      message: `With maxmemory_policy "${policy.value}" a full Redis deletes keys, and this one holds jobs and sessions.`,
      remedy: "Write 'noeviction', the default, or give the cache a Redis of its own.",
      fix: { title: 'Write noeviction', edits: [{ ...policy.span, newText: "'noeviction'" }] },
    });
  },
};

const NOT_SAVED: GitlabRbRule = {
  id: 'GLR174',
  severity: 'warning',
  topic: TOPIC,
  title: 'Redis keeps nothing on disk',
  check(subject, report) {
    if (!keepsData(subject) || !unset(subject, 'redis', 'extra_config_command')) return;
    const save = itemsAt(subject, 'redis', 'save');
    if (save?.value.some((item) => item.kind === 'string' && item.value === '') !== true) return;
    const span = keySpan(subject, 'redis', 'save');
    if (span === undefined) return;
    const removal = removeKey(subject, 'redis', 'save');
    report({
      span,
      message:
        'An empty line in save switches snapshots off: a restart loses all jobs and sessions, and the replicas copy the empty master.',
      remedy: "Remove it; the default is ['900 1', '300 10', '60 10000'].",
      ...(removal === undefined ? {} : { fix: { title: 'Remove it', edits: [removal] } }),
    });
  },
};

const CONTRADICTION: GitlabRbRule = {
  id: 'GLR176',
  severity: 'warning',
  topic: TOPIC,
  title: 'redis master contradicts the role',
  check(subject, report) {
    const master = booleanAt(subject, 'redis', 'master');
    if (master === undefined) return;
    const replica = hasRole(subject, 'redis_replica_role');
    const first = hasRole(subject, 'redis_master_role');
    if (replica === first) return;
    if (master.value === first) return;
    const message = replica
      ? "redis['master'] = true has no effect: redis_replica_role makes this a replica."
      : "redis['master'] = false makes this a replica, although it has redis_master_role: at first the cluster has no master.";
    const removal = removeKey(subject, 'redis', 'master');
    report({
      span: master.span,
      message,
      remedy: replica
        ? 'Remove the line, or give the machine redis_master_role.'
        : 'Remove the line, or give the machine redis_replica_role.',
      ...(replica && removal !== undefined ? { fix: { title: 'Remove the line', edits: [removal] } } : {}),
    });
  },
};

/** What Sentinel sends to Redis, and what the exporter asks. */
const NEEDED = new Set(
  'AUTH CLIENT CONFIG EXEC HELLO INFO MULTI PING PSYNC PUBLISH REPLCONF REPLICAOF SCRIPT SLAVEOF SUBSCRIBE'.split(
    ' ',
  ),
);

const RENAMED: GitlabRbRule = {
  id: 'GLR177',
  severity: 'warning',
  topic: TOPIC,
  title: 'A command that Sentinel needs is renamed',
  check(subject, report) {
    if (enabled(subject, 'redis') !== true || !(watches(subject) || follows(subject))) return;
    const renamed = knownAt(subject, 'redis', 'rename_commands')?.value;
    if (renamed?.kind !== 'hash') return;
    for (const { key, keyRange, value } of renamed.entries.values()) {
      const command = key.toUpperCase();
      if (!NEEDED.has(command) || value.kind !== 'string' || value.value.toUpperCase() === command) continue;
      const what = value.value === '' ? 'switched off' : `renamed to ${value.value}`;
      report({
        span: subject.span(keyRange),
        message: `${command} is ${what}, but Sentinel and the replicas use it by its own name: a failover does not work.`,
        remedy: `Take ${command} out of rename_commands.`,
      });
    }
  },
};

/** Rules about Redis itself. */
const TWO_PASSWORDS: GitlabRbRule = {
  id: 'GLR188',
  severity: 'error',
  topic: TOPIC,
  title: 'Redis wants another password than Sentinel and replicas have',
  check(subject, report) {
    if (enabled(subject, 'redis') !== true) return;
    if (!follows(subject) && !watches(subject) && !hasRole(subject, 'redis_master_role')) return;
    const own = plainAt(subject, 'redis', 'password');
    const master = plainAt(subject, 'redis', 'master_password');
    if (own === undefined || master === undefined || own.value === master.value) return;
    // Without a Sentinel here a replica may well ask for another password than its master does.
    const sentinel = watches(subject);
    report({
      span: master.span,
      message: sentinel
        ? "redis['master_password'] is not redis['password']: this Redis asks for the one, Sentinel and replicas come with the other and are refused."
        : "redis['master_password'] is not redis['password']: once this Redis is the master, Sentinel and replicas that come with the other are refused.",
      severity: sentinel ? 'error' : 'information',
      remedy: "Set both to the same password, on every node: redis['master_password'] = redis['password'].",
      related: { span: own.span, message: 'What this Redis asks for' },
    });
  },
};

export const REDIS_RULES: readonly GitlabRbRule[] = [
  CLOSED,
  EVICTS,
  NOT_SAVED,
  CONTRADICTION,
  RENAMED,
  TWO_PASSWORDS,
];
