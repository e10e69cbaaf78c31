import { describe, expect, it } from 'vitest';
import { describeHealing, healAll, healings } from '../../../../src/drills/faults/heal-all';
import type { Event } from '../../../../src/observe/event';
import type { NodeState } from '../../../../src/observe/state';
import type { NodeTransport } from '../../../../src/transport/transport';
import { cluster, wholeState } from './state';

const whole = wholeState();

/** The whole cluster with nodes changed by name. */
function changed(changes: Readonly<Record<string, Partial<NodeState>>>): { nodes: readonly NodeState[] } {
  return { nodes: whole.nodes.map((node) => ({ ...node, ...changes[node.name] })) };
}

const withoutHaproxy = (): Partial<NodeState> => ({
  services: (whole.nodes[0]?.services ?? []).map((service) =>
    service.service === 'haproxy' ? { ...service, process: 'down', health: 'failed' } : service,
  ),
});

const frozenHaproxy = (): Partial<NodeState> => ({
  services: (whole.nodes[0]?.services ?? []).map((service) =>
    service.service === 'haproxy' ? { ...service, standsStill: true, health: 'failed' } : service,
  ),
});

describe('what takes faults back', () => {
  it.each<[string, Readonly<Record<string, Partial<NodeState>>>, string[]]>([
    ['nothing in a whole cluster', {}, []],
    ['a stopped node', { node2: { container: 'stopped' } }, ['node2: start']],
    ['a frozen node', { node1: { container: 'paused' } }, ['node1: unpause']],
    ['a node that is cut off', { node3: { connected: false } }, ['node3: connect']],
    [
      'a frozen node that is cut off',
      { node3: { container: 'paused', connected: false } },
      ['node3: unpause', 'node3: connect'],
    ],
    ['a service that is down', { node1: withoutHaproxy() }, ['node1: start HAProxy']],
    ['a process that stands still', { node1: frozenHaproxy() }, ['node1: thaw HAProxy']],
    [
      'services of a stopped node come with it',
      { node1: { ...withoutHaproxy(), container: 'stopped' } },
      ['node1: start'],
    ],
    ['a missing node, which only a deploy brings back', { node1: { container: 'missing' } }, []],
  ])('%s', (_case, changes, orders) => {
    expect(healings(changed(changes)).map(describeHealing)).toEqual(orders);
  });

  it('of one node only', () => {
    const both = changed({ node1: { container: 'stopped' }, node2: { container: 'paused' } });
    expect(healings(both, 'node2').map(describeHealing)).toEqual(['node2: unpause']);
  });

  /** Writes down what is done; the order that begins like `failing` fails. */
  function bench(failing?: string) {
    const done: string[] = [];
    const events: Event[] = [];
    const note = (order: string): void => {
      if (failing !== undefined && order.startsWith(failing)) throw new Error(`${failing} failed`);
      done.push(order);
    };
    const context = {
      lab: { name: 'unit', cluster: cluster() },
      labs: {
        node: async (lab: string, node: string, action: string) => note(`${lab} ${node} ${action}`),
        service: async (lab: string, node: string, service: string, action: string) =>
          note(`${lab} ${node} ${service} ${action}`),
        transport: async (lab: string, node: string) =>
          ({
            exec: async (command: readonly string[]) => {
              note(`${lab} ${node}: ${command.join(' ')}`);
              return { exitCode: 0, stdout: '', stderr: '' };
            },
          }) as unknown as NodeTransport,
        exclusively: async <T>(lab: string, purpose: string, work: () => Promise<T>): Promise<T> => {
          done.push(`${lab} ${purpose} begins`);
          const result = await work();
          done.push('ends');
          return result;
        },
      },
      observer: { record: (event: Event) => void events.push(event) },
      now: () => 7,
    };
    return { done, events, context };
  }

  const twice = changed({ node1: withoutHaproxy(), node2: { container: 'paused' } });

  it('is recorded when it is done, not when it fails', async () => {
    const { events, context } = bench('unit node2');
    await expect(healAll(context, healings(twice))).rejects.toThrow('unit node2 failed');
    expect(events.map(({ text }) => text)).toEqual(['node1: start HAProxy']);
  });

  it('lets a process go on that stands still', async () => {
    const { done, context } = bench();
    await healAll(context, healings(changed({ node1: frozenHaproxy() })));
    expect(done.slice(1, -1)).toEqual(['unit node1: sv cont /opt/gitlab/service/haproxy']);
  });

  it('is done in order, under the lock, and recorded', async () => {
    const { done, events, context } = bench();
    await healAll(context, healings(twice));
    expect(done).toEqual(['unit heal begins', 'unit node1 haproxy start', 'unit node2 unpause', 'ends']);
    expect(events).toEqual([
      { at: 7, kind: 'fault-healed', node: 'node1', text: 'node1: start HAProxy' },
      { at: 7, kind: 'fault-healed', node: 'node2', text: 'node2: unpause' },
    ]);
  });
});
