import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Observation } from '../../../../src/services/core/live/observation';
import { Hints } from '../../../../src/services/core/watch/hints';
import type { WatchContext } from '../../../../src/services/core/watch/context';
import type { NodePlaces, NodePorts } from '../../../../src/services/core/ports';
import { UNASKED } from '../../../../src/services/puma/ask';
import { watchApplication } from '../../../../src/services/puma/watch';
import { CLUSTER } from '../../observe/healthy';
import { LocalTransport } from '../../observe/support/local-transport';

/** What stands for Puma and gitlab-sshd; the other parts do not run here. */
const server = createServer((request, response) => {
  const ready = request.url === '/-/readiness?all=1';
  const healthy = ['/health', '/-/workhorse/health'].includes(request.url ?? '');
  response.writeHead(ready || healthy ? 200 : 404, { 'content-type': 'application/json' });
  response.end(ready ? '{"status": "ok",\n "master_check": []}' : '');
});
afterEach(() => server.close());

/** Where the server listens. */
async function listening(place: string | number): Promise<number> {
  await new Promise<void>((resolve) => server.listen(place, () => resolve()));
  const address = server.address() as AddressInfo | string;
  return typeof address === 'string' ? 1 : address.port;
}

/** What the parts of the application said in the first round. @param port of Puma and of gitlab-sshd's page */
async function asked(port: number, places: NodePlaces = {}, ports: NodePorts = {}) {
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
          ...ports,
        },
      },
      places: { node1: places },
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
  return Object.fromEntries(seen);
}

test('every part of the application is asked in one round, and who is silent is told as silent', async () => {
  expect(await asked(await listening(0))).toEqual({
    'puma-answer': { status: 200, body: '{"status":"ok",' },
    'sidekiq-answer': undefined,
    'gitlab-workhorse-answer': undefined,
    'nginx-answer': undefined,
    'gitlab-sshd-answer': { status: 200, body: '' },
  });
});

const HEALTHY = { status: 200, body: '' };

test('Workhorse is asked where it listens: at a port', async () => {
  const port = await listening(0);
  const places = { 'gitlab-workhorse': { workhorse: '127.0.0.1' } };
  const said = await asked(1, places, { 'gitlab-workhorse': { workhorse: port } });
  expect(said).toMatchObject({ 'gitlab-workhorse-answer': HEALTHY, 'puma-answer': undefined });
});

test('Workhorse is asked where it listens: at another socket', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'workhorse-'));
  try {
    const socket = join(folder, 'socket');
    await listening(socket);
    const said = await asked(1, { 'gitlab-workhorse': { workhorse: socket } });
    expect(said).toMatchObject({ 'gitlab-workhorse-answer': HEALTHY });
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('pages are asked for at the addresses they are at, and one that is off is not', async () => {
  const port = await listening(0);
  const said = await asked(port, { sidekiq: { health: '' }, 'gitlab-sshd': { health: '127.0.0.2' } });
  expect(said).toMatchObject({ 'sidekiq-answer': UNASKED, 'gitlab-sshd-answer': HEALTHY });
  expect(await asked(port, { 'gitlab-sshd': { health: '127.0.0.1' }, nginx: { status: '' } })).toMatchObject({
    'nginx-answer': UNASKED,
    'gitlab-sshd-answer': HEALTHY,
  });
});
