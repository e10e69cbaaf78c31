import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ContainerProcess } from '../../../../src/transport/docker/container-process';
import { DialedStream } from '../../../../src/transport/docker/dialed-stream';
import { TransportError } from '../../../../src/transport/transport';
import { connection, fakeContainer, frame } from './fake-container';

const TARGET = { host: '127.0.0.1', port: 6379 };
const STANDS = frame('stderr', 'N starting data transfer loop with FDs [0,1] and [5,5]\n');

async function dialed(): Promise<{ readonly stream: DialedStream; readonly engine: Socket }> {
  const { client, engine } = await connection();
  const options = { command: ['socat'], tty: false };
  const process = await ContainerProcess.start('node1', fakeContainer(client), options);
  engine.write(STANDS);
  return { stream: await DialedStream.connect(process, TARGET, undefined), engine };
}

/** Writes until the connection takes no more: the last write then waits for it to drain. */
function fill(stream: DialedStream): Promise<Error | null | undefined> {
  const chunk = Buffer.alloc(1_000_000);
  let last: Promise<Error | null | undefined> = Promise.resolve(undefined);
  for (let count = 0; count < 40; count++)
    last = new Promise((resolve) => stream.write(chunk, (error) => resolve(error)));
  return last;
}

describe('writing to a service through a container', () => {
  it('fails when the connection closes while a write waits for it to drain', async () => {
    const { stream, engine } = await dialed();
    stream.on('error', () => undefined);
    const last = fill(stream);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(stream.writableNeedDrain).toBe(true);
    engine.resetAndDestroy();
    expect(await last).toMatchObject({ name: 'TransportError', reason: 'lost', node: 'node1' });
    expect(stream.destroyed).toBe(true);
  });

  it('fails when the connection was closed before, and what had come can still be read', async () => {
    const { stream, engine } = await dialed();
    engine.end(frame('stdout', 'last words'));
    const pieces: string[] = [];
    for await (const piece of stream.iterator({ destroyOnReturn: false })) pieces.push(String(piece));
    expect(pieces).toEqual(['last words']);
    engine.destroy();
    const failure = new Promise<unknown>((resolve) => stream.once('error', resolve));
    fill(stream).catch(() => undefined);
    expect(await failure).toBeInstanceOf(TransportError);
  });

  it('ends without an error when the connection was closed before', async () => {
    const { stream, engine } = await dialed();
    stream.resume();
    engine.destroy();
    await new Promise((resolve) => stream.once('end', resolve));
    await new Promise<void>((resolve) => stream.end(() => resolve()));
    expect(stream.errored).toBe(null);
  });

  it('goes on after waiting when the engine reads again', async () => {
    const { stream, engine } = await dialed();
    const last = fill(stream);
    let received = 0;
    engine.on('data', (chunk: Buffer) => (received += chunk.length));
    expect(await last).toBeFalsy();
    stream.end();
    await new Promise((resolve) => engine.once('end', resolve));
    expect(received).toBe(40_000_000);
    stream.destroy();
  });
});
