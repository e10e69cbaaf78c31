import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RelayedTransport } from '../../../../src/transport/relay/relayed-transport';
import type { NodeTransport } from '../../../../src/transport/transport';
import { localNode } from './local-node';
import type { LocalNode } from './local-node';

const SHORT_HALF_CLOSED_S = '0.5';

let node: LocalNode;
const servers: Server[] = [];

beforeEach(() => {
  node = localNode();
});
afterEach(() => {
  node.hangUp();
  for (const server of servers.splice(0)) server.close();
});

async function listen(serve: (socket: Socket) => void): Promise<{ host: string; port: number }> {
  const server = createServer({ allowHalfOpen: true }, (socket) =>
    serve(socket.on('error', () => undefined)),
  );
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  const pieces: Buffer[] = [];
  stream.on('data', (piece: Buffer) => pieces.push(piece));
  await once(stream, 'end');
  return Buffer.concat(pieces).toString();
}

const firstLine = async (stream: NodeJS.ReadableStream): Promise<string> =>
  String(((await once(stream, 'data')) as [Buffer])[0]).trim();

/** Ended, if perhaps not yet heard of by whoever has taken it over. */
const isGone = (pid: string): Promise<void> =>
  vi.waitFor(async () => {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => `${pid} (none) Z`);
    expect(stat).toMatch(/^\d+ \(.*\) Z/);
  }, 10_000);

describe('a way that is slow', () => {
  /** The node behind a way that stands still between `close` and `open`. */
  function gated(): { node: NodeTransport; close(): void; open(): void } {
    let held: (() => void) | undefined;
    let closed = false;
    const gate = new Transform({
      transform: (piece: Buffer, _encoding, done) => {
        if (closed) held = () => done(null, piece);
        else done(null, piece);
      },
    });
    const spawn: NodeTransport['spawn'] = async (command, options) => {
      const running = await node.spawn(command, options);
      return { ...running, stdout: running.stdout.pipe(gate) };
    };
    const open = (): void => {
      closed = false;
      held?.();
    };
    return { node: { ...node, spawn }, close: () => void (closed = true), open };
  }

  it('costs nothing of what was said before the end', async () => {
    const way = gated();
    const transport = new RelayedTransport(way.node);
    await transport.exec(['true']);
    way.close();
    const long = transport.exec(['head', '-c', '4000000', '/dev/zero']);
    const short = transport.exec(['sh', '-c', 'sleep 0.3; head -c 60000 /dev/zero; echo end >&2; exit 3']);
    await sleep(1_000);
    way.open();
    const { exitCode, stdout, stderr } = await short;
    expect([exitCode, stdout.length, stderr]).toEqual([3, 60_000, 'end\n']);
    expect((await long).stdout.length).toBe(4_000_000);
  });

  it('costs nothing of what is answered after our end either', async () => {
    const way = gated();
    const transport = new RelayedTransport(way.node);
    const target = await listen((socket) => void textOf(socket).then(() => socket.end(Buffer.alloc(60_000))));
    await transport.exec(['true']);
    const stream = await transport.dial(target, undefined, { endTogether: true });
    way.close();
    const long = transport.exec(['head', '-c', '4000000', '/dev/zero']);
    await sleep(300);
    stream.end('a question');
    const answer = textOf(stream);
    await sleep(700);
    way.open();
    expect((await answer).length).toBe(60_000);
    await long;
  });
});

describe('what is ended leaves nothing behind', () => {
  it.each([
    ['that does not want to end', '(trap "" TERM; echo $BASHPID; while :; do sleep 1; done) & wait'],
    ['in a group of its own', 'timeout 60 sleep 60 & echo $!; wait'],
    [
      'in a group of its own that does not want to end',
      'set -m; (trap "" TERM; echo $BASHPID; sleep 60; sleep 60) & wait',
    ],
  ])('a process %s', async (_, script) => {
    const transport = new RelayedTransport(node);
    const killed = await transport.spawn(['bash', '-c', script]);
    const first = await firstLine(killed.stdout);
    await killed.kill();
    await isGone(first);
    const other = localNode();
    const left = await new RelayedTransport(other).spawn(['bash', '-c', script]);
    const second = await firstLine(left.stdout);
    other.hangUp();
    await isGone(second);
  });
});

