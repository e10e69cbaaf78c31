import type { GitlabRbSubject } from '../../subject';
import { isRoot } from '../../schema/roots';
import { GITLAB_SCHEMA } from '../../schema';
import { isSince } from '../../schema/version';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { booleanAt, enabled, itemsAt, knownAt, stringAt, type Found } from '../support/read';
import { isPlaceholder } from '../support/secret';
import { REFUSED_TOPIC } from '../support/topics';

const STOPS = 'gitlab-ctl reconfigure stops here';

export const SHORT_ROOT_PASSWORD: GitlabRbRule = {
  id: 'GLR221',
  severity: 'error',
  topic: REFUSED_TOPIC,
  title: 'The first password of root is too short',
  check(subject, report) {
    const password = stringAt(subject, 'gitlab_rails', 'initial_root_password');
    if (password === undefined || [...password.value].length >= 8 || isPlaceholder(password.value)) return;
    report({
      span: password.span,
      message: `initial_root_password has ${[...password.value].length} characters, and GitLab wants at least 8: ${STOPS}.`,
      remedy: 'Write a longer one, or leave it out: GitLab makes one by itself.',
    });
  },
};

export const DATABASE_ADAPTER: GitlabRbRule = {
  id: 'GLR222',
  severity: 'error',
  topic: REFUSED_TOPIC,
  title: 'A database other than PostgreSQL',
  check(subject, report) {
    const adapter = stringAt(subject, 'gitlab_rails', 'db_adapter');
    if (adapter === undefined || adapter.value === 'postgresql') return;
    report({
      span: adapter.span,
      message: `GitLab works with PostgreSQL only, not with "${adapter.value}": ${STOPS}.`,
      remedy: 'Delete the line.',
    });
  },
};

/** Secrets with the number of bytes they have once base64 is taken off. */
const SECRETS: readonly { readonly root: string; readonly key: string; readonly bytes: number }[] = [
  { root: 'gitlab_rails', key: 'orbit_secret', bytes: 32 },
  { root: 'gitlab_kas', key: 'api_secret_key', bytes: 32 },
  { root: 'gitlab_kas', key: 'private_api_secret_key', bytes: 32 },
  { root: 'gitlab_kas', key: 'websocket_token_secret_key', bytes: 72 },
  { root: 'gitlab_pages', key: 'api_secret_key', bytes: 32 },
];

export const SECRET_LENGTH: GitlabRbRule = {
  id: 'GLR223',
  severity: 'error',
  topic: REFUSED_TOPIC,
  title: 'A secret of the wrong length',
  check(subject, report) {
    for (const { root, key, bytes } of SECRETS) {
      // GitLab of a version that does not know the key does not look at it.
      const since = GITLAB_SCHEMA.key(root, [key])?.since;
      const secret = stringAt(subject, root, key);
      if (secret === undefined || (since !== undefined && !isSince(subject.version, since))) continue;
      if (isPlaceholder(secret.value)) continue;
      const length = decodedLength(secret.value);
      if (length === bytes) continue;
      report({
        span: secret.span,
        message:
          length === undefined
            ? `${root}['${key}'] is not base64: ${STOPS}.`
            : `${root}['${key}'] has ${length} bytes, and must have ${bytes}: ${STOPS}.`,
        remedy: `Make one with: openssl rand -base64 ${bytes}, in one line.`,
      });
    }
  },
};

/** Number of bytes of strict base64; undefined when it is none. */
function decodedLength(text: string): number | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  return (text.length / 4) * 3 - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0);
}

const MECHANISMS = new Set(['login', 'plain', 'cram_md5', 'none', 'false', '']);

export const SMTP_AUTHENTICATION: GitlabRbRule = {
  id: 'GLR224',
  severity: 'error',
  topic: REFUSED_TOPIC,
  title: 'An unknown way to log in at the mail server',
  check(subject, report) {
    if (booleanAt(subject, 'gitlab_rails', 'smtp_enable')?.value !== true) return;
    const way = stringAt(subject, 'gitlab_rails', 'smtp_authentication');
    if (way === undefined || MECHANISMS.has(way.value.toLowerCase())) return;
    report({
      span: way.span,
      message: isSince(subject.version, '19.0')
        ? `GitLab knows no way "${way.value}" to log in at a mail server: ${STOPS}.`
        : `GitLab knows no way "${way.value}" to log in at a mail server, and cannot send mail.`,
      remedy: "Write 'login', 'plain' or 'cram_md5', or 'none' to send without logging in.",
    });
  },
};

export const LISTEN_NETWORK: GitlabRbRule = {
  id: 'GLR229',
  severity: 'error',
  topic: REFUSED_TOPIC,
  title: 'The agent server cannot listen on this network',
  check(subject, report) {
    const network = stringAt(subject, 'gitlab_kas', 'internal_api_listen_network');
    if (network === undefined || /^(?:tcp[46]?|unix)$/.test(network.value)) return;
    if (
      enabled(subject, 'gitlab_kas') !== true ||
      knownAt(subject, 'gitlab_rails', 'gitlab_kas_internal_url')
    )
      return;
    report({
      span: network.span,
      message: `internal_api_listen_network is one of tcp, tcp4, tcp6 and unix, not "${network.value}": ${STOPS}.`,
      remedy: "Write 'tcp' or 'unix'.",
    });
  },
};

export const LOGROTATE_SERVICE: GitlabRbRule = {
  id: 'GLR230',
  severity: 'error',
  topic: REFUSED_TOPIC,
  title: 'logrotate is given a service that does not exist',
  check(subject, report) {
    for (const { value, span } of texts(subject, 'logrotate', 'services')) {
      if (isRoot(value.replaceAll('-', '_')) || value.endsWith(',')) continue;
      report({
        span,
        message: `GitLab has no service "${value}" whose logs could be rotated: ${STOPS}.`,
        remedy: 'Write names of services, such as nginx, puma or gitaly.',
      });
    }
  },
};

function texts(subject: GitlabRbSubject, root: string, key: string): readonly Found<string>[] {
  return (itemsAt(subject, root, key)?.value ?? []).flatMap((item) =>
    item.kind === 'string' ? [{ value: item.value, span: subject.span(item.range) }] : [],
  );
}

/** Parts of Redis that GitLab may not keep in a Redis Cluster. */
const NOT_IN_CLUSTERS = [
  'queues',
  'shared_state',
  'trace_chunks',
  'sessions',
  'repository_cache',
  'workhorse',
];

export const CLUSTER_NOT_ALLOWED: GitlabRbRule = {
  id: 'GLR231',
  severity: 'error',
  topic: REFUSED_TOPIC,
  title: 'This part of Redis cannot be a Redis Cluster',
  check(subject, report) {
    for (const part of NOT_IN_CLUSTERS) {
      const nodes = itemsAt(subject, 'gitlab_rails', `redis_${part}_cluster_nodes`);
      if (nodes === undefined || nodes.value.length === 0) continue;
      report({
        span: nodes.span,
        message: `GitLab keeps ${part} in one Redis, not in a Redis Cluster: ${STOPS}.`,
        remedy: `Use Sentinels: gitlab_rails['redis_${part}_sentinels'].`,
      });
    }
  },
};
