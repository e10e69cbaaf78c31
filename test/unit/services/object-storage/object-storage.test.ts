import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Believed } from '../../../../src/services/core/live/fact';
import { PROCESSES } from '../../../../src/services/core/live/view';
import type { NodeView, RunitStatus, View } from '../../../../src/services/core/live/view';
import { OBJECT_WRITTEN } from '../../../../src/services/object-storage/facts';
import type { Written } from '../../../../src/services/object-storage/facts';
import { objectStorageVerdict } from '../../../../src/services/object-storage/health';
import { objectStorageLive } from '../../../../src/services/object-storage/live';
import { renderObjectStorage } from '../../../../src/services/object-storage/render';
import { endpointOf, SWIFT_PORTS } from '../../../../src/services/object-storage/settings';
import { parseWritten } from '../../../../src/services/object-storage/watch';
import type { NodeSettings } from '../../../../src/services/settings';
import { serviceContext } from '../../../../src/lab/render/service-context';
import { contentOf, sampleContext } from '../../lab/render/sample-context';
import { brief, readWith } from '../../workspace/workspace-sample';

const FRONT = '/var/opt/gitlab/object-storage-front';
const MACHINE = { name: 'object-storage', address: '172.30.5.240' };

function files(change?: (settings: NodeSettings) => NodeSettings): ReturnType<typeof renderObjectStorage> {
  const context = sampleContext(change ? { change } : {});
  const cluster = { ...context.cluster, outside: [MACHINE] };
  return renderObjectStorage(serviceContext({ ...context, cluster, node: MACHINE }));
}

const at =
  (endpoint: string) =>
  (settings: NodeSettings): NodeSettings => ({
    ...settings,
    objectStorage: { ...settings.objectStorage, endpoint },
  });

describe('object_store in gitlab.rb', () => {
  it.each<[string, Partial<NodeSettings['objectStorage']>]>([
    ['', { enabled: false, provider: 'AWS', endpoint: '', region: 'us-east-1' }],
    [
      "gitlab_rails['object_store']['enabled'] = true\ngitlab_rails['object_store']['connection'] = { 'provider' => 'AWS', 'endpoint' => 'https://s3.example.com:9000', 'region' => 'eu-1' }",
      { enabled: true, endpoint: 'https://s3.example.com:9000', region: 'eu-1' },
    ],
    [
      "gitlab_rails['object_store']['objects']['lfs']['bucket'] = 'my-lfs'\ngitlab_rails['object_store']['objects']['pages']['bucket'] = 'my-pages'\ngitlab_rails['backup_upload_remote_directory'] = 'my-backups'",
      {
        buckets: {
          artifacts: 'gitlab-artifacts',
          uploads: 'gitlab-uploads',
          lfs: 'my-lfs',
          packages: 'gitlab-packages',
          registry: 'gitlab-registry',
          backups: 'my-backups',
          pages: 'my-pages',
        },
      },
    ],
  ])('%s', async (lines, expected) => {
    const { spec, findings } = await readWith(lines);
    expect(findings.map(brief)).toEqual([]);
    expect(spec?.nodes[0]?.settings.objectStorage).toMatchObject(expected);
  });

  it('says that the lab has keys of its own', async () => {
    const line = "gitlab_rails['object_store']['connection']['aws_secret_access_key'] = 'mine'";
    const { findings } = await readWith(line);
    expect(findings.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['information LAB011']);
  });

  it.each(['Upper', 'ab', 'under_score', '-dash'])('refuses the bucket %s', async (name) => {
    const { findings } = await readWith(
      `gitlab_rails['object_store']['objects']['lfs']['bucket'] = '${name}'`,
    );
    expect(findings.map(({ code }) => code)).toEqual(['LAB002']);
  });

  it.each([
    ["['region'] = 'eu_west'", "is 'eu_west', which is no name of a region"],
    ["['region'] = ''", "is '', which is no name of a region"],
    ["['region'] = 'eu-west-1%(x)s'", "is 'eu-west-1%(x)s', which is no name of a region"],
    ["['endpoint'] = 'https://store:6203'", "is at port 6203, where the lab's store cannot listen"],
    ["['endpoint'] = 'https://store:11211'", "is at port 11211, where the lab's store cannot listen"],
    ["['endpoint'] = 'https://store:0'", "is at port 0, where the lab's store cannot listen"],
  ])('refuses connection%s', async (line, problem) => {
    const { findings } = await readWith(`gitlab_rails['object_store']['connection']${line}`);
    expect(findings.map(({ code, message }) => [code, message.includes(problem)])).toEqual([
      ['LAB002', true],
    ]);
  });

  it.each([
    ['', 'object-storage', 9000],
    ['https://10.1.2.50:9443', '10.1.2.50', 9443],
    ['http://minio.example.com', 'minio.example.com', 9000],
    ['no address', 'object-storage', 9000],
    ['ftp://files.example.com', 'object-storage', 9000],
  ])('the endpoint "%s" is %s, port %i', (endpoint, host, port) => {
    expect(endpointOf({ endpoint })).toEqual({ host, port });
  });
});

