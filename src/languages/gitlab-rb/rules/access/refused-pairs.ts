import type { GitlabRbSubject } from '../../subject';
import { isSince } from '../../schema/version';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { booleanAt, enabled, isUnset, keySpan, knownAt, stringAt, unset, digitsAt } from '../support/read';
import { REFUSED_TOPIC } from '../support/topics';
import { calledText, webAddress } from '../support/web';

const STOPS = 'gitlab-ctl reconfigure stops here';

/** True when the key is certainly missing or an empty text. */
function empty(subject: GitlabRbSubject, root: string, key: string): boolean {
  return unset(subject, root, key) || stringAt(subject, root, key)?.value === '';
}

export const CLIENT_CERTIFICATE: GitlabRbRule = {
  id: 'GLR225',
  severity: 'error',
  topic: REFUSED_TOPIC,
  title: 'Clients need a certificate that GitLab does not have',
  check(subject, report) {
    for (const root of ['redis', 'sentinel']) {
      const wanted = stringAt(subject, root, 'tls_auth_clients');
      const plain = digitsAt(subject, root, 'port')?.value;
      const tls = digitsAt(subject, root, 'tls_port')?.value ?? 0;
      // Where a port without TLS is open, GitLab's own tools use that one.
      const noPlain = plain === 0 || (root === 'redis' && unset(subject, root, 'port'));
      if (wanted?.value !== 'yes' || !noPlain || tls === 0) continue;
      const missing = ['tls_cert_file', 'tls_key_file'].filter((key) => empty(subject, root, key));
      if (missing.length === 0) continue;
      report({
        span: wanted.span,
        message: `With tls_auth_clients "yes" GitLab itself needs a certificate, and ${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing: ${STOPS}.`,
        remedy: `Set ${missing.map((key) => `${root}['${key}']`).join(' and ')}, or write 'optional'.`,
      });
    }
  },
};

export const EXPORTER_CERTIFICATE: GitlabRbRule = {
  id: 'GLR226',
  severity: 'error',
  topic: REFUSED_TOPIC,
  title: 'Metrics over TLS without a certificate',
  check(subject, report) {
    for (const [root, on, byDefault] of [
      ['puma', 'exporter_enabled', false],
      ['sidekiq', 'metrics_enabled', true],
    ] as const) {
      const tls = booleanAt(subject, root, 'exporter_tls_enabled');
      const measured = booleanAt(subject, root, on)?.value ?? (byDefault && unset(subject, root, on));
      if (tls?.value !== true || !measured || (root === 'puma' && enabled(subject, root) !== true)) continue;
      const missing = ['exporter_tls_cert_path', 'exporter_tls_key_path'].filter((key) =>
        unset(subject, root, key),
      );
      if (missing.length === 0) continue;
      report({
        span: tls.span,
        message: `The metrics of ${root} shall use TLS, and ${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing: ${STOPS}.`,
        remedy: `Set ${missing.map((key) => `${root}['${key}']`).join(' and ')}.`,
      });
    }
  },
};

export const GITLAB_EXPORTER_CERTIFICATE: GitlabRbRule = {
  id: 'GLR227',
  severity: 'error',
  topic: REFUSED_TOPIC,
  title: 'gitlab_exporter over TLS without a certificate',
  check(subject, report) {
    const tls = booleanAt(subject, 'gitlab_exporter', 'tls_enabled');
    if (tls?.value !== true || !subject.complete) return;
    const missing = ['tls_cert_path', 'tls_key_path'].filter(
      (key) => subject.value('gitlab_exporter', key) === undefined,
    );
    if (missing.length === 0) return;
    report({
      span: tls.span,
      message: `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing: ${STOPS}.`,
      remedy: `Set ${missing.map((key) => `gitlab_exporter['${key}']`).join(' and ')} to files that exist.`,
    });
  },
};

/** Addresses of single services: the schemes they take, and whether a path may follow. */
const URLS = [
  { root: 'registry_external_url', title: 'The registry', schemes: ['http', 'https'], path: false },
  { root: 'pages_external_url', title: 'GitLab Pages', schemes: ['http', 'https'], path: false },
  { root: 'gitlab_kas_external_url', title: 'The agent server', schemes: ['ws', 'wss'], path: true },
] as const;

export const SERVICE_URL: GitlabRbRule = {
  id: 'GLR228',
  severity: 'error',
  topic: REFUSED_TOPIC,
  title: 'The address of a service is not one GitLab takes',
  check(subject, report) {
    for (const { root, title, schemes, path } of URLS) {
      const url = calledText(subject, root);
      if (url === undefined) continue;
      const address = webAddress(url.value);
      const wrong = reason(address, schemes, path);
      // The address of the agent server is looked at only when it runs, and has a host of its own.
      if (wrong === undefined || (path && !ownHost(subject, address.host))) continue;
      report({
        span: url.span,
        message: `${title} cannot have the address "${url.value}", ${wrong}: ${STOPS}.`,
        remedy: `Write ${schemes.map((scheme) => `${scheme}://`).join(' or ')} and the host name${path ? '' : ', without a path'}.`,
      });
    }
  },
};

