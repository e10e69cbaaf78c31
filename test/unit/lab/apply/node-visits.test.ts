import { describe, expect, it } from 'vitest';
import { NodeVisits } from '../../../../src/lab/apply/node-visits';
import type { NodeVisitsParts } from '../../../../src/lab/apply/node-visits';
import { NONE_STARTED } from '../../../../src/lab/apply/started-nodes';
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
    started: NONE_STARTED,
    serversToKeep: [],
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

  it.each([
    ['a program that may take as long', '2', true],
    ['one that may not', '0', false],
    ['one that may take weeks', '1000005', true],
    ['one that may take longer than a timer runs', '99999999999', true],
    ['one of which nobody knows', 'soon', false],
  ])('go on for %s to stop', async (_case, seconds, ends) => {
    const asked: string[] = [];
    const exec = async (command: readonly string[], { signal }: ExecOptions = {}) => {
      asked.push(command.join(' '));
      if (command.includes('stop-wait')) return { exitCode: 0, stdout: `${seconds}\n`, stderr: '' };
      return new Promise((resolve, reject) => {
        setTimeout(() => resolve({ exitCode: 0, stdout: '', stderr: '' }), 300);
        signal?.addEventListener('abort', () => reject(new TransportError('aborted', 'node2', 'aborted')));
      });
    };
    const slow = visits({ stepMs: 30, transport: async () => ({ exec }) as never });
    const step = slow.step('node2', { verb: 'restart', target: 'praefect' });
    if (ends) await expect(step).resolves.toBeUndefined();
    else
      await expect(step).rejects.toMatchObject({
        message: 'node2: restart praefect did not end within 0.03 s',
      });
    expect(asked).toEqual([
      '/opt/gitlab/lab/apply restart praefect',
      '/opt/gitlab/lab/apply stop-wait praefect',
    ]);
  });

  it('end quietly when the lab could not be looked at, so that the reason is not lost', async () => {
    const blind = visits({ observe: async () => Promise.reject(new Error('no engine')) });
    await expect(blind.whole(0)).rejects.toThrow('no engine');
    await expect(blind.dispose()).resolves.toBeUndefined();
  });
});
