import { createPrivateKey, X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { nginxEffects } from '../../../../src/services/nginx/effect';
import { renderNginx } from '../../../../src/services/nginx/render';
import type { NginxSettings } from '../../../../src/services/nginx/settings';
import { contentOf, sampleService } from '../../lab/render/sample-context';

const CONF = '/var/opt/gitlab/nginx/conf/nginx.conf';

function conf(own: Partial<NginxSettings> = {}): string {
  const change = <S extends { readonly nginx: NginxSettings }>(settings: S): S => ({
    ...settings,
    nginx: { ...settings.nginx, ...own },
  });
  return contentOf(renderNginx(sampleService({ node: 'node2', layers: ['application'], change })), CONF);
}

describe('nginx.conf', () => {
  test('listens on the node’s own address, because the virtual one is HAProxy’s, and passes to Workhorse', () => {
    const text = conf();
    expect(text).toContain('    listen 172.30.5.12:80;\n    listen 127.0.0.1:80;\n');
    expect(text).toContain(
      '    server unix:/var/opt/gitlab/gitlab-workhorse/sockets/socket fail_timeout=0;\n',
    );
    expect(text).toContain('    server_name gitlab.example.com;\n    client_max_body_size 0m;\n');
  });

  test.each<[string, Partial<NginxSettings>, string]>([
    ['a wildcard', { listen: '*', port: 8000 }, '    listen 172.30.5.12:8000;\n    listen 127.0.0.1:8000;\n'],
    [
      'the PROXY protocol',
      { proxyProtocol: true },
      '    listen 172.30.5.12:80 proxy_protocol;\n    listen 127.0.0.1:80 proxy_protocol;\n',
    ],
    [
      'proxies it trusts',
      { realIpNetworks: ['172.30.5.0/24'] },
      '    set_real_ip_from 172.30.5.0/24;\n    real_ip_header X-Forwarded-For;\n',
    ],
    ['processes and connections', { workers: 2, connections: 64 }, 'worker_processes 2;\n'],
    ['another place of its status', { statusPort: 9000 }, '    listen 127.0.0.1:9000;\n'],
  ])('has %s', (_what, own, lines) => {
    expect(conf(own)).toContain(lines);
  });

  test('gives a request without a host the one it is configured for: HAProxy’s check names none', () => {
    expect(conf()).toContain('  map $http_host $http_host_with_default { default $http_host; "" $host; }\n');
    expect(conf()).toContain('      proxy_set_header Host $http_host_with_default;\n');
  });

  test.each<[string, Partial<NginxSettings>, string]>([
    [
      'that people came by HTTPS, wherever that ended',
      { secure: true },
      '      proxy_set_header X-Forwarded-Proto https;\n      proxy_set_header X-Forwarded-Ssl on;\n',
    ],
    [
      'what gitlab.rb says otherwise',
      { headers: { 'X-Forwarded-Proto': 'https', 'X-Own': 'a "b"' } },
      '      proxy_set_header X-Forwarded-Proto "https";\n      proxy_set_header X-Own "a \\"b\\"";\n',
    ],
    [
      'nothing under a name that is no header',
      { headers: { 'a b;': 'x' } },
      'Proto $forwarded_proto;\n      proxy_read',
    ],
  ])('tells Workhorse %s', (_what, own, lines) => {
    expect(conf(own)).toContain(lines);
  });

  test('ends TLS itself where nobody does before it, with a certificate at the package’s place', () => {
    const service = sampleService({
      layers: ['application'],
      change: (settings) => ({ ...settings, nginx: { ...settings.nginx, https: true, port: 443 } }),
    });
    const files = renderNginx(service);
    expect(contentOf(files, CONF)).toContain(
      '    listen 172.30.5.11:443 ssl;\n    listen 127.0.0.1:443 ssl;\n' +
        '    ssl_certificate /etc/gitlab/ssl/gitlab.example.com.crt;\n' +
        '    ssl_certificate_key /etc/gitlab/ssl/gitlab.example.com.key;\n',
    );
    const certificate = new X509Certificate(contentOf(files, '/etc/gitlab/ssl/gitlab.example.com.crt'));
    const key = createPrivateKey(contentOf(files, '/etc/gitlab/ssl/gitlab.example.com.key'));
    expect(certificate.checkPrivateKey(key)).toBe(true);
  });

  test('is taken over by a running nginx', () => {
    const found = nginxEffects.needs([{ path: CONF, before: 'a', after: 'b' }]);
    expect(found.map(({ program, need }) => `${program} ${need}`)).toEqual(['nginx reload']);
    expect(nginxEffects.needs([{ path: '/etc/gitlab/ssl/x.crt', before: 'a', after: 'b' }])).toHaveLength(1);
    expect(nginxEffects.needs([{ path: '/etc/other', before: 'a', after: 'b' }])).toEqual([]);
  });
});
