import { createServer } from 'node:http2';
import type { Http2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { nodeFact, seenOn } from '../../../../src/services/core/live/fact';
import type { Source } from '../../../../src/services/core/live/fact';
import type { Observation } from '../../../../src/services/core/live/observation';
import type { WatchContext } from '../../../../src/services/core/watch/context';
import { Hints } from '../../../../src/services/core/watch/hints';
import { watchGrpc } from '../../../../src/services/core/watch/watch-grpc';
import type { GrpcHealth } from '../../../../src/services/core/watch/watch-grpc';
import { LocalTransport } from '../../observe/support/local-transport';

const SOURCE: Source = { id: 'grpc-test', freshMs: 10_000 };
const HEALTH = nodeFact<GrpcHealth>('grpc-test-health', SOURCE);
/** A message's frame around the field `status`. */
const status = (value: number): Buffer => Buffer.from([0, 0, 0, 0, 2, 8, value]);

let server: Http2Server | undefined;
afterEach(() => server?.close());

/** A gRPC server that answers every call so, the last answer again and again; `undefined`: it says nothing. */
async function grpcServer(...answers: (Buffer | undefined)[]): Promise<number> {
  server = createServer();
  server.on('stream', (stream, headers) => {
    expect(headers[':path']).toBe('/grpc.health.v1.Health/Check');
    stream.on('error', () => undefined);
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer === undefined) return;
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(answer);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** The first things a watcher of this port says, so many. */
async function firstSaid(port: number, count = 1): Promise<readonly Observation[]> {
  const stop = new AbortController();
  const node = new LocalTransport('node1', process.env['PATH'] ?? '');
  let watching = Promise.resolve();
  const said: Observation[] = [];
  await new Promise<void>((resolve) => {
    const context: Partial<WatchContext> = {
      cluster: { nodes: [] } as unknown as WatchContext['cluster'],
      transport: () => Promise.resolve(node),
      emit: (observation) => {
        if (said.push(observation) === count) resolve();
      },
      now: () => 7,
      signal: stop.signal,
      hints: new Hints(() => 7),
      log: () => undefined,
    };
    watching = watchGrpc(
      context as WatchContext,
      SOURCE,
      'node1',
      port,
      (health, at) => seenOn(HEALTH, 'node1', at, health),
      { quietMs: 20, hurriedMs: 20, answerMs: 300 },
    );
  });
  stop.abort();
  await watching;
  return said.slice(0, count);
}

describe('a gRPC server that is asked how it is', () => {
  it.each([
    ['serving', status(1), 'serving'],
    ['not serving', status(2), 'not-serving'],
    ['without an answer that is one', Buffer.alloc(0), 'not-serving'],
  ] as const)('%s', async (_what, answer, health) => {
    expect(await firstSaid(await grpcServer(answer))).toEqual([seenOn(HEALTH, 'node1', 7, health)]);
  });

  it('is late once, and silent only when the next answer does not come either', async () => {
    const port = await grpcServer(undefined, status(1), undefined, undefined, undefined, status(1));
    expect(await firstSaid(port, 6)).toEqual(
      (['late', 'serving', 'late', 'silent', 'silent', 'serving'] as const).map((health) =>
        seenOn(HEALTH, 'node1', 7, health),
      ),
    );
  });

  it('is lost where nobody listens', async () => {
    const port = await grpcServer(status(1));
    server?.close();
    expect(await firstSaid(port)).toMatchObject([{ kind: 'source', source: 'grpc-test', connected: false }]);
  });
});
