import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Duplex } from 'node:stream';
import type { Observation } from '../../../../src/services/core/live/observation';
import { placementOf } from '../../../../src/observe/placement';
import { CONSUL_CHECKS, CONSUL_SERVERS, RAFT_LEADER } from '../../../../src/services/consul/facts';
import { PATRONI_KEYS, PATRONI_LEADER } from '../../../../src/services/patroni/facts';
import { watchConsul } from '../../../../src/services/consul/watch';
import { ConsulConnection } from '../../../../src/services/consul/watch-http';
import { Hints } from '../../../../src/services/core/watch/hints';
import type { NodeTransport } from '../../../../src/transport/transport';
import { CLUSTER } from '../../observe/healthy';

const sample = (name: string, service = 'consul'): string =>
  readFileSync(join(import.meta.dirname, '..', service, 'samples', name), 'utf8');

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
});

async function listen(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<number> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const dial = async (port: number): Promise<Duplex> => {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
};

describe('a connection to an agent', () => {
  it('is opened once for many requests and gives status, index and body', async () => {
    let opened = 0;
    const port = await listen((request, response) => {
      response.writeHead(request.url === '/missing' ? 404 : 200, {
        'X-Consul-Index': '42',
        'X-Consul-KnownLeader': 'false',
      });
      response.end(request.url);
    });
    const connection = new ConsulConnection(() => {
      opened += 1;
      return dial(port);
    });
    const { signal } = new AbortController();
    for (let turn = 0; turn < 30; turn += 1) {
      expect(await connection.get('/missing', 5_000, signal)).toEqual({
        status: 404,
        index: 42,
        knownLeader: false,
        body: '/missing',
      });
    }
    expect(opened).toBe(1);
    connection.close();
  });

  it('tells a late answer from an aborted request and from a refused connection', async () => {
    const port = await listen(() => undefined);
    const stop = new AbortController();
    const connection = new ConsulConnection(() => dial(port));
    await expect(connection.get('/', 50, stop.signal)).rejects.toThrow('no answer within 50 ms');
    const asked = connection.get('/', 5_000, stop.signal);
    stop.abort();
    await expect(asked).rejects.toThrow('aborted');
    const refused = new ConsulConnection(() => Promise.reject(new Error('nothing listens')));
    await expect(refused.get('/', 5_000, new AbortController().signal)).rejects.toThrow('nothing listens');
  });
});

/** The HTTP API of one agent, as far as the watcher uses it; blocking queries stay open after the first answer. */
function agent(leader: () => string): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const url = request.url ?? '';
    if (url.includes('index=7')) return;
    response.setHeader('X-Consul-Index', '7');
    if (url === '/v1/status/leader') response.end(JSON.stringify(leader()));
    else if (url.startsWith('/v1/operator')) response.end(sample('autopilot-health.json'));
    else if (url.includes('/leader?')) response.end(sample('leader-key.json', 'patroni'));
    else if (url.includes('recurse')) response.end(sample('patroni-keys.json', 'patroni'));
    else response.end(sample('health-state.json'));
  };
}

/** A watch over agents by node; nodes without one refuse connections. */
function watch(ports: Readonly<Record<string, number>>): {
  readonly seen: Observation[];
  readonly hints: Hints;
  readonly stop: () => Promise<void>;
} {
  const seen: Observation[] = [];
  const hints = new Hints(Date.now);
  const control = new AbortController();
  const transport = (node: string): Promise<NodeTransport> => {
    const unused = (): never => {
      throw new Error('only dial is used');
    };
    return Promise.resolve({
      node,
      dial: () => dial(ports[node] ?? 1),
      exec: unused,
      spawn: unused,
      shell: unused,
    });
  };
  const done = watchConsul({
    cluster: CLUSTER,
    placement: placementOf(CLUSTER),
    ports: {},
    declared: {},
    secret: () => Promise.reject(new Error('Consul asks for no secret')),
    forgetSecret: () => undefined,
    transport,
    hints,
    signal: control.signal,
    now: Date.now,
    log: () => undefined,
    emit: (observation) => seen.push(observation),
  });
  return {
    seen,
    hints,
    stop: () => {
      control.abort();
      return done;
    },
  };
}

const waitFor = async (what: string, holds: () => boolean): Promise<void> => {
  const limit = Date.now() + 10_000;
  while (!holds()) {
    if (Date.now() > limit) throw new Error(`not in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};
const names = (seen: readonly Observation[]): Set<string> =>
  new Set(seen.map((one) => (one.kind === 'fact' ? one.fact : one.kind)));
const vias = (seen: readonly Observation[]): string[] =>
  seen.flatMap((one) => {
    if (one.kind !== 'fact' || one.fact !== RAFT_LEADER.name) return [];
    const { via, address } = one.value as { via: string; address: string | undefined };
    return [`${via} ${address ?? 'none'}`];
  });

describe('watching Consul', () => {
  it('tells the Raft leader, the servers, the checks and the keys of Patroni', async () => {
    const watching = watch({ node1: await listen(agent(() => '172.30.0.13:8300')) });
    await waitFor('all answers', () => names(watching.seen).size === 5);
    await watching.stop();
    expect(names(watching.seen)).toEqual(
      new Set(
        [RAFT_LEADER, CONSUL_SERVERS, CONSUL_CHECKS, PATRONI_KEYS, PATRONI_LEADER].map(({ name }) => name),
      ),
    );
    expect(
      watching.seen.find((one) => one.kind === 'fact' && one.fact === PATRONI_LEADER.name),
    ).toMatchObject({
      index: 7,
      value: 'node2',
    });
  });

  it('moves to another agent when one refuses, and when one knows of no leader', async () => {
    const watching = watch({
      node2: await listen(agent(() => '')),
      node3: await listen(agent(() => '172.30.0.13:8300')),
    });
    await waitFor('an answer of node3', () => vias(watching.seen).includes('node3 172.30.0.13'));
    await watching.stop();
    expect(vias(watching.seen)).not.toContain('node2 none');
  });

  it('moves within a second when the node of its agent is known to be down', async () => {
    const ports = {
      node1: await listen(agent(() => '172.30.0.13:8300')),
      node2: await listen(agent(() => '172.30.0.13:8300')),
    };
    const watching = watch(ports);
    await waitFor('an answer of node1', () => vias(watching.seen).length > 0);
    const before = vias(watching.seen)[0];
    const started = Date.now();
    watching.hints.setNode('node1', false, true);
    await waitFor('an answer of node2', () => vias(watching.seen).includes('node2 172.30.0.13'));
    expect(before).toBe('node1 172.30.0.13');
    expect(Date.now() - started).toBeLessThan(1_000);
    await watching.stop();
  });

  it('tells that there is no leader only when no agent knows one', async () => {
    let leader = '';
    const watching = watch({
      node1: await listen(agent(() => leader)),
      node2: await listen(agent(() => leader)),
    });
    await waitFor('the loss', () => vias(watching.seen).some((line) => line.endsWith(' none')));
    leader = '172.30.0.12:8300';
    await waitFor('the return', () => vias(watching.seen).some((line) => line.endsWith(' 172.30.0.12')));
    await watching.stop();
  });

  it('tells the source lost when no agent answers', async () => {
    const watching = watch({});
    await waitFor('the loss', () => watching.seen.some(({ kind }) => kind === 'source'));
    await watching.stop();
    expect(watching.seen[0]).toMatchObject({ kind: 'source', source: 'consul', connected: false });
  });
});
