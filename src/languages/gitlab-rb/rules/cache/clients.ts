import type { GitlabRbSubject } from '../../subject';
import type { RubyValue } from '../../evaluate/value';
import { follows, TOPIC, watches } from './sentinel';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { isIpAddress } from '../support/address';
import { lineBelowKey, removeKey, serviceSpan } from '../support/places';
import { enabled, isUnset, itemsAt, keySpan, knownAt, unset } from '../support/read';

/** The kinds of data GitLab can keep in a Redis Cluster; GitLab's package, `RedisHelper::GitlabRails`. */
const IN_CLUSTERS = ['cache', 'rate_limiting', 'cluster_rate_limiting'];

/** All lists of Sentinels that GitLab is given, with the key they stand under. */
function sentinelLists(subject: GitlabRbSubject): readonly { key: string; items: readonly RubyValue[] }[] {
  const rails = subject.value('gitlab_rails');
  if (rails?.kind !== 'hash') return [];
  return [...rails.entries.values()].flatMap(({ key, value }) =>
    /^redis_(\w+_)?sentinels$/.test(key) && value.kind === 'array' ? [{ key, items: value.items }] : [],
  );
}

/** True when GitLab certainly asks Sentinels for the master of its main Redis. */
function asksSentinels(subject: GitlabRbSubject): boolean {
  return (itemsAt(subject, 'gitlab_rails', 'redis_sentinels')?.value.length ?? 0) > 0;
}

const FEW: GitlabRbRule = {
  id: 'GLR164',
  severity: 'warning',
  topic: TOPIC,
  title: 'GitLab asks too few Sentinels for the master',
  check(subject, report) {
    for (const { key, items } of sentinelLists(subject)) {
      const span = keySpan(subject, 'gitlab_rails', key);
      if (span === undefined || items.length === 0 || items.length > 2) continue;
      // A name may stand for all of them, as a service of Kubernetes does.
      if (!items.every(hasAddress)) continue;
      const count = items.length === 1 ? 'one Sentinel' : 'two Sentinels';
      report({
        span,
        message: `${key} names ${count}: a failover needs three to have a majority, and GitLab should know them all.`,
        remedy: "Name all Sentinels: { 'host' => '10.0.0.11', 'port' => 26379 }, …",
      });
    }
    noSentinels(subject, report);
  },
};

function hasAddress(item: RubyValue): boolean {
  const host = item.kind === 'hash' ? item.entries.get('host')?.value : undefined;
  return host?.kind === 'string' && isIpAddress(host.value);
}

/** GitLab beside a replica, or beside a Sentinel, that uses the Redis of its own machine. */
function noSentinels(subject: GitlabRbSubject, report: Parameters<GitlabRbRule['check']>[1]): void {
  if (enabled(subject, 'puma') !== true || enabled(subject, 'redis') !== true) return;
  if (!follows(subject) && !watches(subject)) return;
  const rails = subject.value('gitlab_rails');
  if (rails?.kind === 'unknown' || (rails?.kind === 'hash' && rails.open !== undefined)) return;
  const keys = rails?.kind === 'hash' ? [...rails.entries.keys()] : [];
  if (
    !subject.complete ||
    keys.some((key) => /^redis_(\w+_)?(sentinels|host|instance|yml_override)$/.test(key))
  )
    return;
  const span = serviceSpan(subject, 'puma', 'application_role');
  if (span === undefined) return;
  report({
    span,
    message:
      "GitLab runs here without gitlab_rails['redis_sentinels']: it uses the Redis of this machine, master or not, and does not follow a failover.",
    remedy:
      "Name all Sentinels: gitlab_rails['redis_sentinels'] = [{ 'host' => '10.0.0.11', 'port' => 26379 }, …]",
  });
}

const SHAPE: GitlabRbRule = {
  id: 'GLR178',
  severity: 'error',
  topic: TOPIC,
  title: 'A Sentinel is not written as host and port',
  check(subject, report) {
    for (const { key, items } of sentinelLists(subject)) {
      for (const item of items) {
        const what =
          item.kind === 'hash'
            ? item.open === undefined && isUnset(item.entries.get('host')?.value)
              ? 'has no host'
              : undefined
            : item.kind === 'unknown'
              ? undefined
              : `is a ${item.kind}, not a hash`;
        if (what === undefined) continue;
        const text = item.kind === 'string' ? /^([\w.-]+):(\d{1,5})$/.exec(item.value) : null;
        const newText =
          text === null ? undefined : `{ 'host' => '${text[1] ?? ''}', 'port' => ${text[2] ?? ''} }`;
        const span = subject.span(item.range);
        report({
          span,
          message: `An entry of ${key} ${what}: GitLab is given no address to ask.`,
          remedy: "Write { 'host' => '10.0.0.11', 'port' => 26379 }.",
          ...(newText === undefined
            ? {}
            : { fix: { title: `Write ${newText}`, edits: [{ ...span, newText }] } }),
        });
      }
    }
  },
};

