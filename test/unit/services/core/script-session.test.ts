import { expect, it } from 'vitest';
import type { WatchContext } from '../../../../src/services/core/watch/context';
import { runScript } from '../../../../src/services/core/watch/script-session';
import type { NodeTransport } from '../../../../src/transport/transport';
import { TransportError } from '../../../../src/transport/transport';

const SCRIPT = { node: 'node1', name: 'test', script: 'true', parameters: [], silenceMs: 1_000 };

it('a script that is still being started is given up', async () => {
  const stop = new AbortController();
  const spawn: NodeTransport['spawn'] = (_, { signal } = {}) => {
    stop.abort();
    return new Promise((_resolve, reject) => {
      const giveUp = (): void => reject(new TransportError('aborted', 'node1', 'cancelled'));
      if (signal?.aborted) giveUp();
      else signal?.addEventListener('abort', giveUp);
    });
  };
  const transport = async (): Promise<NodeTransport> => ({ spawn }) as unknown as NodeTransport;
  const context = { transport } as unknown as WatchContext;
  await expect(
    runScript(context, { ...SCRIPT, onLine: () => undefined }, stop.signal),
  ).resolves.toBeUndefined();
});

it('a script that cannot be started is told', async () => {
  const failure = new TransportError('not-running', 'node1', 'it is stopped');
  const transport = async (): Promise<NodeTransport> =>
    ({ spawn: () => Promise.reject(failure) }) as unknown as NodeTransport;
  const context = { transport } as unknown as WatchContext;
  const running = runScript(context, { ...SCRIPT, onLine: () => undefined }, new AbortController().signal);
  await expect(running).rejects.toBe(failure);
});