describe('the files of the store', () => {
  it('let in the owner of the buckets, and one who only checks', () => {
    const lines = contentOf(files(), '/etc/swift/proxy-server.conf.d/20-accounts.conf').split('\n');
    const secret = '73'.repeat(24);
    expect(lines).toEqual([
      '[filter:tempauth]',
      `user_lab_u${'73'.repeat(8)} = ${secret} .admin`,
      `user_check_check = ${secret} .admin`,
      '[filter:s3api]',
      'location = us-east-1',
      '',
    ]);
  });

  it('have the region and the port of the endpoint wherever one is said, also to the check of its health', () => {
    const made = files((settings) => ({
      ...settings,
      objectStorage: {
        ...settings.objectStorage,
        endpoint: 'https://s3.example.com:8080',
        region: 'eu-west-3',
      },
    }));
    expect(contentOf(made, '/etc/swift/proxy-server.conf.d/20-accounts.conf')).toContain(
      '[filter:s3api]\nlocation = eu-west-3\n',
    );
    expect(JSON.parse(contentOf(made, `${FRONT}/check.json`))).toEqual({
      host: 'object-storage',
      port: 8080,
      region: 'eu-west-3',
      key: 'check:check',
      secret: '73'.repeat(24),
    });
    expect(contentOf(made, '/root/.s3cfg')).toContain('bucket_location = eu-west-3\n');
    expect(contentOf(made, '/root/.s3cfg')).toContain('host_base = object-storage:8080\n');
  });

  it('and the image agree on where Swift listens, and nothing there has a region or a port of its own', async () => {
    const image = join(import.meta.dirname, '../../../../lab/services/object-storage/image/rootfs');
    const text = (path: string): Promise<string> => readFile(join(image, path), 'utf8');
    const configs = await Promise.all(
      [
        'object-server.conf',
        'container-server.conf',
        'account-server.conf',
        'proxy-server.conf.d/10-pipeline.conf',
      ].map((name) => text(`etc/swift/${name}`)),
    );
    const { object, container, account, proxy } = SWIFT_PORTS;
    expect(configs.map((config) => Number(/^bind_port = (\d+)$/m.exec(config)?.[1]))).toEqual([
      object,
      container,
      account,
      proxy,
    ]);
    expect(contentOf(files(), `${FRONT}/haproxy.cfg`)).toContain(`server proxy 127.0.0.1:${proxy}\n`);
    const scripts = await Promise.all(
      ['usr/local/bin/lab-object-storage', 'opt/gitlab/lab/write-and-read'].map(text),
    );
    expect([...configs, ...scripts].join('\n')).not.toMatch(/us-east-1|\b9000\b/);
  });

  it('have secrets where only root or Swift reads them', () => {
    const secret = '73'.repeat(24);
    const holding = files().filter(
      ({ content }) => /PRIVATE KEY/.test(String(content)) || String(content).includes(secret),
    );
    expect(holding.map(({ path, mode, uid }) => `${path} ${mode.toString(8)} ${uid}`)).toEqual([
      '/etc/swift/proxy-server.conf.d/20-accounts.conf 600 998',
      `${FRONT}/server.pem 600 0`,
      `${FRONT}/check.json 600 0`,
      '/root/.s3cfg 600 0',
    ]);
  });

  it('have a certificate for each name by which the store is reached', () => {
    const made = files(at('https://s3.example.com:9443'));
    const certificate = new X509Certificate(contentOf(made, `${FRONT}/server.pem`));
    expect(certificate.subjectAltName).toBe(
      'DNS:object-storage, DNS:s3.example.com, IP Address:172.30.5.240',
    );
    expect(certificate.checkIssued(new X509Certificate(contentOf(made, `${FRONT}/ca.crt`)))).toBe(true);
    expect(contentOf(made, `${FRONT}/haproxy.cfg`)).toContain(`bind :9443 ssl crt ${FRONT}/server.pem`);
  });

  it('log the paths of requests only: the query of a link that GitLab signed lets in who reads it', () => {
    const config = contentOf(files(), `${FRONT}/haproxy.cfg`);
    expect(config.match(/^ *(log-format|option httplog).*$/gm)).toEqual([
      expect.stringMatching(/^ {4}log-format '%ci:%cp [^']* "%HM %HP %HV"'$/),
    ]);
    expect(config).not.toMatch(/%(\{[^}]*\})?(r|HU|HQ|HPO)\b/);
  });

  it('answer for what Swift would misunderstand, and give backups an end', () => {
    const config = contentOf(files(), `${FRONT}/haproxy.cfg`);
    const [, pattern = ''] = /acl unknown_part query -m reg (\S+)/.exec(config) ?? [];
    const unknown = new RegExp(pattern);
    expect(['lifecycle', 'x=1&encryption', 'lifecycle=&x'].map((query) => unknown.test(query))).toEqual([
      true,
      true,
      true,
    ]);
    expect(
      ['list-type=2', 'uploads', 'prefix=lifecycle', 'delete'].map((query) => unknown.test(query)),
    ).toEqual([false, false, false, false]);
    expect(config.match(/^.*X-Delete-After.*$/gm)).toEqual([
      '    http-request set-header X-Delete-After 604800 if { method PUT POST } { path_beg /gitlab-backups/ }',
    ]);
  });
});