function reason(
  address: { readonly scheme: string; readonly host: string; readonly path: string },
  schemes: readonly string[],
  path: boolean,
): string | undefined {
  if (address.host === '') return address.scheme === '' ? 'which has no scheme' : 'which has no host';
  if (!schemes.includes(address.scheme)) return `whose scheme is not ${schemes.join(' or ')}`;
  return path || address.path === '' || address.path === '/' ? undefined : `whose path is ${address.path}`;
}

function ownHost(subject: GitlabRbSubject, host: string): boolean {
  if (enabled(subject, 'gitlab_kas') !== true) return false;
  const gitlab = calledText(subject, 'external_url');
  return gitlab !== undefined && webAddress(gitlab.value).host !== host;
}

export const COMPONENT_USER: GitlabRbRule = {
  id: 'GLR232',
  severity: 'error',
  topic: REFUSED_TOPIC,
  title: 'A component database without a user',
  check(subject, report) {
    const databases = subject.value('postgresql', 'component_databases');
    if (databases?.kind !== 'hash' || !subject.complete || !isSince(subject.version, '19.2')) return;
    for (const { key, keyRange, value } of databases.entries.values()) {
      if (value.kind !== 'hash' || value.open !== undefined) continue;
      const on = value.entries.get('enable')?.value;
      const user = value.entries.get('user')?.value;
      // A command may bring the user along.
      if (on?.kind !== 'boolean' || !on.value || value.entries.has('extra_config_command')) continue;
      if (!isUnset(user) && !(user?.kind === 'string' && user.value === '')) continue;
      report({
        span: subject.span(keyRange),
        message: `The component database "${key}" has no user: ${STOPS}.`,
        remedy: "Add 'user' => '…', the role that owns it.",
      });
    }
  },
};

export const CA_KEYS_LIST: GitlabRbRule = {
  id: 'GLR233',
  severity: 'error',
  topic: REFUSED_TOPIC,
  title: 'trusted_user_ca_keys is not a list',
  check(subject, report) {
    const keys = knownAt(subject, 'gitlab_sshd', 'trusted_user_ca_keys');
    if (keys === undefined || keys.value.kind === 'array') return;
    const source = subject.text.slice(keys.span.start, keys.span.end);
    const text = keys.value.kind === 'string' && /^(['"])[^'"#\\\n]*\1$/.test(source);
    report({
      span: keys.span,
      message: `trusted_user_ca_keys must be a list: ${STOPS}.`,
      remedy: text ? `Write [${source}].` : 'Write a list of texts.',
      ...(text
        ? { fix: { title: 'Make it a list', edits: [{ ...keys.span, newText: `[${source}]` }] } }
        : {}),
    });
  },
};

export const OAK_ADDRESS: GitlabRbRule = {
  id: 'GLR234',
  severity: 'error',
  topic: REFUSED_TOPIC,
  title: 'oak is on without a network address',
  check(subject, report) {
    const on = booleanAt(subject, 'oak', 'enable');
    if (on?.value !== true || !empty(subject, 'oak', 'network_address') || !isSince(subject.version, '18.11'))
      return;
    report({
      span: keySpan(subject, 'oak', 'enable') ?? on.span,
      message: `oak['network_address'] is missing: ${STOPS}.`,
      remedy: "Set oak['network_address'] to the address the cluster reaches this machine at.",
    });
  },
};

export const DATABASE_KEYS_DIFFER: GitlabRbRule = {
  id: 'GLR235',
  severity: 'error',
  topic: REFUSED_TOPIC,
  title: 'Two different keys for the encrypted columns',
  check(subject, report) {
    const old = stringAt(subject, 'gitlab_ci', 'db_key_base');
    const now = stringAt(subject, 'gitlab_rails', 'db_key_base');
    if (old === undefined || now === undefined || old.value === now.value) return;
    report({
      span: now.span,
      message: `gitlab_ci['db_key_base'] says another key, and only one of them opens the stored secrets: ${STOPS}.`,
      remedy: "Keep a copy of both, write the value of gitlab_ci['db_key_base'] here, and delete that line.",
      related: { span: old.span, message: 'The other key' },
    });
  },
};

export const LETS_ENCRYPT_HTTP: GitlabRbRule = {
  id: 'GLR236',
  severity: 'warning',
  topic: REFUSED_TOPIC,
  title: "Let's Encrypt for an address without TLS",
  check(subject, report) {
    const on = booleanAt(subject, 'letsencrypt', 'enable');
    const url = calledText(subject, 'external_url');
    if (on?.value !== true || url === undefined || webAddress(url.value).scheme !== 'http') return;
    report({
      span: on.span,
      message: 'external_url begins with http, so nothing uses the certificate.',
      remedy: 'Write https:// in external_url, or delete this line.',
      related: { span: url.span, message: 'The address of GitLab' },
    });
  },
};
