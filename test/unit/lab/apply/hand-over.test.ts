import { describe, expect, it } from 'vitest';
import { handOver } from '../../../../src/lab/apply/hand-over';
import type { ClusterState } from '../../../../src/observe/state';
import type { NodeTransport } from '../../../../src/transport/transport';
import { FakeObserver } from '../../cli/fake-labs';
import { cluster, wholeState } from '../../drills/faults/state';

const whole = wholeState();
const moved = wholeState({ database: { ...whole.database, leader: 'node2' } });
const noHeir = wholeState({ database: { ...whole.database, syncStandby: [] } });

/** Nodes that say which roles they hold, and write down what they are told; an order moves the database to node2. */
function bench(state: ClusterState, roles: Readonly<Record<string, string>>) {
  const observer = new FakeObserver(state);
  const orders: string[] = [];
  const transport = async (node: string): Promise<NodeTransport> => {
    const exec: NodeTransport['exec'] = async (command) => {
      const text = command.join(' ');
      if (text === '/opt/gitlab/lab/apply roles') {
        return { exitCode: 0, stdout: roles[node] ?? '', stderr: '' };
      }
      orders.push(`${node}: ${text}`);
      setImmediate(() => observer.set(moved));
      return { exitCode: 0, stdout: '', stderr: '' };
    };
    return { node, exec } as NodeTransport;
  };
  return { observer, orders, context: { lab: { name: 'unit', cluster: cluster() }, observer, transport } };
}

const ORDER = 'node1: gitlab-ctl patroni switchover --leader node1 --candidate node2';

describe('a role that is to leave a node', () => {
  it('is handed over as a user would, to the one that has everything', async () => {
    const { context, orders } = bench(whole, { node1: 'patroni\n' });
    await handOver(context, 'node1', 'patroni');
    expect(orders).toEqual([ORDER]);
  });

  it.each([
    ['the node says that it does not hold it', 'node1', 'redis\n', 'patroni'],
    ['nobody hands such a role over', 'node1', 'consul\n', 'consul'],
  ])('stays where it is when %s', async (_name, node, said, service) => {
    const { context, orders } = bench(whole, { [node]: said });
    await handOver(context, node, service);
    expect(orders).toEqual([]);
  });

  it('waits until somebody can take over', async () => {
    const { context, observer, orders } = bench(noHeir, { node1: 'patroni\n' });
    const handing = handOver(context, 'node1', 'patroni');
    setTimeout(() => observer.set(whole), 20);
    await handing;
    expect(orders).toEqual([ORDER]);
  });

  it('goes to none that goes as well, be it a standby that has everything', async () => {
    const { context, orders } = bench(
      wholeState({
        database: {
          ...whole.database,
          leader: 'node3',
          syncStandby: ['node1', 'node2'],
          streaming: ['node1', 'node2'],
        },
      }),
      { node3: 'patroni\n' },
    );
    await handOver(context, 'node3', 'patroni', ['node1']);
    expect(orders).toEqual(['node3: gitlab-ctl patroni switchover --leader node3 --candidate node2']);
  });

  it('stays where only those that go could take over', async () => {
    const { context, orders } = bench(whole, { node1: 'patroni\n' });
    await expect(handOver(context, 'node1', 'patroni', ['node2'], 10)).rejects.toMatchObject({
      code: 'no-node',
    });
    expect(orders).toEqual([]);
  });

  it('has left by itself in the meantime', async () => {
    const { context, orders } = bench(moved, { node1: 'patroni\n' });
    await handOver(context, 'node1', 'patroni', [], 10);
    expect(orders).toEqual([]);
  });

  it('stays when nobody can take over for long', async () => {
    const { context, orders } = bench(noHeir, { node1: 'patroni\n' });
    await expect(handOver(context, 'node1', 'patroni', [], 10)).rejects.toMatchObject({
      code: 'no-node',
      message: 'No node can take over as database leader.',
    });
    expect(orders).toEqual([]);
  });
});
