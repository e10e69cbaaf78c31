import { parseDocument } from 'yaml';
import { DATABASE_TOPIC, patroniOff, patroniOn, patroniSpan, privateAddresses } from './facts';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { isIpAddress, isLoopback } from '../support/address';
import { replaceText, textOr } from '../support/effective';
import { anyCovers } from '../support/network';
import { booleanAt, keySpan, knownAt, stringAt, textsAt, unset, written } from '../support/read';
import { isTemplated } from '../support/template';

const NO_ADDRESS: GitlabRbRule = {
  id: 'GLR073',
  severity: 'warning',
  topic: DATABASE_TOPIC,
  title: 'Patroni picks one of several addresses by itself',
  check(subject, report) {
    if (!patroniOn(subject) || !unset(subject, 'patroni', 'connect_address')) return;
    const [first, second] = privateAddresses(subject);
    const span = patroniSpan(subject);
    if (first === undefined || second === undefined || span === undefined) return;
    report({
      span,
      message: `This machine has ${first.value} and ${second.value}; without patroni['connect_address'] the others get whichever comes first.`,
      remedy: "Set patroni['connect_address'] to the address the other nodes reach.",
      related: { span: second.span, message: `${second.value} is written here.` },
    });
  },
};

const UNREACHABLE: GitlabRbRule = {
  id: 'GLR074',
  severity: 'information',
  topic: DATABASE_TOPIC,
  title: 'Patroni tells the others an address they cannot reach',
  check(subject, report) {
    const address = stringAt(subject, 'patroni', 'connect_address');
    if (patroniOff(subject) || address === undefined) return;
    const everywhere = ['0.0.0.0', '::', '*'].includes(address.value);
    if (!everywhere && !isLoopback(address.value)) return;
    const what = everywhere ? 'stands for all addresses' : 'is every machine itself';
    report({
      span: address.span,
      message: `"${address.value}" ${what}: replicas that look for the leader there find nobody, or themselves.`,
      remedy: "Write this node's address in the cluster's network.",
    });
  },
};

const OPEN_API: GitlabRbRule = {
  id: 'GLR075',
  severity: 'warning',
  topic: DATABASE_TOPIC,
  title: "Patroni's REST API takes orders from anybody",
  check(subject, report) {
    if (!patroniOn(subject)) return;
    const user = keySpan(subject, 'patroni', 'username');
    const password = keySpan(subject, 'patroni', 'password');
    if (user !== undefined && password !== undefined) return;
    if (!['allowlist', 'tls_client_mode'].every((key) => unset(subject, 'patroni', key))) return;
    const address = textOr(subject, '', 'patroni', 'listen_address');
    const span = user ?? password ?? patroniSpan(subject);
    if (address === undefined || isLoopback(address) || span === undefined || !subject.complete) return;
    report({
      span,
      message: whyOpen(user !== undefined, password !== undefined),
      remedy:
        "Set patroni['username'] and patroni['password'], the same on all nodes, or patroni['allowlist'].",
    });
  },
};

/** What half of a login means for Patroni's API. */
function whyOpen(user: boolean, password: boolean): string {
  if (user) return 'patroni[\'password\'] is not set: Patroni then takes the word "None" as the password.';
  return password
    ? "patroni['password'] counts only together with patroni['username']: anybody who reaches port 8008 may still order a switchover."
    : 'Anybody who reaches port 8008 may order a restart, a switchover or a new copy of this node.';
}

const NO_CERTIFICATE: GitlabRbRule = {
  id: 'GLR076',
  severity: 'warning',
  topic: DATABASE_TOPIC,
  title: "gitlab-ctl has no certificate for Patroni's REST API",
  check(subject, report) {
    const mode = stringAt(subject, 'patroni', 'tls_client_mode');
    if (patroniOff(subject) || mode === undefined || mode.value === 'none') return;
    if (['tls_certificate_file', 'tls_key_file'].some((key) => unset(subject, 'patroni', key))) return;
    const missing = ['tls_client_certificate_file', 'tls_client_key_file'].find((key) =>
      unset(subject, 'patroni', key),
    );
    if (missing === undefined) return;
    report({
      span: mode.span,
      message: `With "${mode.value}" gitlab-ctl needs ${written('patroni', [missing])}; without it "gitlab-ctl patroni check-leader" fails, and with it Consul's check of the leader.`,
      remedy: "Set patroni['tls_client_certificate_file'] and patroni['tls_client_key_file'].",
    });
  },
};

/** Longer texts are no passwords, and not worth the time. */
const LONGEST = 256;
/** Nobody runs a cluster of more nodes; longer lists are not compared. */
const MOST_NODES = 100;

/** What the library takes for a word or number of YAML 1.1 and Python's reader, which Patroni uses, does not. */
const TEXT_FOR_PYTHON = /^(?:[yYnN]|[-+]?[\d_.]+[eE]\d+)$/;

