import { expect, it } from 'vitest';
import { switchOver } from '../../../../src/lab/apply/switch-over';
import type { ExecResult, NodeTransport } from '../../../../src/transport/transport';
import { FakeObserver } from '../../cli/fake-labs';
import { cluster, wholeState } from '../../drills/faults/state';

it.each<[string, ExecResult, string]>([
  ['says why', { exitCode: 1, stdout: 'Switching over\n', stderr: 'no candidate\n' }, 'no candidate'],
  ['says it on standard output', { exitCode: 2, stdout: 'no candidate\n', stderr: '' }, 'no candidate'],
  ['says nothing', { exitCode: 7, stdout: '\n', stderr: '' }, 'exit code 7'],
])(
  'a program that refuses to hand over, and %s, is told with the node and the log to look at',
  async (_case, answer, told) => {
    const transport = async (node: string): Promise<NodeTransport> =>
      ({ node, exec: async () => answer }) as unknown as NodeTransport;
    const context = {
      lab: { name: 'unit', cluster: cluster() },
      observer: new FakeObserver(wholeState()),
      transport,
    };
    await expect(switchOver(context, { service: 'patroni' })).rejects.toMatchObject({
      code: 'docker-failed',
      message: `node1 did not hand over as database leader: ${told}`,
      remedy: 'Look at the log of patroni on node1.',
    });
  },
);
