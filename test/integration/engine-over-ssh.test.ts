import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DockerConnection } from '../../src/lab/docker/endpoint/connect';
import { connectDocker } from '../../src/lab/docker/endpoint/connect';
import { LabError } from '../../src/lab/lab-error';
import { SshError } from '../../src/transport/ssh/ssh-error';
import { DockerTransport } from '../../src/transport/docker/docker-transport';
import { ROOT, testDocker, testImage, uniqueName, until } from './support/engine';
import type { SshServer } from './support/ssh-server';
import { startSshServer } from './support/ssh-server';

const LOGIN = /Accepted publickey/g;
const ASKED_TO_LOG_IN = /userauth-request/;

const count = (text: string, what: RegExp): number => text.match(what)?.length ?? 0;

/** What `connectDocker` refuses with. */
async function refusal(env: Readonly<Record<string, string>>): Promise<LabError> {
  try {
    await connectDocker(env);
  } catch (error) {
    if (error instanceof LabError) return error;
    throw error;
  }
  throw new Error('it connected');
}

describe('an engine behind SSH', () => {
  let server: SshServer;
  let name: string;

  beforeAll(async () => {
    server = await startSshServer();
    name = `[127.0.0.1]:${server.port}`;
  });
  afterAll(() => server.stop());
  afterEach(() => server.know());

  it.each([
    ['in plain words', (): void => server.know(`${name} ${server.hostKeys.ed25519}`)],
    ['under the host alone', (): void => server.know(`127.0.0.1 ${server.hostKeys.ed25519}`)],
    ['only for another kind than it prefers', (): void => server.know(`${name} ${server.hostKeys.rsa}`)],
    [
      'under a hashed name',
      (): void => {
        server.know(`${name} ${server.hostKeys.ed25519}`);
        server.hashKnownHosts();
      },
    ],
  ])('answers when its key is known %s', async (_how, know) => {
    know();
    const here = await (await testDocker()).version();
    expect((await connectDocker(server.env)).serverVersion).toBe(here.Version);
  });

  it.each([
    ['unknown', (): void => server.know(), /is not known \(ssh-ed25519 SHA256:/, /^Compare it .*ssh -p \d+ /],
    [
      'another one than before',
      (): void => server.know(`${name} ${server.strangerKey}`),
      /shows another key .*known_hosts:1/,
      /ssh-keygen -R/,
    ],
    [
      'revoked',
      (): void => server.know(`${name} ${server.hostKeys.ed25519}`, `@revoked * ${server.hostKeys.ed25519}`),
      /is revoked in .*known_hosts:2/,
      /another key/,
    ],
    [
      'known by an authority only',
      (): void => server.know(`@cert-authority ${name} ${server.hostKeys.ed25519}`),
      /certificate authority only/,
      /plain key/,
    ],
  ])('is refused when its key is %s, and nothing is sent', async (_what, know, message, remedy) => {
    know();
    const before = server.log().length;
    const error = await refusal(server.env);
    expect(error.code).toBe('no-docker');
    expect(error.message).toMatch(message);
    expect(error.message).toContain('Nothing was sent.');
    expect(error.remedy).toMatch(remedy);
    expect(error.cause).toMatchObject({ name: 'SshError', reason: 'host-key' });
    await until('the server saw the end', () => server.log().slice(before).includes('[preauth]'));
    expect(server.log().slice(before)).not.toMatch(ASKED_TO_LOG_IN);
  });

  it('says that the login failed when no key fits', async () => {
    server.know(`${name} ${server.hostKeys.ed25519}`);
    const { HOME = '', DOCKER_HOST = '' } = server.env;
    const error = await refusal({ HOME, DOCKER_HOST });
    expect(error.message).toMatch(/does not let you in: there is no SSH agent/);
    expect(error.remedy).toContain('ssh-add');
  });

  it('says that nothing listens', async () => {
    const error = await refusal({ ...server.env, DOCKER_HOST: 'ssh://anna@127.0.0.1:1' });
    expect(error.message).toContain('anna@[127.0.0.1]:1 cannot be reached over SSH');
  });

  it('is listed by the program, which then ends', async () => {
    server.know(`${name} ${server.hostKeys.ed25519}`);
    const before = count(server.log(), LOGIN);
    const env = { ...process.env, ...server.env };
    const options = { env, timeout: 20_000 };
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [join(ROOT, 'dist', 'cli.js'), 'list', '--json'],
      options,
    );
    expect(JSON.parse(stdout)).toBeInstanceOf(Array);
    expect(stderr).toBe('');
    expect(count(server.log(), LOGIN) - before).toBe(1);
  });
});