describe('what the store says of an object', () => {
  it.each([
    ['kept', { kind: 'kept' }],
    ['silent TimeoutError', { kind: 'silent', reason: 'TimeoutError' }],
    ['refused writing answers HTTP 503', { kind: 'refused', reason: 'writing answers HTTP 503' }],
    ['Traceback (most recent call last):', undefined],
  ])('"%s"', (line, written) => {
    expect(parseWritten(line)).toEqual(written);
  });
});

const up: RunitStatus = { state: 'run', pid: 7, wanted: 'up' };
const down: RunitStatus = { state: 'down', pid: 0, wanted: 'up' };

/** The store's machine. @param stopped services of it that do not run */
function machine(
  written: Written | undefined,
  stopped: readonly string[] = [],
  container: NodeView['container'] = 'running',
): NodeView {
  const processes = Object.fromEntries(
    ['object-storage', 'swift-proxy', 'swift-expirer'].map((name) => [
      name,
      stopped.includes(name) ? down : up,
    ]),
  );
  const known = new Map<string, unknown>([[PROCESSES.name, processes]]);
  if (written) known.set(OBJECT_WRITTEN.name, written);
  return {
    ...MACHINE,
    container,
    connected: true,
    usable: container === 'running',
    fact: <T>({ name }: { readonly name: string }) =>
      (container === 'running' && known.has(name) ? { value: known.get(name) } : undefined) as Believed<T>,
  };
}

const KEPT = { kind: 'kept' } as const;

describe('health of the store', () => {
  it.each<[string, NodeView, string, string]>([
    ['nothing written yet', machine(undefined), 'unknown', 'runs; no object has been written yet'],
    ['an object came back', machine(KEPT), 'ok', 'keeps what is written'],
    [
      'no answer',
      machine({ kind: 'silent', reason: 'TimeoutError' }),
      'failed',
      'does not answer: TimeoutError',
    ],
    [
      'another one came back',
      machine({ kind: 'refused', reason: 'it reads back something else' }),
      'failed',
      'does not keep an object: it reads back something else',
    ],
    ['the proxy is down', machine(KEPT, ['swift-proxy']), 'failed', 'takes no objects (swift-proxy is down)'],
    [
      'what expires is not removed',
      machine(KEPT, ['swift-expirer']),
      'degraded',
      'keeps what is written; swift-expirer is down',
    ],
  ])('%s', (_what, node, health, detail) => {
    expect(objectStorageVerdict({} as View, node)).toEqual({ health, detail });
  });
});

describe('whether the store is there', () => {
  const [rule] = objectStorageLive.values ?? [];
  const view = (node: NodeView | undefined): View =>
    ({
      placement: { nodesOf: () => (node ? [node.name] : []) },
      node: () => node,
    }) as unknown as View;

  it.each<[string, NodeView | undefined, string | undefined]>([
    ['a lab without one', undefined, undefined],
    ['nothing known yet', machine(undefined), undefined],
    ['it keeps objects', machine(KEPT), 'there'],
    ['it does not answer', machine({ kind: 'silent', reason: 'OSError' }), 'gone'],
    ['its machine was killed', machine(KEPT, [], 'stopped'), 'gone'],
    ['its machine is frozen', machine(KEPT, [], 'paused'), 'gone'],
  ])('%s', (_what, node, value) => {
    expect(rule?.value(view(node))).toBe(value);
  });
});