it('the end of a command is told, also where the system told nobody of it', async () => {
  const deaf = 'sigprocmask(SIG_BLOCK, POSIX::SigSet->new(SIGCHLD)); exec @ARGV';
  const spawn: NodeTransport['spawn'] = (command, options) =>
    node.spawn(['perl', '-MPOSIX', '-e', deaf, ...command], options);
  const transport = new RelayedTransport({ ...node, spawn });
  expect(await transport.exec(['sh', '-c', 'echo said; exit 3'])).toMatchObject({
    exitCode: 3,
    stdout: 'said\n',
  });
});

it('who listens at a path but is busy is waited for', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'relay-'));
  const path = join(folder, 'socket');
  const busy =
    'my $s = IO::Socket::UNIX->new(Local => shift, Listen => 1) or die; print "listens\n"; <STDIN>; while (my $c = $s->accept) { push @c, $c }';
  const listener = await node.spawn(['perl', '-MIO::Socket::UNIX', '-e', `$| = 1; my @c; ${busy}`, path]);
  await firstLine(listener.stdout);
  const transport = new RelayedTransport(node);
  let stands = 0;
  const dialling = [1, 2, 3, 4].map(async (): Promise<Duplex> => {
    const stream = await transport.dial({ path });
    stands += 1;
    return stream;
  });
  const all = Promise.all(dialling);
  all.catch(() => undefined);
  await vi.waitFor(() => expect(stands).toBe(2), 10_000);
  listener.stdin.write('\n');
  for (const stream of await all) stream.destroy();
  await listener.kill();
  await rm(folder, { recursive: true });
});

it('a connection that does not stand yet is not taken for one that has just been ended', async () => {
  const never =
    'my $s = IO::Socket::INET->new(LocalAddr => "127.0.0.1", Listen => 1) or die; print $s->sockport, "\\n"; <STDIN>';
  const listener = await node.spawn(['perl', '-MIO::Socket::INET', '-e', `$| = 1; ${never}`]);
  const busy = { host: '127.0.0.1', port: Number(await firstLine(listener.stdout)) };
  const behind = localNode();
  const transport = new RelayedTransport(behind);
  const queued = await Promise.all([transport.dial(busy), transport.dial(busy)]);
  const ended = await transport.dial(await listen((socket) => socket.resume()));
  // What comes at once is read in pieces of this length: the end and the new one are in the second.
  behind.freeze();
  ended.write(Buffer.alloc(65_536 - 9));
  ended.destroy();
  const abort = new AbortController();
  const stands = vi.fn();
  const dialling = transport.dial(busy, abort.signal).then(stands, () => undefined);
  await sleep(200);
  behind.thaw();
  await sleep(500);
  expect(stands).not.toHaveBeenCalled();
  abort.abort();
  await dialling;
  for (const stream of queued) stream.destroy();
  behind.hangUp();
  await listener.kill();
});

describe('a connection that is half closed', () => {
  /** A node whose relay waits less long. */
  function hurried(): NodeTransport {
    const spawn: NodeTransport['spawn'] = (command, { env, ...options } = {}) => {
      const script = env?.['RELAY']?.replace('0.1, 60)', `0.1, ${SHORT_HALF_CLOSED_S})`) ?? '';
      expect(script).toContain(SHORT_HALF_CLOSED_S);
      return node.spawn(command, { ...options, env: { RELAY: script } });
    };
    return { ...node, spawn };
  }

  it('ends once nothing is said for long', async () => {
    const transport = new RelayedTransport(hurried());
    const stream = await transport.dial(await listen((socket) => socket.resume()));
    stream.end('a question');
    expect(await textOf(stream)).toBe('');
  });

  it('stays while something is said', async () => {
    const transport = new RelayedTransport(hurried());
    const target = await listen((socket) => {
      void textOf(socket).then(async () => {
        for (let turns = 0; turns < 10; turns += 1) {
          socket.write('word ');
          await sleep(100);
        }
        socket.end();
      });
    });
    const stream = await transport.dial(target);
    stream.end('a question');
    expect(await textOf(stream)).toBe('word '.repeat(10));
  });
});
