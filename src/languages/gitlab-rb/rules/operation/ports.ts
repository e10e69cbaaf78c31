import type { Span } from '../../../core/rules/rule';
import type { GitlabRbSubject } from '../../subject';
import { truthy } from '../../evaluate/value';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { HIGHEST_PORT, hostPort } from '../support/address';
import { digitsAt, enabled, knownAt, unset } from '../support/read';
import { plainAt } from '../support/template';

/** A place where a service waits for connections. */
interface Listener {
  readonly service: string;
  readonly hosts: readonly string[];
  readonly port: number;
  /** Where it is written; undefined for a default. */
  readonly span: Span | undefined;
}

type Path = readonly [root: string, ...path: string[]];

/** Services with address and port in one key, and their defaults; '' where there is none. */
const JOINED: readonly (readonly [service: string, path: Path, byDefault: string])[] = [
  ['Gitaly', ['gitaly', 'configuration', 'listen_addr'], ''],
  ["Gitaly's TLS", ['gitaly', 'configuration', 'tls_listen_addr'], ''],
  ["Gitaly's metrics", ['gitaly', 'configuration', 'prometheus_listen_addr'], 'localhost:9236'],
  ['Praefect', ['praefect', 'configuration', 'listen_addr'], 'localhost:2305'],
  ["Praefect's TLS", ['praefect', 'configuration', 'tls_listen_addr'], ''],
  ["Praefect's metrics", ['praefect', 'configuration', 'prometheus_listen_addr'], 'localhost:9652'],
  ["Workhorse's metrics", ['gitlab_workhorse', 'prometheus_listen_addr'], 'localhost:9229'],
  ['Prometheus', ['prometheus', 'listen_address'], 'localhost:9090'],
  ['Alertmanager', ['alertmanager', 'listen_address'], 'localhost:9093'],
  ['Node exporter', ['node_exporter', 'listen_address'], 'localhost:9100'],
  ['Redis exporter', ['redis_exporter', 'listen_address'], 'localhost:9121'],
  ['PostgreSQL exporter', ['postgres_exporter', 'listen_address'], 'localhost:9187'],
  ['PgBouncer exporter', ['pgbouncer_exporter', 'listen_address'], 'localhost:9188'],
  ['KAS', ['gitlab_kas', 'listen_address'], 'localhost:8150'],
  ["KAS's internal API", ['gitlab_kas', 'internal_api_listen_address'], 'localhost:8153'],
  ["KAS's Kubernetes API", ['gitlab_kas', 'kubernetes_api_listen_address'], 'localhost:8154'],
  ["KAS's private API", ['gitlab_kas', 'private_api_listen_address'], 'localhost:8155'],
  ['GitLab Shell (gitlab-sshd)', ['gitlab_sshd', 'listen_address'], 'localhost:2222'],
];

/** Services with a key for the address and one for the port; 0 where the default is none. */
const APART: readonly (readonly [service: string, address: Path, host: string, key: string, port: number])[] =
  [
    ['PgBouncer', ['pgbouncer', 'listen_addr'], '0.0.0.0', 'listen_port', 6432],
    ['Patroni', ['patroni', 'listen_address'], '0.0.0.0', 'port', 8008],
    ['PostgreSQL', ['postgresql', 'listen_address'], '', 'port', 5432],
    ['Redis', ['redis', 'bind'], '127.0.0.1', 'port', 0],
    ['Sentinel', ['sentinel', 'bind'], '0.0.0.0', 'port', 26379],
    ['Puma', ['puma', 'listen'], '127.0.0.1', 'port', 8080],
    ['GitLab exporter', ['gitlab_exporter', 'listen_address'], 'localhost', 'listen_port', 9168],
    ["Sidekiq's metrics", ['sidekiq', 'listen_address'], '127.0.0.1', 'listen_port', 8082],
    [
      "Sidekiq's health check",
      ['sidekiq', 'health_checks_listen_address'],
      '127.0.0.1',
      'health_checks_listen_port',
      8092,
    ],
  ];

