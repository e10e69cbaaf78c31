import { describe, expect, it } from 'vitest';
import type { Endpoint, EndpointSources } from '../../../../../src/lab/docker/endpoint/endpoint';
import { chooseEndpoints, describeEndpoint } from '../../../../../src/lab/docker/endpoint/endpoint';

const MACHINE: EndpointSources = {
  platform: 'linux',
  env: {},
  home: '/home/anna',
  currentContext: undefined,
  contexts: [
    { name: 'colima', host: 'unix:///home/anna/.colima/docker.sock' },
    {
      name: 'remote',
      host: 'tcp://build.example.com:2376',
      tls: { ca: 'CA', cert: 'CERT', key: 'KEY', verify: true },
    },
    { name: 'odd', host: 'ftp://x' },
  ],
  envTls: undefined,
  uid: 1000,
};

function endpoints(change: Partial<EndpointSources>): readonly Endpoint[] {
  const choice = chooseEndpoints({ ...MACHINE, ...change });
  if ('problem' in choice) throw new Error(JSON.stringify(choice.problem));
  return choice.endpoints;
}

describe('an endpoint the user names is the only one', () => {
  it.each([
    [{ DOCKER_HOST: 'unix:///run/my.sock' }, { kind: 'socket', path: '/run/my.sock', origin: 'DOCKER_HOST' }],
    [
      { DOCKER_HOST: 'npipe:////./pipe/docker_engine' },
      { kind: 'socket', path: '//./pipe/docker_engine', origin: 'DOCKER_HOST' },
    ],
    [
      { DOCKER_HOST: 'tcp://10.0.0.5:2375' },
      { kind: 'tcp', host: '10.0.0.5', port: 2375, origin: 'DOCKER_HOST' },
    ],
    [{ DOCKER_HOST: '10.0.0.5:1234' }, { kind: 'tcp', host: '10.0.0.5', port: 1234, origin: 'DOCKER_HOST' }],
    [{ DOCKER_HOST: 'tcp://[::1]:2375' }, { kind: 'tcp', host: '::1', port: 2375, origin: 'DOCKER_HOST' }],
    [
      { DOCKER_HOST: 'tcp://h', DOCKER_TLS_VERIFY: '1' },
      { kind: 'tcp', host: 'h', port: 2376, tls: { verify: true }, origin: 'DOCKER_HOST' },
    ],
    [
      { DOCKER_HOST: 'ssh://anna@h:2222', SSH_AUTH_SOCK: '/a' },
      { kind: 'ssh', host: 'h', port: 2222, user: 'anna', agent: '/a', origin: 'DOCKER_HOST' },
    ],
    [{ DOCKER_HOST: 'ssh://h' }, { kind: 'ssh', host: 'h', port: 22, origin: 'DOCKER_HOST' }],
    [
      { DOCKER_CONTEXT: 'colima' },
      { kind: 'socket', path: '/home/anna/.colima/docker.sock', origin: 'DOCKER_CONTEXT' },
    ],
    [
      { DOCKER_HOST: 'unix:///a', DOCKER_CONTEXT: 'colima' },
      { kind: 'socket', path: '/a', origin: 'DOCKER_HOST' },
    ],
  ])('%j', (env, expected) => {
    expect(endpoints({ env, currentContext: 'remote' })).toEqual([expected]);
  });

  it('comes from the current context when the environment says nothing', () => {
    expect(endpoints({ currentContext: 'remote' })).toEqual([
      {
        kind: 'tcp',
        host: 'build.example.com',
        port: 2376,
        tls: { ca: 'CA', cert: 'CERT', key: 'KEY', verify: true },
        origin: 'Docker context "remote"',
      },
    ]);
  });

  it.each([
    [
      { env: { DOCKER_CONTEXT: 'gone' } },
      { kind: 'unknown-context', origin: 'DOCKER_CONTEXT', value: 'gone' },
    ],
    [{ currentContext: 'gone' }, { kind: 'unknown-context', origin: 'Docker context "gone"', value: 'gone' }],
    [{ env: { DOCKER_HOST: 'ftp://x' } }, { kind: 'bad-address', origin: 'DOCKER_HOST', value: 'ftp://x' }],
    [{ currentContext: 'odd' }, { kind: 'bad-address', origin: 'Docker context "odd"', value: 'ftp://x' }],
  ])('%j cannot be used: %j', (change, problem) => {
    expect(chooseEndpoints({ ...MACHINE, ...change })).toEqual({ problem });
  });
});

describe('else the known sockets are tried in order', () => {
  it.each([
    [
      'linux',
      {},
      [
        '/var/run/docker.sock',
        '/home/anna/.docker/run/docker.sock',
        '/home/anna/.docker/desktop/docker.sock',
        '/home/anna/.colima/default/docker.sock',
        '/home/anna/.config/colima/default/docker.sock',
        '/run/user/1000/docker.sock',
        '/run/user/1000/podman/podman.sock',
        '/run/podman/podman.sock',
      ],
    ],
    [
      'win32',
      {},
      ['//./pipe/docker_engine', '//./pipe/dockerDesktopLinuxEngine', '//./pipe/podman-machine-default'],
    ],
  ] as const)('%s', (platform, env, paths) => {
    expect(endpoints({ platform, env }).map(describeEndpoint)).toEqual(paths);
  });

  it('also when the context is "default"', () => {
    expect(endpoints({ currentContext: 'default' }).length).toBeGreaterThan(3);
  });
});
