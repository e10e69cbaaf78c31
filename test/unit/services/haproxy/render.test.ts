import { createPrivateKey, X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { serviceContext } from '../../../../src/lab/render/service-context';
import { haproxyEffects } from '../../../../src/services/haproxy/effect';
import { renderHaproxy } from '../../../../src/services/haproxy/render';
import { contentOf, sampleContext } from '../../lab/render/sample-context';

const PEM = '/etc/haproxy/certs/gitlab.example.com.pem';
const HTTPS = `frontend https
    bind 172.30.5.100:443 ssl crt ${PEM} alpn h2,http/1.1
    default_backend gitlab
backend gitlab
    server node1 172.30.5.11:443 ssl verify required ca-file /etc/haproxy/ca.crt
`;

const files = (haproxyCfg: string, externalUrl = 'https://gitlab.example.com') =>
  renderHaproxy(
    serviceContext({
      ...sampleContext({
        change: (settings) => ({ ...settings, rails: { ...settings.rails, externalUrl } }),
      }),
      haproxyCfg,
    }),
  );

describe('the files of HAProxy', () => {
  test('are the workspace’s own, and no more where that names no certificate', () => {
    const [only, ...others] = files('frontend http\n    bind :80');
    expect(only).toMatchObject({
      path: '/etc/haproxy/haproxy.cfg',
      content: 'frontend http\n    bind :80\n',
    });
    expect(others).toEqual([]);
  });

  test('hold the certificates it names: one for all names of the site, which the lab’s authority has signed', () => {
    const found = files(HTTPS, 'https://git.example.com:8443/gitlab');
    expect(found.map(({ path, mode }) => `${path} ${mode.toString(8)}`)).toEqual([
      '/etc/haproxy/haproxy.cfg 600',
      `${PEM} 600`,
      '/etc/haproxy/ca.crt 644',
    ]);
    const pem = contentOf(found, PEM);
    const certificate = new X509Certificate(pem);
    expect(certificate.checkPrivateKey(createPrivateKey(pem))).toBe(true);
    expect(certificate.verify(new X509Certificate(contentOf(found, '/etc/haproxy/ca.crt')).publicKey)).toBe(
      true,
    );
    expect(certificate.subjectAltName).toBe(
      'DNS:gitlab.example.com, DNS:git.example.com, IP Address:172.30.5.100, DNS:localhost, IP Address:127.0.0.1',
    );
  });

  test.each([PEM, '/etc/haproxy/haproxy.cfg'])('are taken over without a new start: %s', (path) => {
    expect(haproxyEffects.needs([{ path, before: 'a', after: 'b' }])).toMatchObject([
      { program: 'haproxy', need: 'reload', seconds: 0 },
    ]);
  });
});
