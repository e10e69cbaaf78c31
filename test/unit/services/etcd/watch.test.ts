import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { text as textOf } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import type { Duplex } from 'node:stream';
import { placementOf } from '../../../../src/observe/placement';
import type { Observation } from '../../../../src/services/core/live/observation';
import type { WatchContext } from '../../../../src/services/core/watch/context';
import { Hints } from '../../../../src/services/core/watch/hints';
import { base64 } from '../../../../src/services/etcd/answers';
import { ETCD_STATUS } from '../../../../src/services/etcd/facts';
import type { EtcdStatus } from '../../../../src/services/etcd/facts';
import { watchEtcd, watchEtcdMember } from '../../../../src/services/etcd/watch';
import { EtcdConnection } from '../../../../src/services/etcd/watch-http';
import { PATRONI_KEYS, PATRONI_LEADER } from '../../../../src/services/patroni/facts';
import type { PatroniKeys } from '../../../../src/services/patroni/facts';
import type { NodeTransport } from '../../../../src/transport/transport';
import { CLUSTER } from '../../observe/healthy';

const WITH_ETCD = { ...CLUSTER, dcs: 'etcd' } as const;

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

const header = (revision: number): object => ({
  member_id: '11',
  revision: String(revision),
  raft_term: '2',
});

/** One member's API: who leads the database can be changed, which those who follow the leader key are told. */
class Member {
  leader: string | undefined = 'node1';
  revision = 7;
  readonly following = new Set<ServerResponse>();
  readonly asked: string[] = [];

  readonly answer = (request: IncomingMessage, response: ServerResponse): void => {
    void textOf(request).then((body) => {
      this.asked.push(`${request.url ?? ''} ${body}`);
      this.reply(request.url ?? '', response);
    });
  };

  change(leader: string | undefined): void {
    this.leader = leader;
    this.revision += 1;
    for (const response of this.following) response.write('{"result":{"events":[{"kv":{}}]}}\n');
  }

  private reply(path: string, response: ServerResponse): void {
    if (path === '/v3/watch') {
      this.following.add(response);
      response.write('{"result":{"created":true}}\n');
    } else if (path === '/v3/kv/range') {
      const pairs = {
        ...(this.leader === undefined ? {} : { leader: this.leader }),
        'members/node1':
          '{"conn_url":"postgres://172.30.0.11:5432/postgres","role":"primary","state":"running"}',
      };
      const kvs = Object.entries(pairs).map(([key, value]) => ({
        key: base64(`/service/postgresql-ha/${key}`),
        value: base64(value),
      }));
      response.end(JSON.stringify({ header: header(this.revision), kvs }));
    } else if (path === '/v3/maintenance/status') {
      response.end(JSON.stringify({ header: header(1), version: '3.5.16', leader: '11', raftTerm: '2' }));
    } else {
      response.end(JSON.stringify({ header: header(1), members: [{ ID: '11', name: 'node1' }] }));
    }
  }
}

interface Watching {
  readonly seen: Observation[];
  readonly hints: Hints;
  readonly stop: () => Promise<void>;
}