/** What patroni.yaml holds after the package wrote the text there without quotes; undefined when it cannot be read. */
function throughYaml(text: string): string | undefined {
  if (TEXT_FOR_PYTHON.test(text)) return text;
  const options = { version: '1.1', logLevel: 'silent', intAsBigInt: true } as const;
  const document = parseDocument(`password: ${text}\nnext: 1\n`, options);
  if (document.errors.length > 0) return undefined;
  const read: unknown = document.get('password');
  if (typeof read === 'string' || typeof read === 'number' || typeof read === 'bigint') return String(read);
  return read instanceof Date ? text : undefined;
}

const UNQUOTED: GitlabRbRule = {
  id: 'GLR077',
  severity: 'error',
  topic: DATABASE_TOPIC,
  title: 'YAML changes or refuses this text',
  check(subject, report) {
    for (const key of ['password', 'replication_password', 'username']) {
      const found = stringAt(subject, 'patroni', key);
      if (found === undefined || found.value === '' || found.value.length > LONGEST) continue;
      if (isTemplated(found.value)) continue;
      if (found.value.includes('\n') || throughYaml(found.value) === found.value) continue;
      const read = throughYaml(found.value);
      const effect =
        read === undefined ? 'which YAML refuses or takes for something else' : 'which YAML cuts or changes';
      report({
        span: found.span,
        message: `GitLab writes ${written('patroni', [key])} into patroni.yaml without quotes, ${effect}.`,
        remedy: 'Use letters, digits, "-" and "_" only; change it on all nodes.',
      });
    }
  },
};

const NOT_ALLOWED: GitlabRbRule = {
  id: 'GLR078',
  severity: 'information',
  topic: DATABASE_TOPIC,
  title: "Another node is missing in Patroni's allow list",
  check(subject, report) {
    const allowed = textsAt(subject, 'patroni', 'allowlist');
    const members = textsAt(subject, 'consul', 'configuration', 'retry_join');
    if (patroniOff(subject) || allowed === undefined || members === undefined) return;
    // Only where the Consul servers are the database nodes.
    if (booleanAt(subject, 'consul', 'configuration', 'server')?.value !== true) return;
    const includes = knownAt(subject, 'patroni', 'allowlist_include_members')?.value;
    if (Math.max(allowed.value.length, members.value.length) > MOST_NODES) return;
    if (allowed.value.length === 0 || (includes?.kind === 'boolean' && includes.value)) return;
    if (includes === undefined && !unset(subject, 'patroni', 'allowlist_include_members')) return;
    const entries = allowed.value.map(({ value }) => value);
    const missing = members.value.filter(
      ({ value }) => isIpAddress(value) && anyCovers(entries, value) === false,
    );
    if (missing.length === 0) return;
    const names = missing.map(({ value }) => value).join(', ');
    report({
      span: allowed.span,
      message: `The list does not hold ${names} of retry_join: "gitlab-ctl patroni restart" and the like fail from there.`,
      remedy: "Add the other nodes, or set patroni['allowlist_include_members'] to true.",
    });
  },
};

const LOCAL_ONLY: GitlabRbRule = {
  id: 'GLR080',
  severity: 'warning',
  topic: DATABASE_TOPIC,
  title: 'Replicas cannot reach this PostgreSQL',
  check(subject, report) {
    if (!patroniOn(subject)) return;
    const address = stringAt(subject, 'postgresql', 'listen_address');
    if (address === undefined) {
      const span = patroniSpan(subject);
      if (span === undefined || !unset(subject, 'postgresql', 'listen_address')) return;
      report({
        span,
        message:
          "postgresql['listen_address'] is not set: PostgreSQL listens on no address, so no replica can follow this node.",
        remedy: "Set postgresql['listen_address'] to '0.0.0.0' or to this node's address.",
      });
      return;
    }
    const hosts = address.value.split(',').map((host) => host.trim());
    if (!hosts.every((host) => isLoopback(host))) return;
    const edit = replaceText(subject, address, '0.0.0.0');
    report({
      span: address.span,
      message: `PostgreSQL listens on ${address.value} only: no replica can follow this node.`,
      remedy: "Write '0.0.0.0', or this node's address in the cluster's network.",
      ...(edit === undefined ? {} : { fix: { title: "Write '0.0.0.0'", edits: [edit] } }),
    });
  },
};

/** Addresses of Patroni and PostgreSQL, and who may give orders. */
export const DATABASE_NETWORK_RULES: readonly GitlabRbRule[] = [
  NO_ADDRESS,
  UNREACHABLE,
  OPEN_API,
  NO_CERTIFICATE,
  UNQUOTED,
  NOT_ALLOWED,
  LOCAL_ONLY,
];
