import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Demultiplexer } from '../../../../src/transport/docker/demultiplexer';

/** One frame as Docker sends it. */
function frame(output: 'stdout' | 'stderr', payload: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header[0] = output === 'stdout' ? 1 : 2;
  header.writeUInt32BE(payload.length, 4);
  return Buffer.concat([header, payload]);
}

function demultiplex(chunks: readonly Buffer[]): { stdout: string; stderr: string; boundary: boolean } {
  const pieces: Record<'stdout' | 'stderr', Buffer[]> = { stdout: [], stderr: [] };
  const demultiplexer = new Demultiplexer((output, piece) => pieces[output].push(Buffer.from(piece)));
  for (const chunk of chunks) demultiplexer.push(chunk);
  return {
    stdout: Buffer.concat(pieces.stdout).toString('latin1'),
    stderr: Buffer.concat(pieces.stderr).toString('latin1'),
    boundary: demultiplexer.atFrameBoundary,
  };
}

describe('taking the attach framing apart', () => {
  it('separates the outputs', () => {
    const chunk = Buffer.concat([frame('stdout', Buffer.from('a')), frame('stderr', Buffer.from('bc'))]);
    expect(demultiplex([chunk])).toEqual({ stdout: 'a', stderr: 'bc', boundary: true });
  });

  it('hands payload on before its frame is complete', () => {
    const whole = frame('stdout', Buffer.from('hello'));
    expect(demultiplex([whole.subarray(0, 10)])).toEqual({ stdout: 'he', stderr: '', boundary: false });
  });

  it.each([1, 7, 8])('is not at a boundary %i bytes into a header', (bytes) => {
    expect(demultiplex([frame('stdout', Buffer.from('x')).subarray(0, bytes)]).boundary).toBe(false);
  });

  it('passes over empty frames', () => {
    const chunk = Buffer.concat([frame('stdout', Buffer.alloc(0)), frame('stdout', Buffer.from('x'))]);
    expect(demultiplex([chunk])).toEqual({ stdout: 'x', stderr: '', boundary: true });
  });

  it('gives every byte once and in order, however the connection cuts them', () => {
    const frames = fc.array(
      fc.record({
        output: fc.constantFrom('stdout' as const, 'stderr' as const),
        payload: fc.uint8Array({ maxLength: 40 }),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(frames, fc.array(fc.integer({ min: 1, max: 13 }), { minLength: 1 }), (sent, sizes) => {
        const bytes = Buffer.concat(sent.map((one) => frame(one.output, Buffer.from(one.payload))));
        const chunks: Buffer[] = [];
        for (let at = 0, turn = 0; at < bytes.length; turn++) {
          const size = sizes[turn % sizes.length] ?? 1;
          chunks.push(bytes.subarray(at, at + size));
          at += size;
        }
        const all = (output: 'stdout' | 'stderr'): string =>
          Buffer.concat(
            sent.filter((one) => one.output === output).map((one) => Buffer.from(one.payload)),
          ).toString('latin1');
        expect(demultiplex(chunks)).toEqual({ stdout: all('stdout'), stderr: all('stderr'), boundary: true });
      }),
    );
  });
});
