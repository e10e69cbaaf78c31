import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { dialPage } from '../../../../src/features/forward/dial-page';
import { TransportError } from '../../../../src/transport/transport';
import type { DialTarget, NodeTransport, TransportFailure } from '../../../../src/transport/transport';

/** A node on which only these hosts accept; the others fail for the reason given. */
function nodeWith(open: readonly string[], reason: TransportFailure) {
  const asked: string[] = [];
  const stream = new PassThrough();
  const dial = async (target: DialTarget) => {
    const host = 'host' in target ? `${target.host}:${target.port}` : target.path;
    asked.push(host);
    if (open.includes(host)) return stream;
    throw new TransportError(reason, 'node1', `${host}: ${reason}`);
  };
  return { asked, stream, transport: { node: 'node1', dial } as unknown as NodeTransport };
}

const { signal } = new AbortController();

describe('the page of a service', () => {
  it('is asked for at the address of its node', async () => {
    const { transport, asked, stream } = nodeWith(['172.30.5.11:8008'], 'refused');
    expect(await dialPage(transport, '172.30.5.11', 8008, signal)).toBe(stream);
    expect(asked).toEqual(['172.30.5.11:8008']);
  });

  it('is found on the loopback where the service listens nowhere else', async () => {
    const { transport, asked, stream } = nodeWith(['127.0.0.1:8500'], 'refused');
    expect(await dialPage(transport, '172.30.5.11', 8500, signal)).toBe(stream);
    expect(asked).toEqual(['172.30.5.11:8500', '127.0.0.1:8500']);
  });

  it.each<TransportFailure>(['not-running', 'unreachable', 'lost', 'aborted'])(
    'is not looked for elsewhere when the node is %s',
    async (reason) => {
      const { transport, asked } = nodeWith([], reason);
      await expect(dialPage(transport, '172.30.5.11', 8500, signal)).rejects.toMatchObject({ reason });
      expect(asked).toEqual(['172.30.5.11:8500']);
    },
  );
});
