import type { GitlabRbSubject } from '../../subject';
import { truthy } from '../../evaluate/value';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { isIpAddress, isLoopback } from '../support/address';
import { digitsAt, enabled, keySpan, knownAt, unset } from '../support/read';
import { plainAt } from '../support/template';

const TOPIC = 'Operation';

/** What a key of Sidekiq holds, or its default; undefined when it is not known. */
function onByDefault(subject: GitlabRbSubject, key: string): boolean | undefined {
  const found = knownAt(subject, 'sidekiq', key);
  if (found !== undefined) return truthy(found.value);
  return unset(subject, 'sidekiq', key) ? true : undefined;
}

function addressOf(subject: GitlabRbSubject, key: string): string | undefined {
  return unset(subject, 'sidekiq', key) ? '127.0.0.1' : plainAt(subject, 'sidekiq', key)?.value;
}

function portOf(subject: GitlabRbSubject, key: string, byDefault: number): number | undefined {
  return unset(subject, 'sidekiq', key) ? byDefault : digitsAt(subject, 'sidekiq', key)?.value;
}

/** Two addresses the package takes for the same: both are loopback, or neither is. Names are not looked up here. */
function meet(one: string, other: string): boolean {
  if (one === other) return true;
  const known = [one, other].every((host) => host === 'localhost' || isIpAddress(host));
  return known && isLoopback(one) === isLoopback(other);
}

const SIDEKIQ_PORTS: GitlabRbRule = {
  id: 'GLR203',
  severity: 'error',
  topic: TOPIC,
  title: 'Metrics and health check of Sidekiq share a port',
  check(subject, report) {
    if (onByDefault(subject, 'metrics_enabled') !== true) return;
    if (onByDefault(subject, 'health_checks_enabled') !== true) return;
    const metrics = addressOf(subject, 'listen_address');
    const health = addressOf(subject, 'health_checks_listen_address');
    if (metrics === undefined || health === undefined) return;
    if (!meet(metrics, health)) return;
    const port = portOf(subject, 'listen_port', 8082);
    if (port === undefined || port !== portOf(subject, 'health_checks_listen_port', 8092)) return;
    const span =
      keySpan(subject, 'sidekiq', 'health_checks_listen_port') ?? keySpan(subject, 'sidekiq', 'listen_port');
    if (span === undefined) return;
    report({
      span,
      message: `Sidekiq's metrics (${metrics}) and its health check (${health}) both use port ${port}: gitlab-ctl reconfigure stops.`,
      remedy: 'Give each its own port; the defaults are 8082 and 8092.',
    });
  },
};

const SINGLE_MODE: GitlabRbRule = {
  id: 'GLR201',
  severity: 'information',
  topic: TOPIC,
  title: 'Puma runs in one process',
  check(subject, report) {
    const workers = digitsAt(subject, 'puma', 'worker_processes');
    if (workers?.value !== 0 || enabled(subject, 'puma') === false) return;
    report({
      span: workers.span,
      message:
        'worker_processes is 0: one process answers everything, and one that hangs takes this node out.',
      remedy: 'Use 2 or more where there is memory for it, about 1 GB each.',
    });
  },
};

const THREADS: GitlabRbRule = {
  id: 'GLR202',
  severity: 'warning',
  topic: TOPIC,
  title: 'Threads of Puma or Sidekiq do not fit',
  check(subject, report) {
    const low = digitsAt(subject, 'puma', 'min_threads');
    const high = digitsAt(subject, 'puma', 'max_threads');
    const most = high?.value ?? (unset(subject, 'puma', 'max_threads') ? 4 : undefined);
    const least = low?.value ?? (unset(subject, 'puma', 'min_threads') ? 4 : undefined);
    const span = low?.span ?? high?.span;
    if (
      enabled(subject, 'puma') !== false &&
      most !== undefined &&
      least !== undefined &&
      span !== undefined
    ) {
      if (least > most) {
        report({
          span,
          severity: 'error',
          message: `Puma does not start: min_threads is ${least}, max_threads ${most}.`,
          remedy: 'Write the same number for both.',
        });
      } else if (most > 16 && high !== undefined) {
        const message = `${most} threads share one interpreter lock: requests wait for each other, and each holds a database connection.`;
        report({ span: high.span, message, remedy: 'Use 4, and more worker_processes instead.' });
      }
    }
    const concurrency = digitsAt(subject, 'sidekiq', 'concurrency');
    if (concurrency === undefined || concurrency.value <= 50 || enabled(subject, 'sidekiq') === false) return;
    const message = `${concurrency.value} jobs in one process share one interpreter lock: they hold database connections and wait for each other.`;
    const remedy = "Use 20 or less, and more processes in sidekiq['queue_groups'].";
    report({ span: concurrency.span, message, remedy });
  },
};

/** Rules about Puma and Sidekiq. */
export const SERVICE_RULES: readonly GitlabRbRule[] = [SIDEKIQ_PORTS, SINGLE_MODE, THREADS];
