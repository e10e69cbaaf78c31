import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Observation } from '../../../src/services/core/live/observation';
import type { WatchContext } from '../../../src/services/core/watch/context';
import { Hints } from '../../../src/services/core/watch/hints';
import { watchRedisExporter } from '../../../src/services/redis-exporter/watch';
import { CLUSTER } from '../observe/healthy';
import { LocalTransport } from '../observe/support/local-transport';

const HEAD = 'HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n';
const ABOUT = '# HELP redis_up Information about the Redis instance\n# TYPE redis_up gauge\n';
const keys = (count: number): string =>
  Array.from({ length: count }, (_, n) => `redis_key_size{db="db0",key="session-${n}"} 3\n`).join('');

let server: Server | undefined;
afterEach(() => server?.close());

/** The first thing the watcher sees of an exporter that answers with this page. */
async function seen(page: string): Promise<unknown> {
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(page));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = new AbortController();
  const node = new LocalTransport('node1', process.env['PATH'] ?? '');
  let watching = Promise.resolve();
  const observation = await new Promise<Observation>((resolve) => {
    const context: Partial<WatchContext> = {
      cluster: CLUSTER,
      ports: { node1: { 'redis-exporter': { metrics: port } } },
      transport: () => Promise.resolve(node),
      emit: resolve,
      now: Date.now,
      signal: stop.signal,
      hints: new Hints(Date.now),
      log: () => undefined,
    };
    watching = watchRedisExporter(context as WatchContext, 'node1');
  });
  stop.abort();
  await watching;
  expect(node.running).toBe(0);
  return observation;
}

describe('the page of the Redis exporter', () => {
  it.each<[string, string, boolean | undefined]>([
    ['says that Redis is up', `${HEAD}${ABOUT}redis_up 1\nredis_uptime_in_seconds 3\n`, true],
    ['says that Redis is down', `${HEAD}${ABOUT}redis_up 0\n`, false],
    ['may end with it', `${HEAD}${ABOUT}redis_up 1`, true],
    ['may be two megabytes long', `${HEAD}${keys(40_000)}${ABOUT}redis_up 1\n${keys(10)}`, true],
    [
      'holds names of keys, which say nothing',
      `${HEAD}redis_key_size{key="redis_up 1"} 3\nredis_up 0\n`,
      false,
    ],
    ['may say nothing of it', `${HEAD}gitlab_up 1\n`, undefined],
  ])('%s', async (_case, page, value) => {
    expect(await seen(page)).toMatchObject({ node: 'node1', value });
  });
});
