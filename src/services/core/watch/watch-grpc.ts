import { connect } from 'node:http2';
import type { ClientHttp2Session } from 'node:http2';
import type { FactObservation } from '../live/fact';
import type { Source } from '../live/fact';
import type { WatchContext } from './context';
import { keepConnected } from './keep-connected';
import { poll } from './poll';
import type { Pace } from './poll';

/**
 * What a gRPC server says to the standard question how it is: `late` when it does not say anything in time, `silent` when
 * it did not the time before either. A busy machine makes a server late now and then.
 */
export type GrpcHealth = 'serving' | 'not-serving' | 'late' | 'silent';

/** How often to ask, and how many milliseconds an answer may take. */
export interface GrpcPace extends Pace {
  readonly answerMs: number;
}

const PACE: GrpcPace = { quietMs: 2_000, hurriedMs: 500, answerMs: 3_000 };
const PATH = '/grpc.health.v1.Health/Check';
/** An empty message: one byte for "not compressed", four for its length. */
const EMPTY = Buffer.alloc(5);
/** A message's frame, then the field `status` with SERVING. */
const SERVING = Buffer.from([0, 0, 0, 0, 2, 8, 1]);

/** Asks a gRPC server of a node how it is, over one connection that stays open. */
export function watchGrpc(
  context: WatchContext,
  source: Source,
  node: string,
  port: number,
  seen: (health: GrpcHealth, at: number) => FactObservation,
  pace = PACE,
): Promise<void> {
  const host = context.cluster.nodes.find(({ name }) => name === node)?.address ?? '127.0.0.1';
  return keepConnected(context, source, node, async (signal) => {
    const transport = await context.transport(node);
    const stream = await transport.dial({ host, port }, signal, { endTogether: true });
    const session = connect(`http://${host}:${port}`, { createConnection: () => stream });
    signal.addEventListener('abort', () => session.destroy(), { once: true });
    const ended = endOf(session);
    try {
      let last: GrpcHealth | undefined;
      const asking = poll(context, node, pace, signal, async () => {
        const said = await askHealth(session, pace.answerMs);
        last = said ?? (last === 'late' || last === 'silent' ? 'silent' : 'late');
        context.emit(seen(last, context.now()));
      });
      await Promise.race([asking, ended]);
    } finally {
      session.destroy();
      stream.destroy();
    }
  });
}

/** Rejects when the session ends; never resolves. */
function endOf(session: ClientHttp2Session): Promise<never> {
  const ended = new Promise<never>((_, reject) => {
    session.on('error', reject);
    session.once('close', () => reject(new Error('the gRPC connection was closed')));
  });
  ended.catch(() => undefined);
  return ended;
}

/** One question. @returns undefined without an answer in time @throws Error when the connection breaks meanwhile */
function askHealth(session: ClientHttp2Session, answerMs: number): Promise<GrpcHealth | undefined> {
  return new Promise((resolve, reject) => {
    const request = session.request({
      ':method': 'POST',
      ':path': PATH,
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    const chunks: Buffer[] = [];
    const late = setTimeout(() => {
      request.destroy();
      resolve(undefined);
    }, answerMs);
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', (error: Error) => {
      clearTimeout(late);
      reject(error);
    });
    request.on('end', () => {
      clearTimeout(late);
      resolve(Buffer.concat(chunks).equals(SERVING) ? 'serving' : 'not-serving');
    });
    request.end(EMPTY);
  });
}
