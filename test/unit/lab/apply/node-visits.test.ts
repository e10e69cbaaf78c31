import { describe, expect, it } from 'vitest';
import { NodeVisits } from '../../../../src/lab/apply/node-visits';
import type { NodeVisitsParts } from '../../../../src/lab/apply/node-visits';
import type { ExecOptions } from '../../../../src/transport/transport';
import { TransportError } from '../../../../src/transport/transport';
import { FakeObserver } from '../../cli/fake-labs';
import { healthyState, labInfo } from '../../cli/fixtures';

function visits(parts: Partial<NodeVisitsParts>): NodeVisits {
  return new NodeVisits({
    lab: labInfo(),
    observe: async () => new FakeObserver(healthyState()),
    transport: async () => Promise.reject(new Error('no node was to be reached')),
    onWaiting: () => undefined,
    ...parts,
  });
}

describe('steps inside the nodes of a running lab', () => {
  it('that do not end are given up, and the node and the step are named', async () => {
    const exec = async (_command: readonly string[], { signal }: ExecOptions = {}) =>
      new Promise((_resolve, reject) => {
        const abort = (): void => reject(new TransportError('aborted', 'node2', 'aborted'));
        signal?.addEventListener('abort', abort, { once: true });
      });
    const hanging = visits({ stepMs: 30, transport: async () => ({ exec }) as never });
    await expect(hanging.step('node2', { verb: 'restart', target: 'postgresql' })).rejects.toMatchObject({
      code: 'docker-failed',
      message: 'node2: restart postgresql did not end within 0.03 s',
    });
  });

  it('end quietly when the lab could not be looked at, so that the reason is not lost', async () => {
    const blind = visits({ observe: async () => Promise.reject(new Error('no engine')) });
    await expect(blind.whole(0)).rejects.toThrow('no engine');
    await expect(blind.dispose()).resolves.toBeUndefined();
  });
});
