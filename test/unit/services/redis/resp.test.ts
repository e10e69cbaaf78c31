import { Duplex } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeCommand,
  RespError,
  RespParser,
  RespPush,
  toRecord,
} from '../../../../src/services/redis/resp';
import { RespClient } from '../../../../src/services/redis/resp-client';

const bytes =
  '+OK\r\n:42\r\n$5\r\nh\u00e9ll\r\n$-1\r\n*2\r\n+a\r\n*0\r\n%1\r\n+k\r\n:1\r\n>2\r\n+pmessage\r\n+x\r\n-ERR no\r\n#t\r\n_\r\n';
const values = [
  'OK',
  42,
  'h\u00e9ll',
  null,
  ['a', []],
  ['k', 1],
  new RespPush(['pmessage', 'x']),
  new RespError('ERR no'),
  true,
  null,
];

describe('RespParser', () => {
  it('reads every kind of value', () => {
    expect(new RespParser().push(Buffer.from(bytes))).toEqual(values);
  });

  it('gives the same values wherever the bytes are cut', () => {
    const whole = Buffer.from(bytes);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: whole.length }), { maxLength: 6 }), (cuts) => {
        const parser = new RespParser();
        const edges = [0, ...cuts.sort((a, b) => a - b), whole.length];
        const read = edges.slice(1).flatMap((end, index) => parser.push(whole.subarray(edges[index], end)));
        expect(read).toEqual(values);
      }),
    );
  });

  it('refuses what is no RESP', () => {
    expect(() => new RespParser().push(Buffer.from('HTTP/1.1 400\r\n'))).toThrow(RespError);
  });
});

it('commands are arrays of bulk strings, measured in bytes', () => {
  expect(encodeCommand(['AUTH', '\u00e9']).toString()).toBe('*2\r\n$4\r\nAUTH\r\n$2\r\n\u00e9\r\n');
});

it('toRecord pairs fields with values', () => {
  expect(toRecord(['ip', '172.30.0.11', 'port', 6379, 'odd'])).toEqual({ ip: '172.30.0.11', port: '6379' });
  expect(toRecord('text')).toEqual({});
});

/** Two ends of one connection. */
function pair(): { readonly near: Duplex; readonly far: Duplex } {
  const end = (other: () => Duplex): Duplex =>
    new Duplex({
      read: () => undefined,
      write: (chunk: Buffer, _, done) => {
        other().push(chunk);
        done();
      },
      destroy: (error, done) => {
        other().push(null);
        done(error);
      },
    });
  const near: Duplex = end(() => far);
  const far: Duplex = end(() => near);
  return { near, far };
}

describe('RespClient', () => {
  it('matches answers to commands in order and hands pushes aside', async () => {
    const { near, far } = pair();
    const client = new RespClient(near);
    const pushed: unknown[] = [];
    client.onPush = (message) => pushed.push(message);
    const answers = Promise.all([client.command(['A']), client.command(['B'])]);
    far.write('+one\r\n>1\r\n+news\r\n+two\r\n');
    expect(await answers).toEqual(['one', 'two']);
    expect(pushed).toEqual([['news']]);
    client.close();
  });

  it('an error answer rejects that command only', async () => {
    const { near, far } = pair();
    const client = new RespClient(near);
    const first = client.command(['A']);
    const second = client.command(['B']);
    far.write('-NOAUTH Authentication required.\r\n+fine\r\n');
    await expect(first).rejects.toThrow('NOAUTH');
    expect(await second).toBe('fine');
    client.close();
  });

  it('no answer in time, and the end of the connection, reject what waits', async () => {
    const silent = new RespClient(pair().near);
    await expect(silent.command(['PING'], 20)).rejects.toThrow('no answer to PING within 20 ms');
    const { near, far } = pair();
    const client = new RespClient(near);
    const waiting = client.command(['PING']);
    far.destroy();
    await expect(waiting).rejects.toThrow('the server closed the connection');
    await expect(client.ended).rejects.toThrow(RespError);
    await expect(client.command(['PING'])).rejects.toThrow(RespError);
  });
});
