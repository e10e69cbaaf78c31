import { describe, expect, test } from 'vitest';
import { findingsOf } from '../../marked-findings';

const marked = (id: string, text: string): readonly string[] =>
  findingsOf(id, text).map(({ severity, marked: place }) => `${severity} ${place}`);

describe('ports that do not exist (GLR239)', () => {
  test.each<[line: string, expected: readonly string[]]>([
    ["gitlab_sshd['listen_address'] = '10.0.0.11:65536'", ["error '10.0.0.11:65536'"]],
    ["gitlab_sshd['listen_address'] = '10.0.0.11:65535'", []],
    ["gitaly['configuration'] = { listen_addr: '0.0.0.0:807500' }", ["error '0.0.0.0:807500'"]],
    ["prometheus['listen_address'] = ':99999'", ["error ':99999'"]],
    ["gitlab_rails['internal_api_url'] = 'http://gitlab:80800/x'", ["error 'http://gitlab:80800/x'"]],
    ["gitlab_rails['internal_api_url'] = 'http://[::1]:80800'", ["error 'http://[::1]:80800'"]],
    ["consul['configuration'] = { retry_join: %w[10.0.0.1:8301 10.0.0.2:83010] }", ['error 10.0.0.2:83010']],
    ["consul['configuration'] = { ports: { http: 85000, dns: -1 } }", ['error 85000']],
    ["redis['port'] = 63790", []],
    ["redis['port'] = '637900'", ["error '637900'"]],
    ["pgbouncer['listen_port'] = 643200", ['error 643200']],
    ["pgbouncer['listen_addr'] = '{{ address }}:99999'", []],
    ["redis['announce_ip'] = 'fe80::99999'", []],
    ["gitlab_rails['gitlab_email_from'] = 'a:99999'", []],
  ])('%s', (line, expected) => {
    expect(marked('GLR239', `${line}\n`)).toEqual(expected);
  });

  test('are told once: no clash of ports, and no missing port beside them', () => {
    const text = `gitaly['enable'] = true
gitaly['configuration'] = { listen_addr: '0.0.0.0:700000' }
gitlab_sshd['enable'] = true
gitlab_sshd['listen_address'] = '0.0.0.0:70000'
node_exporter['enable'] = true
node_exporter['listen_address'] = '0.0.0.0:70000'
`;
    expect(findingsOf('GLR239', text).map(({ message }) => message)).toEqual([
      "gitaly['configuration']['listen_addr'] names port 700000, and there is none above 65535: what listens there does not start, and nobody connects.",
      "gitlab_sshd['listen_address'] names port 70000, and there is none above 65535: what listens there does not start, and nobody connects.",
      "node_exporter['listen_address'] names port 70000, and there is none above 65535: what listens there does not start, and nobody connects.",
    ]);
    expect([...findingsOf('GLR142', text), ...findingsOf('GLR204', text)]).toEqual([]);
  });
});

describe('lists where one text belongs (GLR240)', () => {
  test.each<[line: string, fixed: string | undefined]>([
    ["pgbouncer['listen_addr'] = ['*']", "pgbouncer['listen_addr'] = '*'"],
    ["redis['bind'] = %w[10.0.0.11]", "redis['bind'] = '10.0.0.11'"],
    ["redis['bind'] = ['10.0.0.11', '127.0.0.1']", undefined],
    ["praefect['configuration'] = { listen_addr: [] }", undefined],
  ])('%s', (line, fixed) => {
    const [found, ...others] = findingsOf('GLR240', `${line}\n`);
    expect(others).toEqual([]);
    expect(found?.severity).toBe('error');
    expect(found?.fixed).toBe(fixed === undefined ? undefined : `${fixed}\n`);
  });

  test.each(["nginx['listen_addresses'] = ['*']", "redis['bind'] = '10.0.0.11 127.0.0.1'"])(
    'are none in %s',
    (line) => {
      expect(findingsOf('GLR240', `${line}\n`)).toEqual([]);
    },
  );
});