function joined(subject: GitlabRbSubject, [service, path, byDefault]: (typeof JOINED)[number]): Listener[] {
  if (enabled(subject, path[0]) !== true) return [];
  const written = plainAt(subject, ...path);
  const value = written?.value ?? (unset(subject, ...path) ? byDefault : '');
  const { host, port } = hostPort(value);
  return port === undefined ? [] : [{ service, hosts: [host], port, span: written?.span }];
}

function apart(
  subject: GitlabRbSubject,
  [service, address, host, key, byDefault]: (typeof APART)[number],
): Listener[] {
  const [root] = address;
  if (enabled(subject, root) !== true || isOff(subject, address)) return [];
  const place = plainAt(subject, ...address);
  const hosts = place?.value ?? (unset(subject, ...address) ? host : '');
  const written = digitsAt(subject, root, key);
  const port = written?.value ?? (unset(subject, root, key) ? byDefault : 0);
  if (hosts === '' || port === 0) return [];
  return [{ service, hosts: hosts.split(/[\s,]+/), port, span: written?.span }];
}

/** Sidekiq serves metrics and health check only where they are on; anything but a certain yes counts as off. */
function isOff(subject: GitlabRbSubject, [root, key]: Path): boolean {
  if (root !== 'sidekiq') return false;
  const on = key === 'listen_address' ? 'metrics_enabled' : 'health_checks_enabled';
  const found = knownAt(subject, 'sidekiq', on);
  return found === undefined ? !unset(subject, 'sidekiq', on) : !truthy(found.value);
}

/** The port nginx serves GitLab on, where it is written. */
function nginx(subject: GitlabRbSubject): Listener[] {
  if (enabled(subject, 'nginx') !== true) return [];
  const written =
    digitsAt(subject, 'gitlab_rails', 'nginx', 'listen_port') ?? digitsAt(subject, 'nginx', 'listen_port');
  const own =
    unset(subject, 'gitlab_rails', 'nginx', 'listen_addresses') &&
    unset(subject, 'nginx', 'listen_addresses');
  return written === undefined || !own
    ? []
    : [{ service: 'nginx', hosts: ['*'], port: written.value, span: written.span }];
}

const ANY: ReadonlySet<string> = new Set(['', '*', '0.0.0.0', '::']);

function meet(one: Listener, other: Listener): boolean {
  // One that cannot be at all is told by another rule.
  if (one.port !== other.port || one.port > HIGHEST_PORT) return false;
  return one.hosts.some((host) =>
    other.hosts.some((second) => ANY.has(host) || ANY.has(second) || plainHost(host) === plainHost(second)),
  );
}

function plainHost(host: string): string {
  return host === 'localhost' ? '127.0.0.1' : host;
}

export const SAME_PORT: GitlabRbRule = {
  id: 'GLR204',
  severity: 'warning',
  topic: 'Operation',
  title: 'Two services of this machine use the same port',
  check(subject, report) {
    const all = [
      ...JOINED.flatMap((entry) => joined(subject, entry)),
      ...APART.flatMap((entry) => apart(subject, entry)),
      ...nginx(subject),
    ];
    for (const [at, one] of all.entries()) {
      for (const other of all.slice(at + 1)) {
        // Sidekiq's own two have a rule of their own.
        if (!meet(one, other) || (one.service.startsWith('Sidekiq') && other.service.startsWith('Sidekiq')))
          continue;
        const [later, earlier] =
          (other.span?.start ?? -1) > (one.span?.start ?? -1) ? [other, one] : [one, other];
        if (later.span === undefined) continue;
        report({
          span: later.span,
          message: `${later.service} and ${earlier.service} both listen on port ${later.port}: whichever starts second fails.`,
          remedy: 'Give each its own port, or its own address.',
          ...(earlier.span === undefined
            ? {}
            : { related: { span: earlier.span, message: `${earlier.service} is here.` } }),
        });
      }
    }
  },
};
