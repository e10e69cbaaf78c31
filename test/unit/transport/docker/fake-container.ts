import { once } from 'node:events';
import { createServer, connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { ContainerApi, ExecRequest } from '../../../../src/transport/docker/container-api';

/** What `inspect` of an exec says, call by call; the last answer stays. */
export type ExecState = { readonly Running: boolean; readonly ExitCode: number | null; readonly Pid: number };

export const ended = (ExitCode: number, Pid = 4711): ExecState => ({ Running: false, ExitCode, Pid });

/** A pair of connected sockets: ours, as the Docker client hands it out, and the engine's. */
export async function connection(): Promise<{ readonly client: Socket; readonly engine: Socket }> {
  const server = createServer({ allowHalfOpen: true });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [engine] = (await once(server, 'connection')) as [Socket];
  server.close();
  engine.on('error', () => undefined);
  return { client, engine };
}

/** A container whose first exec is the given connection; further ones (ending, looking) end at once with `aside`. */
export function fakeContainer(
  client: Socket,
  states: readonly ExecState[] = [ended(0)],
  aside: ExecState = ended(0),
): ContainerApi & { readonly requests: ExecRequest[] } {
  const requests: ExecRequest[] = [];
  let asked = 0;
  return {
    requests,
    exec: async (request) => {
      requests.push(request);
      const first = requests.length === 1;
      return {
        start: async () => {
          if (first) return client;
          const other = await connection();
          other.engine.end();
          return other.client;
        },
        inspect: async () => (first ? (states[Math.min(asked++, states.length - 1)] ?? ended(0)) : aside),
        resize: async () => undefined,
      };
    },
  };
}

/** One frame as Docker sends it. */
export function frame(output: 'stdout' | 'stderr', payload: string | Buffer): Buffer {
  const body = Buffer.from(payload);
  const header = Buffer.alloc(8);
  header[0] = output === 'stdout' ? 1 : 2;
  header.writeUInt32BE(body.length, 4);
  return Buffer.concat([header, body]);
}
