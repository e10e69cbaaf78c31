import { describe, expect, it } from 'vitest';
import { consumeOutput, startGroup } from '../../../../../src/lab/docker/image/process-group';

/**
 * As mmdebstrap does: hears the signal, and cleans up once its child has ended. The child says that it is ready: until a
 * child of a shell has begun its program, the shell's own trap hears its signal, and nothing comes of it.
 */
const WAITS_FOR_ITS_CHILD = `trap "echo cleaned up; exit 25" TERM; sh -c 'echo ready; exec sleep 20'; exit 0`;

async function text(stream: NodeJS.ReadableStream): Promise<string> {
  const pieces: string[] = [];
  for await (const piece of stream) pieces.push(String(piece));
  return pieces.join('');
}

describe('a group of processes', () => {
  it('ends with all of it when it is cancelled, and its head cleans up', async () => {
    const abort = new AbortController();
    const { child, ended } = startGroup('sh', ['-c', WAITS_FOR_ITS_CHILD], abort.signal);
    const output = text(child.stdout);
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const since = performance.now();
    abort.abort();
    expect(await ended).toBe(25);
    expect(performance.now() - since).toBeLessThan(2_000);
    expect(await output).toContain('cleaned up');
  });

  it('tells its exit code when nobody cancels it', async () => {
    const { ended } = startGroup('sh', ['-c', 'exit 3'], new AbortController().signal);
    expect(await ended).toBe(3);
  });

  it('rejects when there is no such program, also when that is looked at late', async () => {
    const { ended } = startGroup('no-such-program-here', [], new AbortController().signal);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await expect(ended).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('a program whose output is consumed', () => {
  const WRITES_FOR_EVER = 'trap "exit 7" TERM; yes "a line" & echo $! >&2; wait';
  const { signal } = new AbortController();

  it('ends when its consumer fails, instead of waiting for ever for a reader', async () => {
    const since = performance.now();
    const heads: string[] = [];
    const consumed = consumeOutput('sh', ['-c', WRITES_FOR_EVER], signal, async (output) => {
      for await (const piece of output) {
        heads.push(String(piece).slice(0, 7));
        throw new Error('the engine is out of space');
      }
    });
    await expect(consumed).rejects.toThrow('the engine is out of space');
    expect(heads).toEqual(['a line\n']);
    expect(performance.now() - since).toBeLessThan(2_000);
  });

  it('ends when its consumer fails before it reads anything', async () => {
    const since = performance.now();
    const consumed = consumeOutput('sh', ['-c', WRITES_FOR_EVER], signal, async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      throw new Error('the engine does not answer');
    });
    await expect(consumed).rejects.toThrow('the engine does not answer');
    expect(performance.now() - since).toBeLessThan(2_000);
  });

  it('that fails itself is told with what it complained of', async () => {
    const consumed = consumeOutput(
      'sh',
      ['-c', 'echo half; echo "no mirror" >&2; exit 25'],
      signal,
      async (output) => expect(await text(output)).toBe('half\n'),
    );
    await expect(consumed).rejects.toThrow('no mirror');
  });

  it('is told to be missing', async () => {
    const consumed = consumeOutput('no-such-program-here', [], signal, async (output) => {
      await text(output);
    });
    await expect(consumed).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
