import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { secretReader } from '../../../../src/observe/secrets';
import type { WatchContext } from '../../../../src/services/core/watch/context';
import { RespParser } from '../../../../src/services/redis/resp';
import { connectRedis } from '../../../../src/services/redis/watch-connection';
import { LocalTransport } from '../../observe/support/local-transport';

let server: Server | undefined;
afterEach(() => server?.close());

/** A Redis that takes this password only. */
async function redis(password: string): Promise<{ readonly host: string; readonly port: number }> {
  server = createServer((socket) => {
    const parser = new RespParser();
    socket.on('data', (chunk) => {
      for (const command of parser.push(chunk)) {
        const right = Array.isArray(command) && command[4] === password;
        socket.write(right ? '%0\r\n' : '-WRONGPASS invalid username-password pair\r\n');
      }
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
}

describe('a connection to Redis', () => {
  it('whose password is refused reads it again at the next attempt', async () => {
    const target = await redis('new');
    const node = new LocalTransport('node1', process.env['PATH'] ?? '');
    const printed = ['old', 'new'];
    const secrets = secretReader(
      () => Promise.resolve(node),
      () => ['echo', printed.shift() ?? 'asked too often'],
    );
    const context: Partial<WatchContext> = {
      transport: () => Promise.resolve(node),
      secret: secrets.read,
      forgetSecret: secrets.forget,
    };
    const stop = new AbortController();
    const connect = () => connectRedis(context as WatchContext, 'node1', target, stop.signal);
    await expect(connect()).rejects.toThrow('WRONGPASS');
    await connect();
    await connect();
    expect(node.commands).toEqual([
      ['echo', 'old'],
      ['echo', 'new'],
    ]);
    stop.abort();
  });
});
