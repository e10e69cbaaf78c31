import { describe, expect, it } from 'vitest';
import { findingsOf } from '../marked-findings';

const messages = (id: string, text: string): string[] => findingsOf(id, text).map((one) => one.message);

describe('ports of one machine (GLR204)', () => {
  const clash = (one: string, other: string, port: number): string =>
    `${one} and ${other} both listen on port ${port}: whichever starts second fails.`;

  it.each([
    [
      'nginx where Puma is by default',
      "gitlab_rails['nginx']['listen_port'] = 8080\n",
      [clash('nginx', 'Puma', 8080)],
    ],
    ['nginx under its old name', "nginx['listen_port'] = 8080\n", [clash('nginx', 'Puma', 8080)]],
    ['nginx where Puma was', "nginx['listen_port'] = 8080\npuma['port'] = 8081\n", []],
    [
      'nginx with addresses of its own',
      "nginx['listen_port'] = 8080\nnginx['listen_addresses'] = ['10.0.0.11']\n",
      [],
    ],
    ['Puma switched off', "nginx['listen_port'] = 8080\npuma['enable'] = false\n", []],
    [
      'two that are written',
      "prometheus['listen_address'] = '0.0.0.0:9100'\nnode_exporter['listen_address'] = 'localhost:9100'\n",
      [clash('Node exporter', 'Prometheus', 9100)],
    ],
    ['different addresses', "prometheus['listen_address'] = '10.0.0.11:9100'\n", []],
    [
      'another name of the same address',
      "prometheus['listen_address'] = '127.0.0.1:9100'\n",
      [clash('Prometheus', 'Node exporter', 9100)],
    ],
    ['Redis without a port', "redis['port'] = 0\nsentinel['port'] = 0\n", []],
    ['Redis at its port', "redis['port'] = 9090\n", [clash('Redis', 'Prometheus', 9090)]],
    ['PostgreSQL on its socket', "postgresql['port'] = 9090\n", []],
    [
      'PostgreSQL on the network',
      "postgresql['port'] = 9090\npostgresql['listen_address'] = '0.0.0.0'\n",
      [clash('PostgreSQL', 'Prometheus', 9090)],
    ],
    [
      "Sidekiq's metrics where they are off",
      "sidekiq['metrics_enabled'] = false\nprometheus['listen_address'] = 'localhost:8082'\n",
      [],
    ],
    ['a port from the environment', "redis['port'] = ENV['PORT'].to_i\n", []],
    ['nothing written', '', []],
  ])('%s', (_, text, expected) => {
    expect(messages('GLR204', text)).toEqual(expected);
  });
});

describe('Sidekiq: metrics and health check (GLR203)', () => {
  it.each([
    ['the same port', "sidekiq['health_checks_listen_port'] = 8082\n", 1],
    [
      'the same port, at two names of one machine',
      "sidekiq['health_checks_listen_port'] = 8082\nsidekiq['listen_address'] = 'localhost'\n",
      1,
    ],
    [
      'the same port, at different addresses',
      "sidekiq['health_checks_listen_port'] = 8082\nsidekiq['listen_address'] = '10.0.0.11'\n",
      0,
    ],
    [
      'no health check',
      "sidekiq['health_checks_listen_port'] = 8082\nsidekiq['health_checks_enabled'] = false\n",
      0,
    ],
    ['no metrics', "sidekiq['health_checks_listen_port'] = 8082\nsidekiq['metrics_enabled'] = false\n", 0],
    [
      'the same port, at two addresses of the network',
      "sidekiq['health_checks_listen_port'] = 8082\nsidekiq['listen_address'] = '0.0.0.0'\nsidekiq['health_checks_listen_address'] = '10.0.0.11'\n",
      1,
    ],
    ['other ports', "sidekiq['listen_port'] = 8083\n", 0],
  ])('%s', (_, text, count) => {
    expect(findingsOf('GLR203', text)).toHaveLength(count);
  });
});

describe('threads (GLR202)', () => {
  it.each([
    ["puma['max_threads'] = 2\n", ['Puma does not start: min_threads is 4, max_threads 2.']],
    ["puma['min_threads'] = 2\npuma['max_threads'] = 2\n", []],
    ["puma['min_threads'] = 5\n", ['Puma does not start: min_threads is 5, max_threads 4.']],
    ["puma['max_threads'] = 16\n", []],
    ["puma['enable'] = false\npuma['max_threads'] = 2\n", []],
    ["sidekiq['concurrency'] = 50\n", []],
  ])('%s', (text, expected) => {
    expect(messages('GLR202', text)).toEqual(expected);
  });

  it('takes more than 50 jobs in one process for a mistake', () => {
    expect(findingsOf('GLR202', "sidekiq['concurrency'] = 51\n").map((one) => one.marked)).toEqual(['51']);
  });
});

describe('mail (GLR214)', () => {
  const mail = (tls: string, start: string, on = 'true'): string =>
    `gitlab_rails['smtp_enable'] = ${on}\ngitlab_rails['smtp_tls'] = ${tls}\ngitlab_rails['smtp_enable_starttls_auto'] = ${start}\n`;

  it.each([
    [mail('true', 'true'), 1],
    [mail('true', "'false'"), 1],
    [mail('true', 'false'), 0],
    [mail('false', 'true'), 0],
    [mail('true', 'true', 'false'), 0],
    [mail('true', "ENV['TLS']"), 0],
  ])('%s', (text, count) => {
    expect(findingsOf('GLR214', text)).toHaveLength(count);
  });
});

describe('secrets and accounts', () => {
  it('GLR212 leaves a password that is too short to the rule about it', () => {
    expect(findingsOf('GLR212', "gitlab_rails['initial_root_password'] = '12345678'\n")).toHaveLength(1);
    expect(findingsOf('GLR212', "gitlab_rails['initial_root_password'] = '1234567'\n")).toEqual([]);
    expect(
      findingsOf('GLR212', "gitlab_rails['initial_root_password'] = File.read('/run/secrets/root')\n"),
    ).toEqual([]);
  });

  it('GLR216 asks for the accounts of services that run only', () => {
    const ids = (roots: readonly string[]): string => roots.map((root) => `${root}['uid'] = 900\n`).join('');
    expect(messages('GLR216', ids(['user', 'web_server', 'redis', 'postgresql']))).toEqual([
      'Some accounts have a fixed uid, but not gitlab-prometheus: on another node they may get other numbers.',
    ]);
    expect(messages('GLR216', ids(['user', 'web_server', 'redis', 'postgresql', 'prometheus']))).toEqual([]);
    expect(messages('GLR216', `roles ['redis_master_role']\n${ids(['user', 'redis'])}`)).toEqual([]);
  });

  it.each([
    ["['0.0.0.0/0']", 1],
    ["['10.0.0.0/8', '::/0']", 1],
    ["['10.0.0.0/8']", 0],
  ])('GLR219: %s', (list, count) => {
    expect(findingsOf('GLR219', `gitlab_rails['trusted_proxies'] = ${list}\n`)).toHaveLength(count);
  });

  it('GLR220 compares what is written', () => {
    expect(
      findingsOf('GLR220', "gitlab_shell['secret_token'] = 'a'\ngitaly['gitlab_secret'] = 'a'\n"),
    ).toEqual([]);
    expect(findingsOf('GLR220', "gitaly['gitlab_secret'] = 'a'\n")).toEqual([]);
    expect(
      findingsOf('GLR220', "gitlab_shell['secret_token'] = 'a'\ngitaly['gitlab_secret'] = 'b'\n"),
    ).toHaveLength(1);
  });
});
