import type { GitlabRbSubject } from '../../subject';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { anyCovers } from '../support/network';
import { enabled, isUnset, knownAt, stringAt, textsAt, unset, type Found } from '../support/read';
import { ACCESS_TOPIC } from '../support/topics';
import { MONITORING_LIST, unnamedAskers } from './monitoring-list';
import { machineSpan, servesApplication, vhost, vhostName, vhostUnset } from '../support/web';

const EVERYONE = /^(?:0\.0\.0\.0\/0|::\/0)$/;

export const REAL_IP: GitlabRbRule = {
  id: 'GLR045',
  severity: 'warning',
  topic: ACCESS_TOPIC,
  title: 'Requests seem to come from the load balancer',
  check(subject, report) {
    if (!servesApplication(subject) || !vhostUnset(subject, 'real_ip_trusted_addresses')) return;
    if (!unset(subject, 'gitlab_rails', 'trusted_proxies')) return;
    const span = machineSpan(subject);
    if (span === undefined) return;
    report({
      span,
      message:
        'No load balancer is trusted here, so every user seems to have its address: rate limits and lists of addresses hit all or nobody.',
      remedy: `Set ${vhostName(subject, 'real_ip_trusted_addresses')} to the addresses of the load balancers, real_ip_header to 'X-Forwarded-For' and real_ip_recursive to 'on'.`,
    });
  },
};

export const EVERYONE_TRUSTED: GitlabRbRule = {
  id: 'GLR046',
  severity: 'information',
  topic: ACCESS_TOPIC,
  title: 'Every client may say what its address is',
  check(subject, report) {
    for (const entry of entries(subject, ...vhost(subject, 'real_ip_trusted_addresses'))) {
      if (!EVERYONE.test(entry.value)) continue;
      report({
        span: entry.span,
        message: `${entry.value} trusts everyone, so any client can claim any address.`,
        remedy: 'List the load balancers only.',
      });
    }
  },
};

export const WHITELIST_TOO_SMALL: GitlabRbRule = {
  id: 'GLR048',
  severity: 'warning',
  topic: ACCESS_TOPIC,
  title: 'The load balancer may not ask for health',
  check(subject, report) {
    if (enabled(subject, 'puma') !== true) return;
    const list = textsAt(subject, ...MONITORING_LIST);
    const span = unnamedAskers(subject);
    if (list !== undefined) checkLocal(list, report);
    else if (span !== undefined) {
      report({
        span,
        message:
          'monitoring_whitelist lets only this machine ask /-/readiness: a load balancer gets 404 and takes every machine out.',
        remedy:
          "Set gitlab_rails['monitoring_whitelist'] to 127.0.0.0/8, the load balancers and the machines of Prometheus.",
      });
    }
  },
};

function checkLocal(
  list: Found<readonly Found<string>[]>,
  report: Parameters<GitlabRbRule['check']>[1],
): void {
  const texts = list.value.map(({ value }) => value);
  if (anyCovers(texts, '127.0.0.1') !== false) return;
  report({
    span: list.span,
    message: 'The list leaves out this machine itself, so health checks and metrics on it get 404.',
    remedy: 'Add 127.0.0.0/8.',
  });
}

export const WHITELIST_OPEN: GitlabRbRule = {
  id: 'GLR049',
  severity: 'information',
  topic: ACCESS_TOPIC,
  title: 'Health and metrics are open to everyone',
  check(subject, report) {
    for (const entry of entries(subject, ...MONITORING_LIST)) {
      if (!EVERYONE.test(entry.value)) continue;
      report({
        span: entry.span,
        message: `${entry.value} lets everyone read health and metrics.`,
        remedy: 'List the load balancers and the machines of Prometheus only.',
      });
    }
  },
};

export const STATUS_OPEN: GitlabRbRule = {
  id: 'GLR050',
  severity: 'warning',
  topic: ACCESS_TOPIC,
  title: "nginx's status page listens everywhere without saying who may read it",
  check(subject, report) {
    const open = entries(subject, 'nginx', 'status', 'listen_addresses').find(({ value }) =>
      /^(?:0\.0\.0\.0|\*|\[::\]|::)$/.test(value),
    );
    const options = subject.value('nginx', 'status', 'options');
    if (open === undefined || options?.kind !== 'hash' || isUnset(options) || options.open !== undefined)
      return;
    const allow = stringAt(subject, 'nginx', 'status', 'options', 'allow')?.value;
    const unknown = options.entries.has('allow') && allow === undefined;
    if (unknown || (allow !== undefined && allow !== 'all')) return;
    report({
      span: open.span,
      message: 'The status page listens on every address, and its options name nobody who may read it.',
      remedy: "Add 'allow' => '10.0.0.0/8' (your network) and 'deny' => 'all' to nginx['status']['options'].",
    });
  },
};

/** The texts of a list, or one text alone. */
function entries(
  subject: GitlabRbSubject,
  root: string,
  ...path: readonly string[]
): readonly Found<string>[] {
  const found = knownAt(subject, root, ...path);
  if (found?.value.kind !== 'array') {
    const text = stringAt(subject, root, ...path);
    return text === undefined ? [] : [text];
  }
  return found.value.items.flatMap((item) =>
    item.kind === 'string' ? [{ value: item.value, span: subject.span(item.range) }] : [],
  );
}
