import { describe, expect, it } from 'vitest';
import { lintText, repaired, told } from '../linted';

const of = (code: string, text: string, version?: string): string[] =>
  told(text, version).filter((line) => line.includes(code));
const CLUSTER = `roles %w[application_role consul_role]
consul['configuration'] = { retry_join: %w[10.0.0.11 10.0.0.12 10.0.0.13], bind_addr: '10.0.0.11' }
`;

describe('external_url (GLR040)', () => {
  it.each([
    ["'https://gitlab.example.net'", true],
    ["'http://10.0.0.10:8080/gitlab'", true],
    ["'https://[2001:db8::1]/'", true],
    ["'https://{{ host }}'", true],
    ["'{{ url }}'", true],
    ["ENV['URL']", true],
    ["'gitlab.example.net'", false],
    ["'gitlab.example.net:8080'", false],
    ["'//gitlab.example.net'", false],
    ["'https:gitlab.example.net'", false],
    ["'ftp://gitlab.example.net'", false],
    ["''", false],
    // Ruby's URI raises at what was left to be filled in, and at other characters no address holds.
    ["'http://<your-host>'", false],
    ["'https://gitlab.example.net|backup'", false],
    ["'https://git lab.example.net'", false],
    ["' https://gitlab.example.net'", false],
    ["'https://gitläb.example.net'", false],
    // A shell or Compose fills this in.
    ["'https://${GITLAB_HOST}:${GITLAB_PORT}'", true],
  ])('%s', (value, fine) => {
    expect(of('GLR040', `external_url ${value}`)).toEqual(fine ? [] : [`1: GLR040 ${value}`]);
  });

  it('gets its scheme', () => {
    expect(repaired("external_url 'gitlab.example.net'", 'GLR040')).toBe(
      "external_url 'https://gitlab.example.net'",
    );
    expect(repaired("external_url 'gitlab.example.net:8080'", 'GLR040')).toBeUndefined();
  });
});

describe('external_url in a cluster (GLR041)', () => {
  it.each([
    ['http://10.0.0.11', 1],
    ['http://localhost', 1],
    ['http://10.0.0.99', 0],
    ['http://gitlab.example.net', 0],
  ])('%s', (url, count) => {
    expect(of('GLR041', `${CLUSTER}external_url '${url}'`)).toHaveLength(count);
    expect(of('GLR041', `external_url '${url}'\nbind = '10.0.0.11'`)).toEqual([]);
  });
});

describe('requests that may last as long as a worker (GLR057)', () => {
  it.each([
    [57, undefined, 0],
    [59, undefined, 0],
    [60, undefined, 1],
    [89, 90, 0],
    [90, 90, 1],
  ])('%s s of %s s', (duration, timeout, count) => {
    const worker = timeout === undefined ? '' : `puma['worker_timeout'] = ${timeout}\n`;
    const text = `${worker}gitlab_rails['max_request_duration_seconds'] = ${duration}`;
    expect(of('GLR057', text)).toHaveLength(count);
  });

  it('is not known when the timeout is not', () => {
    const text = "puma['worker_timeout'] = ENV['T'].to_i\ngitlab_rails['max_request_duration_seconds'] = 60";
    expect(of('GLR057', text)).toEqual([]);
  });
});

describe('a port that only root may open (GLR054)', () => {
  it.each([
    ['0.0.0.0:22', 1],
    ['[::]:1023', 1],
    ['0.0.0.0:1024', 0],
    ['localhost:2222', 0],
  ])('%s', (address, count) => {
    const text = `gitlab_sshd['enable'] = true\ngitlab_sshd['listen_address'] = '${address}'`;
    expect(of('GLR054', text)).toHaveLength(count);
    expect(of('GLR054', text.replace('true', 'false'))).toEqual([]);
  });
});

describe('who may ask for health (GLR048)', () => {
  it.each([
    ["['127.0.0.0/8', '10.0.0.0/24']", 0],
    ["['10.0.0.0/24']", 1],
    ["['0.0.0.0/0']", 0],
    ["['10.0.0.0/24', 'monitor.example.net']", 0],
    ["['10.0.0.0/24', ENV['MONITOR']]", 0],
  ])('%s', (list, count) => {
    expect(of('GLR048', `gitlab_rails['monitoring_whitelist'] = ${list}`)).toHaveLength(count);
  });

  it('is asked on machines of a cluster that serve GitLab', () => {
    expect(of('GLR048', CLUSTER)).toHaveLength(1);
    expect(of('GLR048', "roles ['application_role']")).toEqual([]);
    expect(of('GLR048', `${CLUSTER}from_file '/etc/gitlab/more.rb'`)).toEqual([]);
  });
});

