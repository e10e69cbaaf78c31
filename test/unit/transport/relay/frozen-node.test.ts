import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Relay } from '../../../../src/transport/relay/relay';
import { RelayedCommand } from '../../../../src/transport/relay/relayed-command';
import { RelayedTransport } from '../../../../src/transport/relay/relayed-transport';
import type { RunningCommand } from '../../../../src/transport/transport';
import { TransportError } from '../../../../src/transport/transport';
import { localNode } from './local-node';
import type { LocalNode } from './local-node';

const reasonOf = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => 'none',
    (error: { reason?: string }) => error.reason,
  );

describe('a node that is frozen', () => {
  let node: LocalNode;
  let transport: RelayedTransport;

  beforeEach(() => {
    node = localNode();
    transport = new RelayedTransport(node);
  });
  afterEach(() => {
    node.thaw();
    node.hangUp();
  });

  it('holds nobody who gives a command up; it ends there once the node goes on', async () => {
    const abort = new AbortController();
    const command = await transport.spawn(['sh', '-c', 'echo $$; exec sleep 60'], { signal: abort.signal });
    const [pid] = (await once(command.stdout, 'data')) as [Buffer];
    node.freeze();
    const begun = reasonOf(transport.exec(['sleep', '60'], { signal: abort.signal }));
    abort.abort();
    expect([await reasonOf(command.exit), await begun]).toEqual(['aborted', 'aborted']);
    await once(command.stdout.resume(), 'end');
    node.thaw();
    await vi.waitFor(() => expect(() => process.kill(Number(pid.toString()), 0)).toThrow(), 10_000);
  });

  it('holds nobody who ends a command, as soon as the engine says that the node does not run', async () => {
    const command = await transport.spawn(['sleep', '60']);
    node.freeze();
    await command.kill();
    expect(await reasonOf(command.exit)).toBe('aborted');
    expect(node.started).toEqual(['perl', 'true']);
  });

  it('holds nobody who connects', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await transport.exec(['true']);
    node.freeze();
    const signal = AbortSignal.timeout(100);
    expect(await reasonOf(transport.dial({ host: '127.0.0.1', port }, signal))).toBe('aborted');
    server.close();
  });
});

/** An engine that starts a relay which says only what it is told to, and nothing else. */
function silentEngine() {
  const [stdout, stderr, stdin] = [new PassThrough(), new PassThrough(), new PassThrough()];
  let end = (): void => undefined;
  const exit = new Promise<number>((resolve) => (end = () => resolve(0)));
  const kill = vi.fn(async () => undefined);
  const asked: Buffer[] = [];
  stdin.on('data', (piece: Buffer) => asked.push(piece));
  const answers: (RunningCommand | TransportError)[] = [{ stdout, stderr, stdin, exit, kill }];
  const spawn = async (): Promise<RunningCommand> => {
    const answer = answers.shift() ?? new TransportError('not-running', 'node1', 'it is frozen');
    if (answer instanceof TransportError) throw answer;
    return answer;
  };
  const greet = (): void => void stdout.write('h\0\0\0\0\0\0\0\0');
  return {
    node: 'node1',
    spawn,
    kill,
    greet,
    end: () => end(),
    asked: () => Buffer.concat(asked).toString(),
  };
}

describe('a relay that says nothing', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  /** Time passes, and what is on its way arrives. */
  async function pass(milliseconds: number): Promise<void> {
    await turn();
    await vi.advanceTimersByTimeAsync(milliseconds);
    await turn();
  }
  async function standing(held: boolean) {
    const engine = silentEngine();
    engine.greet();
    const relay = await Relay.start(engine, held);
    if (!(relay instanceof Relay)) throw new Error('there is Perl');
    return { ...engine, relay };
  }

  it('from its start holds nobody who gives up, and is ended when it is late', async () => {
    const engine = silentEngine();
    const transport = new RelayedTransport({ ...localNode(), ...engine });
    const abort = new AbortController();
    const givenUp = reasonOf(transport.exec(['true'], { signal: abort.signal }));
    const waiting = reasonOf(transport.exec(['true']));
    abort.abort();
    expect(await givenUp).toBe('aborted');
    await pass(15_000);
    expect(await waiting).toBe('lost');
    expect(engine.kill).toHaveBeenCalledOnce();
    // Another attempt is made.
    expect(await reasonOf(transport.exec(['true']))).toBe('not-running');
  });

  it('is asked for a word; then the engine is, whose answer is that of everybody who waits', async () => {
    const { relay, asked } = await standing(true);
    const command = new RelayedCommand(relay, 'node1', { command: ['true'] });
    await pass(2_000);
    expect(asked()).toContain('P\0\0\0\0\0\0\0\0');
    await pass(2_000);
    expect(await reasonOf(command.exit)).toBe('not-running');
    // It is not to begin when the node goes on.
    expect(asked()).toContain('X\0\0\0\x01\0\0\0\0');
  });

  it('of a conversation that takes long to begin is not given up while it says that it is there', async () => {
    const { relay, greet } = await standing(true);
    const command = new RelayedCommand(relay, 'node1', { command: ['true'] });
    const exit = vi.fn();
    command.exit.then(exit, exit);
    for (let turns = 0; turns < 5; turns += 1) {
      await pass(2_000);
      greet();
    }
    expect(exit).not.toHaveBeenCalled();
  });

  it('when it is to go is cut off, where it does not end by itself', async () => {
    const frozen = await standing(true);
    frozen.relay.hold(false);
    await pass(100);
    await pass(4_900);
    expect(frozen.kill).not.toHaveBeenCalled();
    await pass(200);
    expect(frozen.kill).toHaveBeenCalledOnce();

    const going = await standing(true);
    going.relay.hold(false);
    await pass(100);
    going.end();
    await pass(10_000);
    expect(going.kill).not.toHaveBeenCalled();
  });
});
