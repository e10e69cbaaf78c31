import { describe, expect, it } from 'vitest';
import { startGroup } from '../../../../../src/lab/docker/image/process-group';

/** As mmdebstrap does: hears the signal, and cleans up once its child has ended. */
const WAITS_FOR_ITS_CHILD = 'trap "echo cleaned up; exit 25" TERM; echo ready; sleep 20; exit 0';

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
