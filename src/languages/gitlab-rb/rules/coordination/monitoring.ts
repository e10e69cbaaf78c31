import type { GitlabRbSubject } from '../../subject';
import { COORDINATION_TOPIC, consulOn } from './facts';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { hostPort, isLoopback } from '../support/address';
import { booleanAt, enabled, itemsAt, stringAt, unset, written } from '../support/read';

/** Jobs GitLab's package adds to Prometheus in any case. */
const ALWAYS = ['prometheus'];
const KUBERNETES = ['kubernetes-cadvisor', 'kubernetes-nodes', 'kubernetes-pods'];
/** Jobs it adds with service discovery, whatever runs on the machine. */
const DISCOVERED = ['gitlab-sidekiq', 'gitlab-rails', 'gitlab-workhorse', 'nginx'];

function discovers(subject: GitlabRbSubject): boolean {
  return consulOn(subject) && booleanAt(subject, 'consul', 'monitoring_service_discovery')?.value === true;
}

function ownJobs(subject: GitlabRbSubject): ReadonlySet<string> {
  const jobs = new Set(ALWAYS);
  if (unset(subject, 'prometheus', 'monitor_kubernetes')) KUBERNETES.forEach((job) => jobs.add(job));
  if (discovers(subject)) DISCOVERED.forEach((job) => jobs.add(job));
  return jobs;
}

const SAME_JOB: GitlabRbRule = {
  id: 'GLR120',
  severity: 'error',
  topic: COORDINATION_TOPIC,
  title: 'Two jobs of Prometheus have one name',
  check(subject, report) {
    if (enabled(subject, 'prometheus') !== true) return;
    const jobs = ownJobs(subject);
    const seen = new Set<string>();
    for (const item of itemsAt(subject, 'prometheus', 'scrape_configs')?.value ?? []) {
      const name = item.kind === 'hash' ? item.entries.get('job_name')?.value : undefined;
      if (name?.kind !== 'string') continue;
      const twice = seen.has(name.value);
      seen.add(name.value);
      if (!twice && !jobs.has(name.value)) continue;
      const who = twice ? 'an earlier entry has the name' : 'GitLab adds a job of this name itself';
      report({
        span: subject.span(name.range),
        message: `Prometheus does not start: ${who}, "${name.value}".`,
        remedy: 'Give your job another name.',
      });
    }
  },
};

/** Metrics that are announced to Consul with the address they are listened to on, and what that is by default. */
const ANNOUNCED: readonly { readonly service: string; readonly path: readonly string[] }[] = [
  { service: 'gitaly', path: ['configuration', 'prometheus_listen_addr'] },
  { service: 'praefect', path: ['configuration', 'prometheus_listen_addr'] },
  { service: 'gitlab_workhorse', path: ['prometheus_listen_addr'] },
  { service: 'puma', path: ['listen'] },
  { service: 'sidekiq', path: ['listen_address'] },
  { service: 'gitlab_exporter', path: ['listen_address'] },
  { service: 'node_exporter', path: ['listen_address'] },
  { service: 'postgres_exporter', path: ['listen_address'] },
  { service: 'redis_exporter', path: ['listen_address'] },
];

const LOCAL_METRICS: GitlabRbRule = {
  id: 'GLR121',
  severity: 'warning',
  topic: COORDINATION_TOPIC,
  title: 'Metrics are announced with an address only this machine has',
  check(subject, report) {
    const discovery = booleanAt(subject, 'consul', 'monitoring_service_discovery');
    // Where Prometheus runs itself, its own metrics are in reach.
    if (!discovers(subject) || discovery === undefined || enabled(subject, 'prometheus') !== false) return;
    const silent: string[] = [];
    for (const { service, path } of ANNOUNCED) {
      if (enabled(subject, service) !== true) continue;
      // Docker's image leaves node_exporter off.
      const sure = service !== 'node_exporter' || !unset(subject, service, 'enable');
      if (unset(subject, service, ...path)) {
        if (sure) silent.push(written(service, path));
        continue;
      }
      const address = stringAt(subject, service, ...path);
      if (address === undefined) continue;
      const { host } = hostPort(address.value);
      // GitLab takes what stands before the first colon for the address.
      const cut = /^\[.*\]:\d+$/.test(address.value);
      if (!cut && !isLoopback(host)) continue;
      report({
        span: address.span,
        message: cut
          ? `GitLab cuts "${address.value}" at its first colon: Consul announces an address nobody can reach.`
          : `Consul announces "${address.value}": Prometheus on another machine asks itself instead of this one.`,
        remedy: "Write 0.0.0.0 or this node's address.",
      });
    }
    const [first, ...more] = silent;
    if (first === undefined) return;
    const others = more.length === 0 ? '' : ` and ${more.length} more (${more.join(', ')})`;
    report({
      span: discovery.span,
      message: `${first}${others} is localhost by default: Prometheus on another machine asks itself instead of this one.`,
      remedy: "Write 0.0.0.0 with the port, or this node's address, for each of them.",
    });
  },
};

/** Prometheus and its discovery through Consul. */
export const COORDINATION_MONITORING_RULES: readonly GitlabRbRule[] = [SAME_JOB, LOCAL_METRICS];