describe("nginx's own keys, under the name the version has (GLR042)", () => {
  const url = "external_url 'https://gitlab.example.net'\n";

  it.each([
    ["gitlab_rails['nginx']['listen_https'] = false", '19.3', 1],
    ["nginx['listen_https'] = false", '18.0', 1],
    ["nginx['listen_https'] = false\nnginx['listen_port'] = 80", '18.0', 0],
    ["nginx['listen_https'] = true", '18.0', 0],
  ])('%s in %s', (lines, version, count) => {
    expect(of('GLR042', url + lines, version)).toHaveLength(count);
  });
});

describe('secrets of an exact length (GLR223)', () => {
  const key = (bytes: number): string => Buffer.alloc(bytes, 7).toString('base64');

  it.each([
    [key(32), 0],
    [key(31), 1],
    [key(33), 1],
    ['not base64!', 1],
    ['xxxxxxxxxxxx', 0],
    ['<your_key>', 0],
  ])('%s', (value, count) => {
    expect(of('GLR223', `gitlab_kas['api_secret_key'] = '${value}'`)).toHaveLength(count);
  });
});

describe('values the package refuses', () => {
  it.each([
    ['GLR052', "gitlab_rails['gitlab_ssh_host'] = 'a.example.net'", 0],
    ['GLR052', "gitlab_rails['gitlab_ssh_host'] = 'a.example.net:22'", 1],
    ['GLR052', "gitlab_rails['gitlab_ssh_host'] = 'ssh://a.example.net'", 1],
    ['GLR221', "gitlab_rails['initial_root_password'] = '1234567'", 1],
    ['GLR221', "gitlab_rails['initial_root_password'] = '12345678'", 0],
    ['GLR222', "gitlab_rails['db_adapter'] = 'postgresql'", 0],
    ['GLR224', "gitlab_rails['smtp_authentication'] = 'ntlm'", 0],
    ['GLR224', "gitlab_rails['smtp_enable'] = true\ngitlab_rails['smtp_authentication'] = 'LOGIN'", 0],
    ['GLR224', "gitlab_rails['smtp_enable'] = true\ngitlab_rails['smtp_authentication'] = 'ntlm'", 1],
    ['GLR225', "redis['port'] = 6379\nredis['tls_port'] = 6380\nredis['tls_auth_clients'] = 'yes'", 0],
    ['GLR225', "sentinel['port'] = 0\nsentinel['tls_port'] = 6380\nsentinel['tls_auth_clients'] = 'yes'", 1],
    ['GLR226', "puma['exporter_tls_enabled'] = true", 0],
    ['GLR226', "puma['exporter_enabled'] = true\npuma['exporter_tls_enabled'] = true", 1],
    ['GLR226', "sidekiq['metrics_enabled'] = false\nsidekiq['exporter_tls_enabled'] = true", 0],
    ['GLR228', "registry_external_url 'https://registry.example.net:5050'", 0],
    ['GLR228', "registry_external_url 'registry.example.net'", 1],
    ['GLR228', "registry_external_url 'https://registry.example.net/v2'", 1],
    ['GLR228', "external_url 'https://a.example.net'\ngitlab_kas_external_url 'wss://kas.example.net/x'", 0],
    ['GLR228', "external_url 'https://a.example.net'\ngitlab_kas_external_url 'https://kas.example.net'", 1],
    ['GLR229', "gitlab_kas['internal_api_listen_network'] = 'tcp4'", 0],
    ['GLR230', "logrotate['services'] = %w[nginx gitlab-rails node-exporter]", 0],
    ['GLR230', "logrotate['services'] = %w[nginx workhorse]", 1],
    ['GLR231', "gitlab_rails['redis_sessions_cluster_nodes'] = []", 0],
    ['GLR231', "gitlab_rails['redis_sessions_cluster_nodes'] = [{ 'host' => 'a' }]", 1],
    ['GLR232', "postgresql['component_databases'] = { 'x' => { 'enable' => false } }", 0],
    ['GLR233', "gitlab_sshd['trusted_user_ca_keys'] = ENV['KEYS']", 0],
    ['GLR234', "oak['enable'] = true\noak['network_address'] = ''", 1],
    ['GLR235', "gitlab_ci['db_key_base'] = 'a'\ngitlab_rails['db_key_base'] = 'a'", 0],
  ])('%s: %s', (code, text, count) => {
    expect(lintText(text).filter((finding) => finding.code === code)).toHaveLength(count);
  });
});