describe.each([
  ['with channels to its socket', []],
  ['with a program on the machine, where channels are forbidden', ['AllowStreamLocalForwarding no']],
  [
    'with that program, where a connection has few sessions',
    ['AllowStreamLocalForwarding no', 'MaxSessions 3'],
  ],
])('a connection to an engine behind SSH, %s', (_how, settings) => {
  let server: SshServer;
  let connection: DockerConnection;
  let node: DockerTransport;
  let remove: () => Promise<unknown>;

  beforeAll(async () => {
    server = await startSshServer(settings);
    server.know(`[127.0.0.1]:${server.port} ${server.hostKeys.ed25519}`);
    const here = await testDocker();
    const container = await here.createContainer({
      name: uniqueName('ssh-test'),
      Image: await testImage(here),
      Cmd: ['sleep', 'infinity'],
      HostConfig: { Init: true, NetworkMode: 'none' },
    });
    remove = () => container.remove({ force: true });
    await container.start();
    connection = await connectDocker(server.env);
    node = new DockerTransport('node1', connection.docker.getContainer(container.id));
  });
  afterAll(async () => {
    await remove();
    await server.stop();
  });

  it('answers many requests at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => connection.docker.ping()));
    expect(answers.map(String)).toEqual(Array.from({ length: 20 }, () => 'OK'));
    if (settings.length === 0) expect(count(server.log(), LOGIN)).toBe(1);
  });

  it('carries a command’s input, outputs and exit code', async () => {
    const command = ['sh', '-c', 'sha256sum; echo warning >&2; exit 7'];
    const { exitCode, stdout, stderr } = await node.exec(command, { input: Buffer.alloc(3_000_000, 'x') });
    const { createHash } = await import('node:crypto');
    const expected = createHash('sha256').update(Buffer.alloc(3_000_000, 'x')).digest('hex');
    expect([exitCode, stdout.split(' ')[0], stderr]).toEqual([7, expected, 'warning\n']);
  });

  it('carries output that nobody reads for a while', async () => {
    const command = await node.spawn(['sh', '-c', 'yes | head -c 20000000']);
    await new Promise((resolve) => setTimeout(resolve, 300));
    let bytes = 0;
    for await (const piece of command.stdout) bytes += (piece as Buffer).length;
    expect([bytes, await command.exit]).toEqual([20_000_000, 0]);
  });

  it('carries an interactive terminal', async () => {
    const sized = 'while [ "$(stty size)" = "0 0" ]; do sleep 0.05; done; stty size; exit 4';
    const session = await node.shell({ columns: 77, rows: 20, command: ['sh', '-c', sized] });
    let shown = '';
    session.stream.on('data', (chunk: Buffer) => (shown += chunk.toString()));
    expect(await session.exit).toBe(4);
    expect(shown).toContain('20 77');
  });
});

describe('a connection to an engine behind SSH', () => {
  it('tells of its loss, and is opened again with the next request', async () => {
    const server = await startSshServer();
    try {
      server.know(`[127.0.0.1]:${server.port} ${server.hostKeys.ed25519}`);
      const { docker } = await connectDocker(server.env);
      const events = await docker.getEvents({ filters: { label: ['none.such'] } });
      const lost = new Promise<unknown>((resolve) => events.once('error', resolve).resume());
      server.cutConnections();
      expect(await lost).toBeInstanceOf(Error);
      expect(String(await docker.ping())).toBe('OK');
      expect(count(server.log(), LOGIN)).toBe(2);
    } finally {
      await server.stop();
    }
  });

  it('fails with the reason when the machine has neither a socket for us nor the program', async () => {
    const server = await startSshServer([
      'LogLevel INFO',
      'AllowStreamLocalForwarding no',
      'ForceCommand echo no docker here >&2; exit 127',
    ]);
    try {
      server.know(`[127.0.0.1]:${server.port} ${server.hostKeys.ed25519}`);
      const error = await refusal(server.env);
      expect(error.cause).toBeInstanceOf(SshError);
      expect(error.message).toMatch(/did not open "docker system dial-stdio": no docker here/);
    } finally {
      await server.stop();
    }
  });
});
