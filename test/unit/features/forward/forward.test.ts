import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Forward } from '../../../../src/features/forward/forward';
import { Forwards } from '../../../../src/features/forward/forwards';

let service: Server;
let connections: Set<Socket>;

/** A service that answers every line in capitals. */
beforeEach(async () => {
  connections = new Set();
  service = createServer((socket) => {
    connections.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => connections.delete(socket));
    socket.on('data', (chunk) => socket.write(chunk.toString().toUpperCase()));
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  for (const socket of connections) socket.destroy();
  await new Promise<void>((resolve) => service.close(() => resolve()));
});

async function dialService(): Promise<Socket> {
  const socket = connect((service.address() as AddressInfo).port, '127.0.0.1');
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  return socket;
}

async function ask(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const answer = await new Promise<string>((resolve, reject) => {
    socket.once('data', (chunk) => resolve(chunk.toString()));
    socket.once('error', reject);
    socket.once('close', () => resolve('closed'));
    socket.write(text);
  });
  socket.destroy();
  return answer;
}

const fail = (error: unknown): void => {
  throw error;
};

describe('a forward', () => {
  test('carries bytes both ways, for several connections, on the loopback interface only', async () => {
    const forward = await Forward.open(dialService, fail);
    expect(await Promise.all([ask(forward.port, 'one'), ask(forward.port, 'two')])).toEqual(['ONE', 'TWO']);
    forward.dispose();
  });

  test('ends the connection to the service with that of the client', async () => {
    const forward = await Forward.open(dialService, fail);
    await ask(forward.port, 'x');
    await expect.poll(() => connections.size).toBe(0);
    forward.dispose();
  });

  test('a service that cannot be reached closes the connection and is reported; the forward stays', async () => {
    const errors: unknown[] = [];
    let reachable = false;
    const dial = async (): Promise<Socket> => {
      if (!reachable) throw new Error('node2 is not running');
      return dialService();
    };
    const forward = await Forward.open(dial, (error) => errors.push(error));
    expect(await ask(forward.port, 'x')).toBe('closed');
    expect(errors).toEqual([new Error('node2 is not running')]);
    reachable = true;
    expect(await ask(forward.port, 'x')).toBe('X');
    forward.dispose();
  });

  test('closing ends open connections and frees the port', async () => {
    const forward = await Forward.open(dialService, fail);
    const { port } = forward;
    const client = connect(port, '127.0.0.1');
    const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
    client.on('error', () => client.destroy());
    await new Promise<void>((resolve) => client.once('connect', resolve));
    forward.dispose();
    await closed;
    await expect(ask(port, 'x')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(() => forward.port).toThrow('the forward is closed');
  });
});

describe('all forwards', () => {
  test('one service has one port, also for two calls at once', async () => {
    const forwards = new Forwards(fail);
    const [first, second] = await Promise.all([
      forwards.port('a', 'node1/consul', dialService),
      forwards.port('a', 'node1/consul', dialService),
    ]);
    expect(first).toBe(second);
    expect(await forwards.port('a', 'node2/consul', dialService)).not.toBe(first);
    forwards.dispose();
  });

  test('those of a lab that is gone are closed, the others stay', async () => {
    const forwards = new Forwards(fail);
    const gone = await forwards.port('gone', 'node1/consul', dialService);
    const kept = await forwards.port('kept', 'node1/consul', dialService);
    forwards.keep(new Set(['kept']));
    await expect
      .poll(() => ask(gone, 'x').catch((error: { code?: string }) => error.code))
      .toBe('ECONNREFUSED');
    expect(await ask(kept, 'x')).toBe('X');
    forwards.dispose();
  });
});
