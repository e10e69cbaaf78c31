import { describe, expect, it } from 'vitest';
import { GITLAB_SCHEMA } from '../../../../../../src/languages/gitlab-rb/schema';
import { takesAddress } from '../../../../../../src/languages/gitlab-rb/schema/addresses';
import keys from '../../../../../../src/languages/gitlab-rb/schema/data/keys.json';
import { lintText } from '../../linted';

const impossible = (text: string): string[] =>
  lintText(text)
    .filter(({ code }) => code === 'GLR237')
    .map(({ message }) => message);

describe('an address that no machine can have', () => {
  it.each([
    ["external_url 'http://10.20.0.300'", 'external_url holds http://10.20.0.300: 300 is more than 255.'],
    [
      "registry_external_url 'https://10.20.0.256:5050'",
      'registry_external_url holds https://10.20.0.256:5050: 256 is more than 255.',
    ],
    ["redis['master_ip'] = '10.20.0.300'", "redis['master_ip'] holds 10.20.0.300: 300 is more than 255."],
    [
      "gitlab_rails['db_host'] = '10.20.0'",
      "gitlab_rails['db_host'] holds 10.20.0: an IPv4 address has four numbers, not 3.",
    ],
    [
      "sentinel['bind'] = '10.20.0.1.1'",
      "sentinel['bind'] holds 10.20.0.1.1: an IPv4 address has four numbers, not 5.",
    ],
    [
      "postgresql['listen_address'] = '127.0.0.1,10.20.0.999'",
      "postgresql['listen_address'] holds 10.20.0.999: 999 is more than 255.",
    ],
    [
      "gitlab_exporter['listen_address'] = '10.20.00.1'",
      "gitlab_exporter['listen_address'] holds 10.20.00.1: a number with a leading zero is read in different ways.",
    ],
    [
      "node_exporter['listen_address'] = '10.256.0.1:9100'",
      "node_exporter['listen_address'] holds 10.256.0.1:9100: 256 is more than 255.",
    ],
    [
      "gitlab_rails['trusted_proxies'] = ['10.20.0.0/24', '10.20.0.0/99']",
      "gitlab_rails['trusted_proxies'] holds 10.20.0.0/99: /99 is longer than an address.",
    ],
    [
      "patroni['consul']['url'] = 'http://127.0.0.256:8500'",
      "patroni['consul']['url'] holds http://127.0.0.256:8500: 256 is more than 255.",
    ],
    [
      "gitlab_rails['redis_sentinels'] = [{ 'host' => '10.20.0.311', 'port' => 26379 }]",
      "gitlab_rails['redis_sentinels'][…]['host'] holds 10.20.0.311: 311 is more than 255.",
    ],
    [
      "consul['configuration'] = { retry_join: %w[10.20.0.11 10.20.0.312] }",
      "consul['configuration']['retry_join'] holds 10.20.0.312: 312 is more than 255.",
    ],
    [
      "praefect['configuration'] = { virtual_storage: [{ name: 'default', node: [{ storage: 'a', address: 'tcp://10.20.0.400:8075', token: 'x' }] }] }",
      "praefect['configuration']['virtual_storage'][…]['node'][…]['address'] holds tcp://10.20.0.400:8075: 400 is more than 255.",
    ],
  ])('%s', (text, message) => {
    expect(impossible(text)).toEqual([message]);
  });

  it.each([
    "redis['master_ip'] = '10.20.0.30'",
    "redis['bind'] = '0.0.0.0'",
    "redis['bind'] = '::1 127.0.0.1'",
    "gitlab_rails['db_host'] = 'db.10.example.com'",
    "gitlab_rails['db_host'] = '/var/opt/gitlab/postgresql'",
    "gitlab_rails['redis_host'] = node['ip']",
    "node_exporter['listen_address'] = ':9100'",
    "gitlab_rails['monitoring_whitelist'] = ['127.0.0.0/8', '::1/128']",
    "gitlab_rails['cdn_host'] = 'https://cdn.example.com/1.2.3.999/x'",
    "gitlab_rails['smtp_user_name'] = '10.20.0.300'",
    "gitlab_pages['rate_limit_source_ip'] = 50.0",
  ])('%s is fine', (text) => {
    expect(impossible(text)).toEqual([]);
  });
});

describe('keys that take an address', () => {
  it('have one in the package too: where its default or sample is an IPv4 address', () => {
    const missed: string[] = [];
    for (const [root, lines] of Object.entries(keys.roots)) {
      for (const line of lines) {
        const [path = '', , held = '', sample = ''] = line.split('\t');
        const parts = path.split('/');
        const isAddress = [held, sample].some((text) => /^'\d{1,3}(\.\d{1,3}){3}(:\d+)?'$/.test(text));
        if (!isAddress || GITLAB_SCHEMA.key(root, parts) === undefined) continue;
        if (!takesAddress(parts)) missed.push(`${root}/${path}`);
      }
    }
    expect(missed).toEqual([]);
  });
});
