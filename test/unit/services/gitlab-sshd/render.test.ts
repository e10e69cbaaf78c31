import { createPrivateKey, createPublicKey } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { sshdEffects } from '../../../../src/services/gitlab-sshd/effect';
import { renderSshd } from '../../../../src/services/gitlab-sshd/render';
import { hostKey } from '../../../../src/services/gitlab-sshd/host-key';
import type { NodeSettings } from '../../../../src/services/settings';
import { contentOf, sampleService, SECRETS } from '../../lab/render/sample-context';

const HOME = '/var/opt/gitlab/gitlab-sshd';
const files = (node: string) =>
  renderSshd(
    sampleService({
      node,
      layers: ['application'],
      change: (settings) => ({
        ...settings,
        sshd: { ...settings.sshd, proxyProtocol: true },
        puma: { ...settings.puma, port: 8090 },
      }),
    }),
  );

describe('the files of gitlab-sshd', () => {
  test('let it listen where HAProxy reaches it, and ask the Puma beside it', () => {
    expect(parse(contentOf(files('node2'), `${HOME}/config.yml`))).toEqual({
      user: 'git',
      gitlab_url: 'http://127.0.0.1:8090',
      secret_file: `${HOME}/gitlab_shell_secret`,
      log_file: '/dev/stdout',
      log_level: 'INFO',
      log_format: 'json',
      sshd: {
        listen: '172.30.5.12:2222',
        proxy_protocol: true,
        web_listen: 'localhost:9122',
        host_key_files: [`${HOME}/ssh_host_ed25519_key`],
      },
    });
    expect(contentOf(files('node2'), `${HOME}/gitlab_shell_secret`)).toBe(`${SECRETS.gitlabShell}\n`);
  });

  test.each([
    ['use', undefined],
    ['require', 'require'],
  ] as const)('say what becomes of a connection without a PROXY header: %s', (proxyPolicy, expected) => {
    const change = (settings: NodeSettings): NodeSettings => ({
      ...settings,
      sshd: { ...settings.sshd, proxyProtocol: true, proxyPolicy },
    });
    const found = renderSshd(sampleService({ node: 'node1', layers: ['application'], change }));
    const config = parse(contentOf(found, `${HOME}/config.yml`)) as { readonly sshd: object };
    expect('proxy_policy' in config.sshd ? config.sshd.proxy_policy : undefined).toBe(expected);
  });

  test('hold the same host key on every node: a client is not warned after a failover', () => {
    const keys = ['node1', 'node2', 'node3'].map((node) =>
      contentOf(files(node), `${HOME}/ssh_host_ed25519_key`),
    );
    expect(new Set(keys).size).toBe(1);
    expect(createPrivateKey(keys[0] ?? '').asymmetricKeyType).toBe('ed25519');
  });

  test.each([`${HOME}/config.yml`, `${HOME}/ssh_host_ed25519_key`, `${HOME}/gitlab_shell_secret`])(
    'start it anew when %s changes',
    (path) => {
      const found = sshdEffects.needs([{ path, before: 'a', after: 'b' }]);
      expect(found.map(({ program, need }) => `${program} ${need}`)).toEqual(['gitlab-sshd restart']);
    },
  );
});

test('the host key of RFC 8032’s first seed has the public key that stands there', () => {
  const pem = hostKey('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60');
  const { x } = createPublicKey(pem).export({ format: 'jwk' });
  expect(Buffer.from(String(x), 'base64url').toString('hex')).toBe(
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
  );
});
