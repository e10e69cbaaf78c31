import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readLines } from '../../../../src/lab/docker/read-lines';

const NEVER = new AbortController().signal;

async function all(stream: Readable, signal = NEVER): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of readLines(stream, signal)) lines.push(line);
  return lines;
}

/** What the work ends with, or "waits for ever". */
async function ending(work: Promise<unknown>): Promise<unknown> {
  const late = new Promise((resolve) => setTimeout(() => resolve('waits for ever'), 1_000));
  return Promise.race([work.catch((error: unknown) => error), late]);
}

describe('the lines of a stream', () => {
  it.each([
    ['cut anywhere', ['on', 'e\ntw', 'o\n'], ['one', 'two']],
    ['with Windows ends', ['one\r\ntwo\r\n'], ['one', 'two']],
    ['without a last end', ['one\ntwo'], ['one', 'two']],
    ['that are empty', ['\n\none\n'], ['', '', 'one']],
    ['of nothing', [], []],
  ] as const)('%s', async (_name, pieces, expected) => {
    expect(await all(Readable.from(pieces.map((piece) => Buffer.from(piece))))).toEqual(expected);
  });

  it('keep a character that comes in two pieces', async () => {
    const bytes = Buffer.from('Grüße\n');
    const pieces = Array.from(bytes, (byte) => Buffer.from([byte]));
    expect(await all(Readable.from(pieces))).toEqual(['Grüße']);
  });
});

describe('waiting for the next line', () => {
  it('ends with the reason of the signal, while nothing is said', async () => {
    const stream = new PassThrough();
    const abort = new AbortController();
    const reading = ending(all(stream, abort.signal));
    stream.write('Step 1/2 : RUN sleep 100\n');
    await new Promise((resolve) => setTimeout(resolve, 20));
    const reason = new Error('the user cancelled');
    abort.abort(reason);
    expect(await reading).toBe(reason);
    expect(stream.destroyed).toBe(true);
  });

  it('ends at once when the signal was aborted before', async () => {
    const stream = new PassThrough();
    const reason = new Error('before');
    expect(await ending(all(stream, AbortSignal.abort(reason)))).toBe(reason);
    expect(stream.destroyed).toBe(true);
  });

  it('ends with an error when the stream is closed without one', async () => {
    const stream = new PassThrough();
    const reading = ending(all(stream));
    stream.write('one\n');
    await new Promise((resolve) => setTimeout(resolve, 20));
    stream.destroy();
    expect(await reading).toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
  });

  it('ends with what broke the stream', async () => {
    const stream = new PassThrough();
    const reading = ending(all(stream));
    const failure = new Error('connection reset');
    stream.destroy(failure);
    expect(await reading).toBe(failure);
  });

  it('closes the stream when the reader has enough', async () => {
    const stream = new PassThrough();
    stream.write('one\ntwo\n');
    for await (const line of readLines(stream, NEVER)) {
      expect(line).toBe('one');
      break;
    }
    expect(stream.destroyed).toBe(true);
    stream.emit('error', new Error('too late to matter'));
  });
});
