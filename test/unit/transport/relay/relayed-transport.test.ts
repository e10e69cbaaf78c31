import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RelayedTransport } from '../../../../src/transport/relay/relayed-transport';
import { localNode } from './local-node';
import type { LocalNode } from './local-node';

let node: LocalNode;
let transport: RelayedTransport;
const servers: Server[] = [];

beforeEach(() => {
  node = localNode();
  transport = new RelayedTransport(node);
});

afterEach(async () => {
  node.kill();
  for (const server of servers.splice(0)) server.close();
});

/** Listens until the test ends. @param where a path; any free port when absent */
async function listen(serve: (socket: Socket) => void, where?: string | number): Promise<number> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined);
    serve(socket);
  });
  servers.push(server);
  server.listen(where ?? 0);
  await once(server, 'listening');
  return typeof where === 'string' ? 0 : (server.address() as AddressInfo).port;
}

const echo = (socket: Socket): void => void socket.pipe(socket);

/** All that is said until the end; the stream is not closed by that. */
function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  const pieces: Buffer[] = [];
  stream.on('data', (piece: Buffer) => pieces.push(piece));
  return new Promise((resolve, reject) => {
    stream.once('end', () => resolve(Buffer.concat(pieces).toString())).once('error', reject);
  });
}

const host = '127.0.0.1';
const reasonOf = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => 'none',
    (error: { reason?: string }) => error.reason,
  );

describe('commands', () => {
  it.each<[string, readonly string[], number, string, string]>([
    ['both outputs and the exit code', ['sh', '-c', 'echo out; echo err >&2; exit 3'], 3, 'out\n', 'err\n'],
    ['arguments as they are', ['printf', '%s|', 'a b', '', '$HOME', 'é'], 0, 'a b||$HOME|é|', ''],
    ['a program that does not exist', ['/nowhere/program'], 127, '', ''],
    ['a file that cannot be run', ['/'], 126, '', ''],
    ['a signal', ['sh', '-c', 'kill -9 $$'], 137, '', ''],
    ['one that leaves a process behind', ['sh', '-c', 'sleep 5 & echo done'], 0, 'done\n', ''],
  ])('%s', async (_, command, exitCode, stdout, stderr) => {
    expect(await transport.exec(command)).toEqual({ exitCode, stdout, stderr });
  });

  it('get input, which is closed behind it, and an environment', async () => {
    const { stdout } = await transport.exec(['sh', '-c', 'cat; echo "$GIVEN"; echo "$RELAY"'], {
      input: 'line\n',
      env: { GIVEN: 'a=b c' },
    });
    expect(stdout).toBe('line\na=b c\n\n');
  });

  it('say a lot, and hear a lot', async () => {
    const input = Buffer.alloc(3_000_000, 'x');
    const { stdout } = await transport.exec(['cat'], { input });
    expect(stdout.length).toBe(input.length);
  });

  it('are ended together with what they started', async () => {
    const command = await transport.spawn(['sh', '-c', 'sleep 60 & echo $!; wait']);
    const [first] = (await once(command.stdout, 'data')) as [Buffer];
    await command.kill();
    expect(await reasonOf(command.exit)).toBe('aborted');
    await vi.waitFor(() => expect(() => process.kill(Number(first.toString()), 0)).toThrow(), 10_000);
  });

  it('are killed where they do not end', async () => {
    const command = await transport.spawn([
      'bash',
      '-c',
      'trap "" TERM; echo begins; while :; do sleep 1; done',
    ]);
    await once(command.stdout, 'data');
    await command.kill();
    expect(await reasonOf(command.exit)).toBe('aborted');
  });

  it('are cancelled by a signal', async () => {
    const abort = new AbortController();
    const asked = reasonOf(transport.exec(['sleep', '60'], { signal: abort.signal }));
    await sleep(100);
    abort.abort();
    expect(await asked).toBe('aborted');
    expect(await reasonOf(transport.exec(['true'], { signal: abort.signal }))).toBe('aborted');
  });
});

