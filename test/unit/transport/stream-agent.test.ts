import type { ClientRequest } from 'node:http';
import { request } from 'node:http';
import { PassThrough, Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { StreamAgent } from '../../../src/transport/stream-agent';

/** A server behind a stream that answers each request at once. */
function answering(): Duplex {
  return new Duplex({
    read: () => undefined,
    write(_piece, _encoding, done) {
      this.push('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
      done();
    },
  });
}

function answerOf(asked: ClientRequest): Promise<string> {
  return new Promise((resolve, reject) => {
    asked.on('response', (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('end', () => resolve(Buffer.concat(pieces).toString()));
    });
    asked.on('error', reject);
    asked.end();
  });
}

describe('HTTP over streams', () => {
  it('asks one question after the other over one stream', async () => {
    let opened = 0;
    const agent = new StreamAgent(async () => (opened++, answering()), { maxSockets: 1 });
    for (let turn = 0; turn < 3; turn += 1) {
      expect(await answerOf(request({ agent, host: 'any', path: '/' }))).toBe('ok');
    }
    expect(opened).toBe(1);
    agent.destroy();
  });

  it('tells who asks that the stream cannot be opened, or ends', async () => {
    const closed = new StreamAgent(() => Promise.reject(new Error('no way there')));
    await expect(answerOf(request({ agent: closed, host: 'any', path: '/' }))).rejects.toThrow(
      'no way there',
    );
    const silent = new PassThrough({ allowHalfOpen: false });
    silent.write = () => {
      silent.destroy(new Error('cut off'));
      return true;
    };
    const cut = new StreamAgent(async () => silent);
    await expect(answerOf(request({ agent: cut, host: 'any', path: '/' }))).rejects.toThrow('cut off');
  });

  it('ends nobody by an error of a stream that nobody uses', async () => {
    const stream = answering();
    const agent = new StreamAgent(async () => stream);
    await new Promise<void>((resolve) => agent.createConnection({}, () => resolve()));
    const closed = new Promise<void>((resolve) => stream.once('close', resolve));
    stream.destroy(new Error('the node is gone'));
    await expect(closed).resolves.toBeUndefined();
    expect(stream.errored).toEqual(new Error('the node is gone'));
  });
});