/** A watch over members by node; nodes without one refuse connections. */
function watch(
  ports: Readonly<Record<string, number>>,
  watcher: (context: WatchContext) => Promise<void>,
): Watching {
  const seen: Observation[] = [];
  const hints = new Hints(Date.now);
  const control = new AbortController();
  const unused = (): never => {
    throw new Error('only dial is used');
  };
  const transport = (node: string): Promise<NodeTransport> =>
    Promise.resolve({ node, dial: () => dial(ports[node] ?? 1), exec: unused, spawn: unused, shell: unused });
  const done = watcher({
    cluster: WITH_ETCD,
    placement: placementOf(WITH_ETCD),
    ports: {},
    declared: {},
    secret: () => Promise.reject(new Error('etcd asks for no secret')),
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

const valuesOf = (seen: readonly Observation[], name: string): readonly unknown[] =>
  seen.flatMap((one) => (one.kind === 'fact' && one.fact === name ? [one.value] : []));
const leadersIn = (seen: readonly Observation[]): readonly unknown[] => [
  ...new Set(valuesOf(seen, PATRONI_LEADER.name)),
];

describe('a connection to a member', () => {
  it('is opened once for many questions, and gives status and body', async () => {
    let opened = 0;
    const port = await listen((request, response) => {
      void textOf(request).then((body) => {
        response.writeHead(request.method === 'POST' ? 503 : 200);
        response.end(body);
      });
    });
    const connection = new EtcdConnection(() => {
      opened += 1;
      return dial(port);
    });
    const { signal } = new AbortController();
    for (let turn = 0; turn < 5; turn += 1) {
      expect(await connection.ask('/v3/kv/range', { key: 'a' }, 5_000, signal)).toEqual({
        status: 503,
        body: '{"key":"a"}',
      });
    }
    expect(opened).toBe(1);
    connection.close();
  });

  it('tells a late answer, and what follows ends with its connection', async () => {
    const port = await listen((request, response) => {
      if (request.url !== '/v3/watch') return;
      response.write('{"result":1}\n{"result":2}\n');
      setTimeout(() => request.socket.destroy(), 20);
    });
    const { signal } = new AbortController();
    const connection = new EtcdConnection(() => dial(port));
    await expect(connection.ask('/', {}, 50, signal)).rejects.toThrow('no answer within 50 ms');
    const other = new EtcdConnection(() => dial(port));
    const lines: string[] = [];
    await expect(other.follow('/v3/watch', {}, signal, (line) => void lines.push(line))).rejects.toThrow();
    expect(lines).toEqual(['{"result":1}', '{"result":2}']);
  });
});

describe('watching Patroni’s keys in etcd', () => {
  it('reads all of them with the revision of the store, as the majority has them', async () => {
    const member = new Member();
    const watching = watch({ node1: await listen(member.answer) }, watchEtcd);
    await waitFor('the keys', () => valuesOf(watching.seen, PATRONI_KEYS.name).length > 0);
    await watching.stop();
    const [keys] = valuesOf(watching.seen, PATRONI_KEYS.name) as PatroniKeys[];
    expect(keys).toMatchObject({
      leader: 'node1',
      members: [{ name: 'node1', address: '172.30.0.11', role: 'primary', state: 'running' }],
    });
    expect(watching.seen.find((one) => one.kind === 'fact')).toMatchObject({ index: 7 });
    const range = { key: base64('/service/postgresql-ha/'), range_end: base64('/service/postgresql-ha0') };
    expect(member.asked).toContain(`/v3/kv/range ${JSON.stringify(range)}`);
  });

  it('reads them at once when the leader’s changes', async () => {
    const member = new Member();
    const watching = watch({ node1: await listen(member.answer) }, watchEtcd);
    await waitFor('somebody follows', () => member.following.size > 0 && watching.seen.length > 0);
    member.change('node3');
    await waitFor('the new leader', () => leadersIn(watching.seen).includes('node3'));
    member.change(undefined);
    await waitFor('nobody leads', () => leadersIn(watching.seen).includes(undefined));
    await watching.stop();
    expect(leadersIn(watching.seen)).toEqual(['node1', 'node3', undefined]);
    expect(watching.hints.hurried()).toBe(true);
  });

  it('moves to another member when one does not answer for the majority', async () => {
    const lonely = await listen((_request, response) => {
      response.writeHead(503).end('{"error":"etcdserver: request timed out"}');
    });
    const member = new Member();
    member.leader = 'node2';
    const watching = watch({ node1: lonely, node3: await listen(member.answer) }, watchEtcd);
    await waitFor('an answer', () => leadersIn(watching.seen).length > 0);
    await watching.stop();
    expect(leadersIn(watching.seen)).toEqual(['node2']);
  });

  it('leaves a member whose node is gone', async () => {
    const [first, second] = [new Member(), new Member()];
    second.leader = 'node2';
    const ports = { node1: await listen(first.answer), node2: await listen(second.answer) };
    const watching = watch(ports, watchEtcd);
    await waitFor('an answer of node1', () => leadersIn(watching.seen).length > 0);
    watching.hints.setNode('node1', false, true);
    await waitFor('an answer of node2', () => leadersIn(watching.seen).length > 1);
    await watching.stop();
    expect(leadersIn(watching.seen)).toEqual(['node1', 'node2']);
  });
});

describe('watching a member', () => {
  it('tells what it says of itself, and when it is lost', async () => {
    const ports = { node1: await listen(new Member().answer) };
    const watching = watch(ports, (context) => watchEtcdMember(context, 'node1'));
    await waitFor('its status', () => valuesOf(watching.seen, ETCD_STATUS.name).length > 0);
    const [status] = valuesOf(watching.seen, ETCD_STATUS.name) as EtcdStatus[];
    expect(status).toMatchObject({ id: '11', leader: '11', version: '3.5.16', members: [{ name: 'node1' }] });
    // From now on nobody listens there.
    ports.node1 = 1;
    for (const server of servers) server.closeAllConnections();
    watching.hints.hurry(10_000);
    await waitFor('the loss', () => watching.seen.some(({ kind }) => kind === 'source'));
    await watching.stop();
    expect(watching.seen.find(({ kind }) => kind === 'source')).toMatchObject({
      source: 'etcd',
      node: 'node1',
      connected: false,
    });
  });
});
