import type { GitlabRbRule } from '../gitlab-rb-rule';
import { hostPort, isLoopback } from '../support/address';
import { booleanAt, clustered, digitsAt, enabled, keySpan, stringAt, unset } from '../support/read';
import { ACCESS_TOPIC } from '../support/topics';
import { servesApplication } from '../support/web';

export const SSH_HOST_PORT: GitlabRbRule = {
  id: 'GLR052',
  severity: 'error',
  topic: ACCESS_TOPIC,
  title: 'gitlab_ssh_host contains more than a host name',
  check(subject, report) {
    const host = stringAt(subject, 'gitlab_rails', 'gitlab_ssh_host');
    if (host === undefined) return;
    const { value, span } = host;
    const port = /^([\w.-]+):(\d+)$/.exec(value);
    const scheme = /^[a-z]+:\/\//.test(value);
    if (port === null && !scheme) return;
    report({
      span,
      message: `"${value}" is not a host name alone: gitlab-ctl reconfigure stops here.`,
      remedy:
        port === null
          ? 'Write the host name without the scheme.'
          : `Write '${port[1] ?? ''}', and the port as gitlab_rails['gitlab_shell_ssh_port'] = ${port[2] ?? ''}.`,
    });
  },
};

export const SSHD_ADDRESS: GitlabRbRule = {
  id: 'GLR054',
  severity: 'warning',
  topic: ACCESS_TOPIC,
  title: 'gitlab-sshd cannot be reached',
  check(subject, report) {
    if (booleanAt(subject, 'gitlab_sshd', 'enable')?.value !== true) return;
    const address = stringAt(subject, 'gitlab_sshd', 'listen_address');
    const { host, port } = hostPort(address?.value ?? '');
    if (address !== undefined && port !== undefined && port < 1024) {
      report({
        span: address.span,
        message: `gitlab-sshd runs as the user git, who may not listen on port ${port}.`,
        remedy: 'Use a port from 1024 on, such as 2222, and let the load balancer listen on 22.',
      });
      return;
    }
    if (!clustered(subject)) return;
    const silent = unset(subject, 'gitlab_sshd', 'listen_address');
    if (!silent && !(address !== undefined && isLoopback(host))) return;
    const span = address?.span ?? keySpan(subject, 'gitlab_sshd', 'enable');
    if (span === undefined) return;
    report({
      span,
      message: `gitlab-sshd listens on ${address?.value ?? 'localhost:2222'}, which the load balancers on other machines cannot reach.`,
      remedy: "Set gitlab_sshd['listen_address'] to the machine's own address, or '0.0.0.0:2222'.",
    });
  },
};

export const SSHD_PROXY: GitlabRbRule = {
  id: 'GLR055',
  severity: 'information',
  topic: ACCESS_TOPIC,
  title: 'gitlab-sshd refuses health checks without the PROXY protocol',
  check(subject, report) {
    const policy = stringAt(subject, 'gitlab_sshd', 'proxy_policy');
    const used = booleanAt(subject, 'gitlab_sshd', 'proxy_protocol')?.value === true;
    if (policy?.value !== 'require' || !used) return;
    report({
      span: policy.span,
      message:
        'With "require" a connection without a PROXY header is refused, and so is a plain health check.',
      remedy: "Write 'use', or let HAProxy check with check-send-proxy.",
    });
  },
};

export const SSHD_KEYS: GitlabRbRule = {
  id: 'GLR056',
  severity: 'warning',
  topic: ACCESS_TOPIC,
  title: 'Every machine has host keys of its own',
  check(subject, report) {
    const on = booleanAt(subject, 'gitlab_sshd', 'enable');
    if (on?.value !== true || !clustered(subject)) return;
    if (!unset(subject, 'gitlab_sshd', 'host_keys_dir') || !unset(subject, 'gitlab_sshd', 'host_keys_glob'))
      return;
    report({
      span: keySpan(subject, 'gitlab_sshd', 'enable') ?? on.span,
      message:
        'Each machine makes its own host keys: after a failover every SSH client warns of a changed key and refuses.',
      remedy: "Set gitlab_sshd['host_keys_dir'] to a folder with the same keys on all machines.",
    });
  },
};

const WORKER_TIMEOUT = 60;

export const REQUEST_DURATION: GitlabRbRule = {
  id: 'GLR057',
  severity: 'error',
  topic: ACCESS_TOPIC,
  title: "Requests may take longer than Puma's worker",
  check(subject, report) {
    const duration = digitsAt(subject, 'gitlab_rails', 'max_request_duration_seconds');
    const written = digitsAt(subject, 'puma', 'worker_timeout');
    const timeout = unset(subject, 'puma', 'worker_timeout') ? WORKER_TIMEOUT : written?.value;
    if (duration === undefined || timeout === undefined || duration.value < timeout) return;
    report({
      span: duration.span,
      message: `${duration.value} s is not less than the ${timeout} s after which Puma ends a worker: gitlab-ctl reconfigure stops here.`,
      remedy: `Write less than ${timeout}, or raise puma['worker_timeout'].`,
      ...(written === undefined
        ? {}
        : { related: { span: written.span, message: "puma['worker_timeout']" } }),
    });
  },
};

export const KAS_PRIVATE: GitlabRbRule = {
  id: 'GLR058',
  severity: 'warning',
  topic: ACCESS_TOPIC,
  title: 'The agent server of this machine cannot be reached by the others',
  check(subject, report) {
    // Only where somebody looks after the agent server at all.
    const used = subject.config.assignments.find(
      ({ root }) => root === 'gitlab_kas' || root === 'gitlab_kas_external_url',
    );
    if (used === undefined || !servesApplication(subject) || enabled(subject, 'gitlab_kas') !== true) return;
    const address = stringAt(subject, 'gitlab_kas', 'private_api_listen_address');
    const local = address !== undefined && isLoopback(hostPort(address.value).host);
    const silent = unset(subject, 'gitlab_kas', 'private_api_listen_address');
    const alone = unset(subject, 'gitlab_kas', 'env', 'OWN_PRIVATE_API_URL');
    if (!local && !silent && !alone) return;
    report({
      span: address?.span ?? subject.span(used.targetRange),
      message:
        local || silent
          ? 'The private API of the agent server listens on this machine only: agents connected to another machine are not found.'
          : 'The other agent servers do not know how to reach this one: OWN_PRIVATE_API_URL is missing.',
      remedy:
        "Set gitlab_kas['private_api_listen_address'] = '0.0.0.0:8155' and gitlab_kas['env']['OWN_PRIVATE_API_URL'] to this machine's address.",
    });
  },
};