describe('connections', () => {
  it('stay half open: what is answered after our end arrives', async () => {
    const port = await listen((socket) => void textOf(socket).then((text) => socket.end(`heard ${text}`)));
    const stream = await transport.dial({ host, port });
    stream.end('a question');
    expect(await textOf(stream)).toBe('heard a question');
  });

  it('end as a whole where that is wanted, as soon as the far side ends', async () => {
    const port = await listen((socket) => void socket.end('bye'));
    const stream = await transport.dial({ host, port }, undefined, { endTogether: true });
    expect(await textOf(stream)).toBe('bye');
    // What ended is told together with its end, or a moment later.
    await sleep(200);
    const failure = new Promise((resolve) => stream.once('error', resolve));
    stream.write('more');
    expect(await failure).toMatchObject({ reason: 'lost' });
  });

  it('close the far side when they are destroyed', async () => {
    let closed = false;
    const port = await listen(
      (socket) =>
        void socket
          .on('close', () => (closed = true))
          .resume()
          .on('end', () => socket.end()),
    );
    (await transport.dial({ host, port })).destroy();
    await vi.waitFor(() => expect(closed).toBe(true), 10_000);
  });

  it('lead to Unix sockets as well', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'relay-'));
    const path = join(folder, 'socket');
    await listen(echo, path);
    const stream = await transport.dial({ path });
    stream.end('through a path');
    expect(await textOf(stream)).toBe('through a path');
    await rm(folder, { recursive: true });
  });

  it('carry a lot both ways, several at once', async () => {
    const port = await listen(echo);
    const sent = Buffer.alloc(2_000_000, 'abcdefg').toString();
    const said = await Promise.all(
      [1, 2, 3].map(async () => {
        const stream = await transport.dial({ host, port });
        stream.end(sent);
        return textOf(stream);
      }),
    );
    expect(said.every((one) => one === sent)).toBe(true);
  });

  it('say why there is none', async () => {
    const port = await listen(echo);
    servers.pop()?.close();
    expect(await reasonOf(transport.dial({ host, port }))).toBe('refused');
    expect(await reasonOf(transport.dial({ path: '/nowhere/socket' }))).toBe('refused');
  });

  it('wait for who will listen', async () => {
    const port = await listen(echo);
    servers.pop()?.close();
    const dialling = transport.dial({ host, port }, undefined, { patienceMs: 20_000 });
    await sleep(600);
    await listen(echo, port);
    const stream = await dialling;
    stream.end('at last');
    expect(await textOf(stream)).toBe('at last');
  });

  it('are given up when nobody waits any more', async () => {
    const port = await listen(echo);
    servers.pop()?.close();
    const abort = new AbortController();
    const dialling = reasonOf(transport.dial({ host, port }, abort.signal, { patienceMs: 20_000 }));
    await sleep(100);
    abort.abort();
    expect(await dialling).toBe('aborted');
  });
});

describe('the process that all share', () => {
  it('is one, goes when nobody uses it, and is started again', async () => {
    const port = await listen(echo);
    const streams = await Promise.all([1, 2, 3].map(() => transport.dial({ host, port })));
    await Promise.all([transport.exec(['true']), transport.exec(['true'])]);
    expect(node.started).toEqual(['perl']);
    for (const stream of streams) stream.destroy();
    await sleep(300);
    await transport.exec(['true']);
    expect(node.started).toEqual(['perl', 'perl']);
  });

  it('takes all with it when the node dies; the next question starts another one', async () => {
    const port = await listen(echo);
    const stream = await transport.dial({ host, port });
    const broken = once(stream, 'error').then(([error]) => (error as { reason: string }).reason);
    const command = await transport.spawn(['cat']);
    node.kill();
    expect([await broken, await reasonOf(command.exit)]).toEqual(['lost', 'lost']);
    expect((await transport.exec(['echo', 'again'])).stdout).toBe('again\n');
  });

  it('ends what it started when its input ends', async () => {
    const command = await transport.spawn(['bash', '-c', 'trap "" TERM; echo $$; while :; do sleep 1; done']);
    const [first] = (await once(command.stdout, 'data')) as [Buffer];
    node.hangUp();
    await vi.waitFor(() => expect(() => process.kill(Number(first.toString()), 0)).toThrow(), 10_000);
  });

  it('is not used where the node has no Perl, and not asked for again', async () => {
    const bare = localNode(['perl']);
    const direct = new RelayedTransport(bare);
    expect((await direct.exec(['echo', 'directly'])).stdout).toBe('directly\n');
    await direct.exec(['true']);
    expect(bare.started).toEqual(['perl', 'echo', 'true']);
  });

  it('is not used where it cannot be started now, and asked for again', async () => {
    let attempts = 0;
    const spawn: LocalNode['spawn'] = (command, options) => {
      attempts += command[0] === 'perl' ? 1 : 0;
      return node.spawn(
        attempts === 1 && command[0] === 'perl' ? ['sh', '-c', 'exit 126'] : command,
        options,
      );
    };
    const busy = new RelayedTransport({ ...node, spawn });
    expect((await busy.exec(['echo', 'directly'])).stdout).toBe('directly\n');
    await busy.exec(['true']);
    expect(node.started).toEqual(['sh', 'echo', 'perl']);
  });

  it('does nothing as another user, and looks no name up', async () => {
    expect((await transport.exec(['echo', 'directly'], { user: 'git' })).stdout).toBe('directly\n');
    expect(await reasonOf(transport.dial({ host: 'name', port: 1 }))).toBe('unreachable');
    expect(node.started).toEqual(['echo']);
  });
});
