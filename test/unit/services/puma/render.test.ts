import { describe, expect, test } from 'vitest';
import type { PlainTable } from '../../../../src/services/core/notation/plain-table';
import { pumaEffects } from '../../../../src/services/puma/effect';
import { renderPuma } from '../../../../src/services/puma/render';
import type { NodeSettings } from '../../../../src/services/settings';
import { contentOf, sampleService, SECRETS } from '../../lab/render/sample-context';

const HOME = '/var/opt/gitlab/gitlab-rails/etc';

function files(change: (settings: NodeSettings) => NodeSettings = (settings) => settings, node = 'node2') {
  return renderPuma(sampleService({ node, layers: ['application'], change }));
}

function standin(change?: (settings: NodeSettings) => NodeSettings): Record<string, unknown> {
  return JSON.parse(contentOf(files(change), `${HOME}/standin.json`)) as Record<string, unknown>;
}

describe('the files of Puma', () => {
  test('are its account’s alone', () => {
    expect(files().map(({ path, mode, uid }) => `${path} ${mode.toString(8)} ${uid}`)).toEqual([
      `${HOME}/puma.rb 600 998`,
      `${HOME}/standin.json 600 998`,
      `${HOME}/gitlab_workhorse_secret 600 998`,
    ]);
    expect(contentOf(files(), `${HOME}/gitlab_workhorse_secret`)).toBe(`${SECRETS.workhorse}\n`);
  });

  test('bind a socket and the loopback; one process serves itself', () => {
    expect(contentOf(files(), `${HOME}/puma.rb`)).toBe(`directory '/opt/gitlab/standin'
environment 'production'
bind 'unix:///var/opt/gitlab/gitlab-rails/sockets/gitlab.socket?umask=0117'
bind 'tcp://127.0.0.1:8080'
threads 4, 4
workers 0
`);
  });

  test('have as many processes, threads and addresses as gitlab.rb says', () => {
    const text = contentOf(
      files((settings) => ({
        ...settings,
        puma: { ...settings.puma, workers: 2, minThreads: 1, listen: '0.0.0.0', port: 8090 },
      })),
      `${HOME}/puma.rb`,
    );
    expect(text).toContain("bind 'tcp://172.30.5.12:8090'\nbind 'tcp://127.0.0.1:8090'\n");
    expect(text).toContain('threads 1, 4\nworkers 2\nworker_timeout 60\npreload_app! false\n');
  });
});

describe('what the application goes by', () => {
  test('leads through the entrances of the cluster, with secrets of the lab', () => {
    expect(standin()).toEqual({
      node: 'node2',
      version: '19.3',
      external_url: 'http://gitlab.example.com',
      database: {
        host: '172.30.5.100',
        port: 6432,
        name: 'gitlabhq_production',
        user: 'gitlab',
        password: 'secret-application',
        pool: 10,
      },
      redis: {
        sentinels: ['172.30.5.11', '172.30.5.12', '172.30.5.13'].map((host) => ({ host, port: 26_379 })),
        master: 'gitlab-redis',
        password: 'secret-redis',
        sentinel_password: 'secret-redis',
      },
      gitaly: { storages: { default: { address: 'tcp://172.30.5.12:2305', token: SECRETS.praefectToken } } },
      object_store: null,
      secrets: {
        shell: SECRETS.gitlabShell,
        workhorse: SECRETS.workhorse,
        root_password: SECRETS.rootPassword,
        root_token: SECRETS.rootToken,
      },
      monitoring_whitelist: ['127.0.0.0/8', '::1/128'],
      trusted_proxies: ['127.0.0.0/8'],
      coordination: 'http://127.0.0.1:8500',
      sidekiq: { health_checks: true, health_address: '127.0.0.1', health_port: 8092 },
    });
    expect(SECRETS.rootToken).toMatch(/^glpat-[0-9a-f]{40}$/);
  });

  test('names the storages that gitlab.rb names', () => {
    const repositoryStorages: PlainTable = { fast: { gitaly_address: 'tcp://172.30.5.100:3305' } };
    const { gitaly } = standin((settings) => ({
      ...settings,
      praefect: { ...settings.praefect, repositoryStorages },
    }));
    expect(gitaly).toEqual({
      storages: { fast: { address: 'tcp://172.30.5.100:3305', token: SECRETS.praefectToken } },
    });
  });

  test('keeps files in the object store that gitlab.rb switches on', () => {
    const { object_store: store } = standin((settings) => ({
      ...settings,
      objectStorage: { ...settings.objectStorage, enabled: true, endpoint: 'https://s3.example.com:9443' },
    }));
    expect(store).toMatchObject({
      endpoint: 'https://s3.example.com:9443',
      region: 'us-east-1',
      access_key: SECRETS.objectStoreKey,
      secret_key: SECRETS.objectStoreSecret,
      ca_file: '/etc/gitlab/trusted-certs/lab-ca.crt',
      path_style: true,
      buckets: { artifacts: 'gitlab-artifacts', uploads: 'gitlab-uploads', lfs: 'gitlab-lfs' },
    });
  });
});

test.each([
  [`${HOME}/puma.rb`, ['puma restart']],
  [`${HOME}/standin.json`, ['puma restart']],
  ['/var/opt/gitlab/gitaly/config.toml', []],
])('a change of %s asks for %j', (path, needs) => {
  const found = pumaEffects.needs([{ path, before: 'a', after: 'b' }]);
  expect(found.map(({ program, need }) => `${program} ${need}`)).toEqual(needs);
});
