import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { Observation } from '../../../../src/services/core/live/observation';
import { Hints } from '../../../../src/services/core/watch/hints';
import type { WatchContext } from '../../../../src/services/core/watch/context';
import { watchApplication } from '../../../../src/services/puma/watch';
import { CLUSTER } from '../../observe/healthy';
import { LocalTransport } from '../../observe/support/local-transport';

/** What stands for Puma and gitlab-sshd; the other parts do not run here. */
const server = createServer((request, response) => {
  const ready = request.url === '/-/readiness?all=1';
  response.writeHead(ready || request.url === '/health' ? 200 : 404, { 'content-type': 'application/json' });
  response.end(ready ? '{"status": "ok",\n "master_check": []}' : '');
});
afterEach(() => server.close());

test('every part of the application is asked in one round, and who is silent is told as silent', async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = new AbortController();
  const node = new LocalTransport('node1', process.env['PATH'] ?? '');
  const seen = new Map<string, unknown>();
  let watching = Promise.resolve();
  await new Promise<void>((resolve) => {
    const context: Partial<WatchContext> = {
      cluster: CLUSTER,
      // Port 1 is nobody's.
      ports: {
        node1: {
          puma: { puma: port },
          sidekiq: { health: 1 },
          nginx: { status: 1 },
          'gitlab-sshd': { health: port },
        },
      },
      transport: () => Promise.resolve(node),
      emit: (observation: Observation) => {
        if (observation.kind === 'fact') seen.set(observation.fact, observation.value);
        if (seen.size === 5) resolve();
      },
      now: Date.now,
      signal: stop.signal,
      hints: new Hints(Date.now),
      log: () => undefined,
    };
    watching = watchApplication(context as WatchContext, 'node1');
  });
  stop.abort();
  await watching;
  expect(Object.fromEntries(seen)).toEqual({
    'puma-answer': { status: 200, body: '{"status":"ok",' },
    'sidekiq-answer': undefined,
    'gitlab-workhorse-answer': undefined,
    'nginx-answer': undefined,
    'gitlab-sshd-answer': { status: 200, body: '' },
  });
});
