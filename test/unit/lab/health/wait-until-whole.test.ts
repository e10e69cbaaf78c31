import { describe, expect, it } from 'vitest';
import { waitUntilWhole } from '../../../../src/lab/health/wait-until-whole';
import type { ClusterState } from '../../../../src/observe/state';
import { cluster, wholeState } from '../../drills/faults/state';

/** Says `states[n]` after n times 20 ms. */
function saying(...states: ClusterState[]): Parameters<typeof waitUntilWhole>[0] {
  return {
    onState: (listener) => {
      const timers = states.map((state, index) => setTimeout(() => listener(state), index * 20));
      return { dispose: () => timers.forEach(clearTimeout) };
    },
  };
}

const broken = wholeState({ redis: { master: undefined, replicas: [] } });

describe('waiting until the cluster is whole', () => {
  it('resolves with the moment it became whole', async () => {
    const before = Date.now();
    const at = await waitUntilWhole(saying(broken, wholeState()), cluster(), { timeoutMs: 5000 });
    expect(at - before).toBeGreaterThanOrEqual(15);
    expect(at).toBeLessThanOrEqual(Date.now());
  });

  it('begins anew when it breaks within the time it must hold', async () => {
    const before = Date.now();
    const at = await waitUntilWhole(saying(wholeState(), broken, wholeState()), cluster(), {
      timeoutMs: 5000,
      stableMs: 60,
    });
    expect(at - before).toBeGreaterThanOrEqual(35);
  });

  it('gives up and names what is missing', async () => {
    await expect(waitUntilWhole(saying(broken), cluster(), { timeoutMs: 60 })).rejects.toMatchObject({
      code: 'not-healthy',
      message: expect.stringContaining('Redis: no master') as string,
    });
  });

  it('can be cancelled, also before it begins', async () => {
    const later = waitUntilWhole(saying(broken), cluster(), {
      timeoutMs: 5000,
      signal: AbortSignal.timeout(30),
    });
    await expect(later).rejects.toMatchObject({ code: 'cancelled' });
    const now = waitUntilWhole(saying(wholeState()), cluster(), {
      timeoutMs: 5000,
      signal: AbortSignal.abort(),
    });
    await expect(now).rejects.toMatchObject({ code: 'cancelled' });
  });
});