const REDIS_PORT: GitlabRbRule = {
  id: 'GLR165',
  severity: 'warning',
  topic: TOPIC,
  title: 'A Sentinel is expected at the port of Redis',
  check(subject, report) {
    if (!unset(subject, 'sentinel', 'port')) return;
    for (const { key, items } of sentinelLists(subject)) {
      for (const item of items) {
        const port = item.kind === 'hash' ? item.entries.get('port')?.value : undefined;
        const number =
          port?.kind === 'integer' ? port.value : port?.kind === 'string' ? Number(port.value) : undefined;
        if (port === undefined || number !== 6379) continue;
        const span = subject.span(port.range);
        report({
          span,
          message: `${key} expects a Sentinel at port 6379, which is Redis': Sentinels listen on 26379.`,
          remedy: 'Write 26379.',
          fix: { title: 'Write 26379', edits: [{ ...span, newText: '26379' }] },
        });
      }
    }
  },
};

const NO_PASSWORD: GitlabRbRule = {
  id: 'GLR166',
  severity: 'warning',
  topic: TOPIC,
  title: 'GitLab asks Sentinel, but has no password for Redis',
  check(subject, report) {
    if (!asksSentinels(subject) || enabled(subject, 'puma') === false) return;
    const password = knownAt(subject, 'redis', 'password');
    const span = keySpan(subject, 'gitlab_rails', 'redis_sentinels');
    if (password === undefined || span === undefined || enabled(subject, 'redis') !== true) return;
    if (!unset(subject, 'redis', 'master_password')) return;
    const others = [
      'redis_password',
      'redis_extra_config_command',
      'redis_yml_override',
      'redis_encrypted_settings_file',
    ];
    if (!others.every((key) => unset(subject, 'gitlab_rails', key))) return;
    const edit = lineBelowKey(subject, "redis['master_password'] = redis['password']", 'redis', 'password');
    report({
      span,
      message:
        "With Sentinels GitLab takes the password from redis['master_password'], which is missing; redis['password'] is for the server alone.",
      remedy: "Set redis['master_password'] to the same password.",
      ...(edit === undefined ? {} : { fix: { title: "Set redis['master_password']", edits: [edit] } }),
    });
  },
};

const SENTINEL_PASSWORD: GitlabRbRule = {
  id: 'GLR167',
  severity: 'warning',
  topic: TOPIC,
  title: "GitLab does not learn Sentinel's password",
  check(subject, report) {
    if (!asksSentinels(subject) || enabled(subject, 'sentinel') !== false) return;
    const password = knownAt(subject, 'sentinel', 'password');
    const span = keySpan(subject, 'sentinel', 'password');
    if (password === undefined || span === undefined) return;
    if (!unset(subject, 'gitlab_rails', 'redis_sentinels_password')) return;
    const source = subject.text.slice(span.start, span.end);
    const newText = "gitlab_rails['redis_sentinels_password']";
    report({
      span,
      message:
        "sentinel['password'] is for the Sentinel of this machine, and none runs here: GitLab asks the others without a password.",
      remedy: `Write ${newText} instead.`,
      ...(source.startsWith('sentinel[')
        ? { fix: { title: `Write ${newText}`, edits: [{ ...span, newText }] } }
        : {}),
    });
  },
};

const HOST_TOO: GitlabRbRule = {
  id: 'GLR168',
  severity: 'warning',
  topic: TOPIC,
  title: 'redis_host has no effect beside Sentinels',
  check(subject, report) {
    if (!asksSentinels(subject)) return;
    for (const key of ['redis_host', 'redis_port']) {
      const found = knownAt(subject, 'gitlab_rails', key);
      const span = keySpan(subject, 'gitlab_rails', key);
      if (found === undefined || span === undefined) continue;
      const removal = removeKey(subject, 'gitlab_rails', key);
      report({
        span,
        message: `gitlab_rails['${key}'] has no effect: with redis_sentinels GitLab asks the Sentinels for redis['master_name'].`,
        remedy: 'Remove it.',
        tags: ['unnecessary'],
        ...(removal === undefined ? {} : { fix: { title: 'Remove it', edits: [removal] } }),
      });
    }
  },
};

const REDIS_CLUSTER: GitlabRbRule = {
  id: 'GLR175',
  severity: 'error',
  topic: TOPIC,
  title: 'Redis Cluster and Sentinels for the same data',
  check(subject, report) {
    for (const instance of IN_CLUSTERS) {
      const key = `redis_${instance}_cluster_nodes`;
      const span = keySpan(subject, 'gitlab_rails', key);
      const nodes = itemsAt(subject, 'gitlab_rails', key)?.value.length ?? 0;
      const sentinels = itemsAt(subject, 'gitlab_rails', `redis_${instance}_sentinels`);
      if (span === undefined || nodes === 0 || sentinels === undefined || sentinels.value.length === 0)
        continue;
      report({
        span,
        message: `redis_${instance}_sentinels is set as well: gitlab-ctl reconfigure stops.`,
        remedy: 'Keep one of the two.',
        related: { span: sentinels.span, message: 'The Sentinels.' },
      });
    }
  },
};

/** Rules about how GitLab finds its Redis. */
export const REDIS_CLIENT_RULES: readonly GitlabRbRule[] = [
  FEW,
  REDIS_PORT,
  NO_PASSWORD,
  SENTINEL_PASSWORD,
  HOST_TOO,
  REDIS_CLUSTER,
  SHAPE,
];
