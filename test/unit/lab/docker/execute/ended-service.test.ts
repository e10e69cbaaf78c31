import type Docker from 'dockerode';
import { describe, expect, it } from 'vitest';
import { logText, unlessServiceEnds } from '../../../../../src/lab/docker/execute/ended-service';
import type { LabInfo } from '../../../../../src/lab/lab-service';

/** A log as Docker sends it: each piece with its stream and length. */
function framed(...pieces: readonly string[]): Buffer {
  return Buffer.concat(
    pieces.map((piece) => {
      const header = Buffer.alloc(8);
      header[0] = 1;
      header.writeUInt32BE(Buffer.byteLength(piece), 4);
      return Buffer.concat([header, Buffer.from(piece)]);
    }),
  );
}

const LAB: Pick<LabInfo, 'containers'> = {
  containers: [
    { node: 'node1', role: 'node', id: 'n1', state: 'running' },
    { node: 'store', role: 'service', id: 's1', state: 'running' },
  ],
};

/** An engine whose machine ends, or runs on until nobody waits for it. @param code its exit code */
function engine(code: number | undefined): { docker: Docker; asked: string[] } {
  const asked: string[] = [];
  const container = {
    wait: ({ abortSignal }: { abortSignal: AbortSignal }) =>
      code === undefined
        ? new Promise((_resolve, reject) => {
            abortSignal.addEventListener('abort', () => reject(new Error('aborted')));
          })
        : Promise.resolve({ StatusCode: code }),
    logs: async () => framed('store: it did not start: nothing answers\n', 'proxy: no such account\n'),
  };
  const docker = {
    getContainer: (id: string) => {
      asked.push(id);
      return container;
    },
  };
  return { docker: docker as unknown as Docker, asked };
}

/** Waits until it is told to end. */
const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('cancelled')));
  });

describe('a wait for a lab', () => {
  const never = new AbortController().signal;

  it('goes on while the machines outside run, and no node is looked at', async () => {
    const { docker, asked } = engine(undefined);
    expect(await unlessServiceEnds(docker, LAB, never, async () => 'whole')).toBe('whole');
    expect(asked).toEqual(['s1']);
  });

  it('ends with what a machine said last when it ends', async () => {
    const { docker } = engine(1);
    await expect(unlessServiceEnds(docker, LAB, never, untilAborted)).rejects.toMatchObject({
      code: 'not-healthy',
      message: 'store ended with code 1:\nstore: it did not start: nothing answers\nproxy: no such account',
    });
  });

  it('ends as it does where it fails by itself', async () => {
    const { docker } = engine(undefined);
    const failing = unlessServiceEnds(docker, LAB, never, () => Promise.reject(new Error('too late')));
    await expect(failing).rejects.toThrow('too late');
  });

  it('asks for nothing where no machine is outside', async () => {
    const { docker, asked } = engine(1);
    expect(await unlessServiceEnds(docker, { containers: [] }, never, async () => 1)).toBe(1);
    expect(asked).toEqual([]);
  });
});

describe('the words of a log', () => {
  it.each([
    ['none', Buffer.alloc(0), ''],
    ['several pieces', framed('one\n', 'zwei ä\n'), 'one\nzwei ä\n'],
    ['a piece that is cut off', framed('one\n').subarray(0, 10), 'on'],
  ])('%s', (_what, log, words) => {
    expect(logText(log)).toBe(words);
  });
});
