import { describe, expect, test } from 'vitest';
import { changedPorts } from '../../../../src/services/changed-ports';
import { brief, readWith } from '../../workspace/workspace-sample';

/** The settings of node1 with these lines in its gitlab.rb, and what is said about the file. */
async function reading(lines: string) {
  const { spec, findings } = await readWith(lines);
  return { settings: spec?.nodes[0]?.settings, said: findings.map(brief) };
}

describe('the application in gitlab.rb', () => {
  test('is sized and bound by the keys that do so on a real node', async () => {
    const { settings, said } = await reading(`
      puma['worker_processes'] = 2
      puma['min_threads'] = 1
      puma['max_threads'] = 8
      puma['port'] = 8090
      sidekiq['concurrency'] = 10
      sidekiq['queue_groups'] = ['mailers,default', '*']
      gitlab_workhorse['listen_network'] = 'tcp'
      gitlab_workhorse['listen_addr'] = '127.0.0.1:8282'
      gitlab_rails['nginx']['listen_port'] = 8000
      gitlab_rails['nginx']['listen_addresses'] = ['*', '[::]']
      gitlab_rails['nginx']['real_ip_trusted_addresses'] = ['172.30.0.0/24', '10.0.0.1']
      gitlab_sshd['listen_address'] = '0.0.0.0:2223'
      gitlab_sshd['proxy_protocol'] = true
      gitlab_rails['db_host'] = '10.0.0.9'
      gitlab_rails['db_port'] = 6433
      gitlab_rails['monitoring_whitelist'] = ['127.0.0.0/8', '10.0.0.7', '::1', 'fd00::/8', '2001:db8:0:1:2:3:4:5']
      gitlab_rails['trusted_proxies'] = ['10.0.0.1']
    `);
    expect(said).toEqual([]);
    expect(settings?.puma).toMatchObject({ workers: 2, minThreads: 1, maxThreads: 8, port: 8090 });
    expect(settings?.sidekiq).toMatchObject({ concurrency: 10, queueGroups: ['mailers,default', '*'] });
    expect(settings?.workhorse).toEqual({ listenNetwork: 'tcp', listenAddress: '127.0.0.1:8282' });
    expect(settings?.nginx).toMatchObject({
      port: 8000,
      listen: '* *',
      realIpNetworks: ['172.30.0.0/24', '10.0.0.1'],
    });
    expect(settings?.sshd).toMatchObject({ listen: '0.0.0.0:2223', proxyProtocol: true });
    expect(settings?.rails).toMatchObject({
      databaseHost: '10.0.0.9',
      databasePort: 6433,
      monitoringNetworks: ['127.0.0.0/8', '10.0.0.7', '::1', 'fd00::/8', '2001:db8:0:1:2:3:4:5'],
      trustedProxies: ['10.0.0.1'],
    });
    expect(settings && changedPorts(settings)).toMatchObject({
      puma: { puma: 8090 },
      'gitlab-workhorse': { workhorse: 8282 },
      nginx: { http: 8000 },
      'gitlab-sshd': { ssh: 2223 },
    });
  });

  test.each([
    [
      "puma['worker_processes'] = -1",
      "error LAB002 nodes/node1/gitlab.rb:2 puma['worker_processes'] is -1, which is outside 0 to 64.",
    ],
    [
      "puma['port'] = 80",
      "error LAB002 nodes/node1/gitlab.rb:2 puma['port'] is 80, and below 1024 only root may listen.",
    ],
    [
      "sidekiq['concurrency'] = 0",
      "error LAB002 nodes/node1/gitlab.rb:2 sidekiq['concurrency'] is 0, which is outside 1 to 50.",
    ],
    [
      "gitlab_workhorse['listen_network'] = 'udp'",
      "error LAB002 nodes/node1/gitlab.rb:2 gitlab_workhorse['listen_network'] is 'udp', which it does not know.",
    ],
    [
      "gitlab_rails['monitoring_whitelist'] = ['fd00::/129']",
      "error LAB002 nodes/node1/gitlab.rb:2 gitlab_rails['monitoring_whitelist'] holds 'fd00::/129', which does not belong there.",
    ],
    [
      "gitlab_rails['monitoring_whitelist'] = ['fd00:::1']",
      "error LAB002 nodes/node1/gitlab.rb:2 gitlab_rails['monitoring_whitelist'] holds 'fd00:::1', which does not belong there.",
    ],
    [
      "gitlab_rails['trusted_proxies'] = ['10.0.0.0/99']",
      "error LAB002 nodes/node1/gitlab.rb:2 gitlab_rails['trusted_proxies'] holds '10.0.0.0/99', which does not belong there.",
    ],
  ])('%s is refused with its line', async (line, finding) => {
    expect((await reading(line)).said).toEqual([finding]);
  });
});
