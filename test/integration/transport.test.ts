import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import type Docker from 'dockerode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DockerTransport } from '../../src/transport/docker/docker-transport';
import { TransportError } from '../../src/transport/transport';
import { testDocker, testImage, uniqueName, until } from './support/engine';

let docker: Docker;
let container: Docker.Container;
let node: DockerTransport;

beforeAll(async () => {
  docker = await testDocker();
  container = await docker.createContainer({
    name: uniqueName('transport-test'),
    Image: await testImage(docker),
    Cmd: ['sleep', 'infinity'],
    HostConfig: { Init: true, NetworkMode: 'none' },
  });
  await container.start();
  node = new DockerTransport('node1', container);
});

afterAll(async () => {
  await container.remove({ force: true });
});

/** How many processes of the container have this word in their command line. */
async function processes(word: string): Promise<number> {
  const { stdout } = await node.exec(['sh', '-c', 'cat /proc/[0-9]*/cmdline 2>/dev/null | tr "\\0" " "']);
  // The counting process itself does not have the word: it is not given to it.
  return stdout.split(word).length - 1;
}

async function failure(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof TransportError) return error.reason;
    throw error;
  }
  return 'no error';
}

describe('exec', () => {
  it.each([
    [['true'], { exitCode: 0, stdout: '', stderr: '' }],
    [['sh', '-c', 'exit 42'], { exitCode: 42, stdout: '', stderr: '' }],
    [['sh', '-c', 'echo out; echo err >&2; exit 1'], { exitCode: 1, stdout: 'out\n', stderr: 'err\n' }],
    [
      ['printf', '%s|', 'a b', '$HOME', "it's", '"q"'],
      { exitCode: 0, stdout: `a b|$HOME|it's|"q"|`, stderr: '' },
    ],
  ])('%j', async (command, expected) => {
    expect(await node.exec(command)).toEqual(expected);
  });

  it('gives exit code 127 or 126 when there is no such program', async () => {
    const { exitCode } = await node.exec(['no-such-program']);
    expect([126, 127]).toContain(exitCode);
  });

  it.each([
    ['a program that does not exist', ['no-such-program'], {}, 127],
    ['a file that does not exist', ['/no/such/program'], {}, 127],
    ['a file that is no program', ['/etc/passwd'], {}, 126],
    ['a user that does not exist', ['true'], { user: 'nobody-of-that-name' }, 126],
  ])('tells %s on standard error, with the code of a shell', async (_name, command, options, exitCode) => {
    const result = await node.exec(command, options);
    expect(result).toMatchObject({ exitCode, stdout: '' });
    expect(result.stderr).not.toBe('');
  });

  it('keeps a first line that ends as Docker’s own complaints do', async () => {
    const command = ['sh', '-c', 'printf "PONG\\r\\n"; sleep 0.2; echo more'];
    expect(await node.exec(command)).toEqual({ exitCode: 0, stdout: 'PONG\r\nmore\n', stderr: '' });
  });

  it('keeps characters of several bytes whole however the output is cut', async () => {
    const text = 'ä€😀'.repeat(200_000);
    const { stdout } = await node.exec(['cat'], { input: text });
    expect(stdout.length).toBe(text.length);
    expect(stdout === text).toBe(true);
  });

  it('passes bytes that are no text', async () => {
    const input = Buffer.from(Array.from({ length: 65_536 }, (_value, index) => index % 256));
    const { stdout } = await node.exec(['sha256sum'], { input });
    const { createHash } = await import('node:crypto');
    expect(stdout.split(' ')[0]).toBe(createHash('sha256').update(input).digest('hex'));
  });

  it('sees the end of its input when there is none', async () => {
    expect(await node.exec(['cat'])).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  it('runs as the given user with the given environment', async () => {
    const options = { user: 'gitlab-psql', env: { COLOUR: 'grün & "blau"' } };
    const { stdout } = await node.exec(['sh', '-c', 'id -un; echo "$COLOUR"'], options);
    expect(stdout).toBe('gitlab-psql\ngrün & "blau"\n');
  });

  it('ends the process inside the container when it is aborted, and what that process started', async () => {
    const abort = new AbortController();
    const script = 'sleep 31337.1 & chpst -u gitlab-psql sleep 31337.1 & wait';
    const running = node.exec(['sh', '-c', script], { signal: abort.signal });
    const outcome = failure(running);
    await until('three processes run', async () => (await processes('31337.1')) >= 3);
    abort.abort();
    expect(await outcome).toBe('aborted');
    await until('no process is left', async () => (await processes('31337.1')) === 0, 30_000);
  });

  it('does not start anything when it is aborted before', async () => {
    expect(await failure(node.exec(['sleep', '31337.2'], { signal: AbortSignal.abort() }))).toBe('aborted');
    expect(await processes('31337.2')).toBe(0);
  });
});

describe('spawn', () => {
  it('gives output as it is written and takes input meanwhile', async () => {
    const command = await node.spawn([
      'sh',
      '-c',
      'read a; echo "one $a"; read b; echo "two $b" >&2; exit 3',
    ]);
    command.stdin.write('x\n');
    const [first] = (await once(command.stdout, 'data')) as [Buffer];
    expect(first.toString()).toBe('one x\n');
    command.stdin.write('y\n');
    const [second] = (await once(command.stderr, 'data')) as [Buffer];
    expect(second.toString()).toBe('two y\n');
    expect(await command.exit).toBe(3);
  });

  it('does not read on while nobody takes the output', async () => {
    const command = await node.spawn(['sh', '-c', 'yes | head -c 200000000']);
    await once(command.stdout, 'readable');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const before = process.memoryUsage().rss;
    expect(
      (command.stdout as NodeJS.ReadableStream & { readableLength: number }).readableLength,
    ).toBeLessThan(1_000_000);
    let bytes = 0;
    for await (const piece of command.stdout) bytes += (piece as Buffer).length;
    expect(bytes).toBe(200_000_000);
    expect(await command.exit).toBe(0);
    expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
  });

  it('ends the process when it is killed, twice without harm', async () => {
    const command = await node.spawn(['sleep', '31337.3']);
    await until('it runs', async () => (await processes('31337.3')) === 1);
    void command.kill();
    void command.kill();
    expect(await failure(command.exit)).toBe('aborted');
    await until('it is gone', async () => (await processes('31337.3')) === 0, 30_000);
  });
});

describe('dial', () => {
  beforeAll(async () => {
    const serve = (address: string, command: string): Promise<unknown> =>
      node.spawn(['socat', '-t', '30', `${address},fork`, `SYSTEM:${command}`]);
    await serve('TCP-LISTEN:7001,reuseaddr', 'cat');
    await serve('TCP-LISTEN:7002,reuseaddr', 'sha256sum; sleep 1; echo late');
    await serve('UNIX-LISTEN:/run/od\\,d \\:name.sock', 'cat');
    await serve('UNIX-LISTEN:/run/echo.sock', 'cat');
    await until('the servers listen', async () => {
      const { stdout } = await node.exec(['sh', '-c', 'cat /proc/net/tcp; ls /run']);
      return (
        stdout.includes(':1B59') &&
        stdout.includes(':1B5A') &&
        stdout.includes('echo.sock') &&
        stdout.includes('od,d')
      );
    });
  });

  async function readAll(stream: Duplex): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for await (const piece of stream) pieces.push(piece as Buffer);
    return Buffer.concat(pieces);
  }

  it.each([
    ['a TCP port', { host: '127.0.0.1', port: 7001 }],
    ['a unix socket', { path: '/run/echo.sock' }],
    ['a unix socket of an odd name', { path: '/run/od,d :name.sock' }],
  ])('reaches %s and passes bytes both ways', async (_name, target) => {
    const stream = await node.dial(target);
    stream.end('grüße');
    expect((await readAll(stream)).toString()).toBe('grüße');
  });

  it('still receives after its own direction has ended', async () => {
    const stream = await node.dial({ host: '127.0.0.1', port: 7002 });
    stream.end('abc');
    const answer = (await readAll(stream)).toString();
    expect(answer).toContain('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(answer.endsWith('late\n')).toBe(true);
  });

  it('carries 20 MB both ways with back-pressure and loses nothing', async () => {
    const stream = await node.dial({ host: '127.0.0.1', port: 7001 });
    const chunk = Buffer.alloc(1_000_000, 'x');
    const sent = (async () => {
      for (let count = 0; count < 20; count++) if (!stream.write(chunk)) await once(stream, 'drain');
      stream.end();
    })();
    const received = await readAll(stream);
    await sent;
    expect(received.length).toBe(20_000_000);
  });

  it.each([
    ['a port nobody listens at', { host: '127.0.0.1', port: 7999 }, 'refused'],
    ['a socket that does not exist', { path: '/run/none.sock' }, 'refused'],
    ['a network that is not there', { host: '203.0.113.1', port: 80 }, 'unreachable'],
  ])('says about %s: %j is %s', async (_name, target, reason) => {
    expect(await failure(node.dial(target))).toBe(reason);
  });

  it('gives up when it is aborted', async () => {
    expect(await failure(node.dial({ host: '127.0.0.1', port: 7001 }, AbortSignal.abort()))).toBe('aborted');
  });

  it('leaves no process behind when the stream is thrown away', async () => {
    const stream = await node.dial({ host: '127.0.0.1', port: 7001 });
    await until('socat runs', async () => (await processes('STDIO')) > 0);
    stream.destroy();
    await until('no socat is left', async () => (await processes('STDIO')) === 0, 30_000);
  });
});

describe('shell', () => {
  /** Types and reads until the text appears. */
  function terminal(stream: Duplex): {
    readonly screen: () => string;
    readonly expect: (text: string) => Promise<void>;
  } {
    let screen = '';
    stream.on('data', (piece: Buffer) => (screen += piece.toString('utf8')));
    return {
      screen: () => screen,
      expect: (text) =>
        until(`"${text}" on the screen, which shows ${JSON.stringify(screen)}`, () => screen.includes(text)),
    };
  }

  const COMMAND = ['bash', '--norc', '--noprofile'];

  it('has the asked size from the start, follows resizes, and ends with the exit code', async () => {
    const shell = await node.shell({ columns: 97, rows: 31, command: COMMAND });
    const { expect: shows } = terminal(shell.stream);
    shell.stream.write('stty size\n');
    await shows('31 97');
    await shell.resize(133, 44);
    shell.stream.write('stty size\n');
    await shows('44 133');
    shell.stream.write('exit 7\n');
    expect(await shell.exit).toBe(7);
    await shell.resize(80, 24);
    void shell.close();
  });

  it('carries characters of several bytes and reacts to Ctrl-C', async () => {
    const shell = await node.shell({ columns: 80, rows: 24, command: COMMAND });
    const { expect: shows } = terminal(shell.stream);
    shell.stream.write('echo "gr"ü"ße 😀" | tr a-z A-Z\n');
    await shows('GRüßE 😀');
    shell.stream.write('sleep 31337.4\n');
    await until('it sleeps', async () => (await processes('31337.4')) > 0);
    shell.stream.write('\x03');
    shell.stream.write('echo status=$?\n');
    await shows('status=130');
    void shell.close();
    expect(await failure(shell.exit)).toBe('aborted');
  });

  it('hangs up what runs in it when it is closed', async () => {
    const shell = await node.shell({ columns: 80, rows: 24, command: COMMAND });
    terminal(shell.stream);
    shell.stream.write('sleep 31337.5\n');
    await until('it sleeps', async () => (await processes('sleep 31337.5')) > 0);
    void shell.close();
    await until('nothing is left', async () => (await processes('31337.5')) === 0, 30_000);
  });
});

describe('a node that is not there', () => {
  it('is not running when it is paused or stopped, unreachable when Docker is away', async () => {
    await container.pause();
    try {
      expect(await failure(node.exec(['true']))).toBe('not-running');
    } finally {
      await container.unpause();
    }
    const { default: Client } = await import('dockerode');
    const nowhere = new Client({ socketPath: '/nonexistent/docker.sock' });
    const away = new DockerTransport('node1', nowhere.getContainer(container.id));
    expect(await failure(away.exec(['true']))).toBe('unreachable');
    const gone = new DockerTransport('node1', docker.getContainer('no-such-container'));
    expect(await failure(gone.exec(['true']))).toBe('not-running');
  });

  it('is lost when it is killed while a command runs', async () => {
    const other = await docker.createContainer({
      name: uniqueName('transport-test'),
      Image: await testImage(docker),
      Cmd: ['sleep', 'infinity'],
    });
    try {
      await other.start();
      const running = await new DockerTransport('node2', other).spawn(['sh', '-c', 'echo up; sleep 100']);
      await once(running.stdout, 'data');
      await other.kill();
      const outcome = await running.exit.then(String, (error: TransportError) => error.reason);
      expect(['137', 'lost']).toContain(outcome);
    } finally {
      await other.remove({ force: true });
    }
  });
});
