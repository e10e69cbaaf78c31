import { verbatim } from '../../../../src/words/message';
import { describe, expect, it } from 'vitest';
import type { FaultId } from '../../../../src/drills/faults/fault';
import { FAULTS, fault, healsItself } from '../../../../src/drills/faults/fault';
import type { FaultContext } from '../../../../src/drills/faults/deed';
import { healFault, injectFault } from '../../../../src/drills/faults/inject';
import { LabError } from '../../../../src/lab/lab-error';
import type { Event } from '../../../../src/observe/event';
import type { ClusterState } from '../../../../src/observe/state';
import type { NodeTransport } from '../../../../src/transport/transport';
import { cluster, wholeState } from './state';

/** Writes down every order instead of carrying it out; commands end with `exitCode`. */
function context(
  state: ClusterState,
  exitCode = 0,
  gateway = { exitCode: 0, stdout: '', stderr: '' },
): { orders: string[]; events: Event[]; context: FaultContext } {
  const orders: string[] = [];
  const events: Event[] = [];
  const transport = (node: string): Pick<NodeTransport, 'node' | 'exec'> => ({
    node,
    exec: async (command) => {
      // The gate's write is no order.
      if (node === 'gateway') return gateway;
      orders.push(`${node}: ${command.join(' ')}`);
      return { exitCode, stdout: '', stderr: exitCode === 0 ? '' : 'no such file' };
    },
  });
  let time = 5_000;
  return {
    orders,
    events,
    context: {
      lab: { name: 'unit', cluster: cluster() },
      labs: {
        node: async (lab, node, action) => void orders.push(`${lab}/${node} ${action}`),
        service: async (lab, node, service, action) =>
          void orders.push(`${lab}/${node} ${service} ${action}`),
        exclusively: async (_lab, _purpose, work) => work(),
        transport: async (_lab, node) => transport(node) as NodeTransport,
      },
      observer: { state, record: (event) => void events.push(event) },
      now: () => (time += 10),
    },
  };
}

describe('injecting a fault', () => {
  it.each<[FaultId, string, string | undefined]>([
    ['kill-node', 'unit/node1 kill', 'unit/node1 start'],
    ['pause-node', 'unit/node1 pause', 'unit/node1 unpause'],
    ['cut-node', 'unit/node1 disconnect', 'unit/node1 connect'],
    ['stop-haproxy', 'unit/node1 haproxy stop', 'unit/node1 haproxy start'],
    ['pause-vip-holder', 'unit/node1 pause', 'unit/node1 unpause'],
    [
      'kill-postgres',
      'node1: bash -c kill -KILL "$(head -n 1 /var/opt/gitlab/postgresql/data/postmaster.pid)"',
      undefined,
    ],
    ['kill-redis', 'node2: bash -c sv kill /opt/gitlab/service/redis', undefined],
  ])('%s gives the order and takes it back', async (id, order, undone) => {
    const { context: given, orders } = context(wholeState());
    const injected = await injectFault(given, fault(id));
    expect(orders).toEqual([order]);
    await healFault(given, injected);
    expect(orders).toEqual(undone === undefined ? [order] : [order, undone]);
    expect(healsItself(fault(id))).toBe(undone === undefined);
  });

  it.each<[FaultId, string, string | undefined]>([
    ['stop-gitaly', 'unit/node2 gitaly stop', 'unit/node2 gitaly start'],
    ['kill-gitaly', 'node2: bash -c sv kill /opt/gitlab/service/gitaly', undefined],
    [
      'freeze-gitaly',
      'node2: sv pause /opt/gitlab/service/gitaly',
      'node2: sv cont /opt/gitlab/service/gitaly',
    ],
  ])('%s, of a lab with Git storage, gives the order and takes it back', async (id, order, undone) => {
    const { context: given, orders } = context(wholeState());
    const all = cluster();
    const nodes = all.nodes.map(({ name }) => name);
    const lab = {
      ...given.lab,
      cluster: { ...all, layers: { ...all.layers, git: { enabled: true, nodes } } },
    };
    const options = { node: 'node2', anyway: true };
    const injected = await injectFault({ ...given, lab }, fault(id), options);
    await healFault({ ...given, lab }, injected);
    expect(orders).toEqual(undone === undefined ? [order] : [order, undone]);
  });

  it('that the lab has nothing of is refused, also by those who know better', async () => {
    const { context: given, orders, events } = context(wholeState());
    const options = { node: 'node2', anyway: true };
    await expect(injectFault(given, fault('stop-gitaly'), options)).rejects.toMatchObject({
      code: 'no-node',
      message: '"Stop the primary Gitaly" makes no sense in lab unit: it runs no Gitaly.',
    });
    expect([...orders, ...events]).toEqual([]);
  });

  it('records the fault with its time, then its end', async () => {
    const { context: given, events } = context(wholeState());
    const injected = await injectFault(given, fault('pause-node'));
    expect(injected).toMatchObject({ node: 'node1', at: 5_010, doneAt: 5_020 });
    await healFault(given, injected);
    expect(events).toEqual([
      {
        at: 5_010,
        kind: 'fault-injected',
        node: 'node1',
        text: 'Freeze the leader node: node1 (database leader)',
      },
      { at: 5_030, kind: 'fault-healed', node: 'node1', text: 'Freeze the node: healed on node1' },
    ]);
  });

  it('says so when a process could not be killed, in the timeline too', async () => {
    const { context: given, events } = context(wholeState(), 1);
    await expect(injectFault(given, fault('kill-postgres'))).rejects.toMatchObject({
      code: 'docker-failed',
      message: 'postgres on node1 could not be killed (exit code 1): no such file',
    });
    expect(events.map((event) => event.kind)).toEqual(['fault-injected', 'fault-healed']);
  });
});

describe('an order that fails', () => {
  const broken = new LabError('docker-failed', verbatim('The connection broke.'), verbatim('Try again.'));

  it.each<[FaultId, readonly string[]]>([
    ['pause-node', ['pause', 'unpause']],
    ['kill-node', ['kill', 'start']],
    ['cut-node', ['disconnect', 'connect']],
    ['stop-haproxy', ['stop', 'start']],
  ])('may have been carried out, so %s is taken back', async (id, expected) => {
    const { context: given, events } = context(wholeState());
    const orders: string[] = [];
    const order = async (action: string): Promise<void> => {
      orders.push(action);
      if (orders.length === 1) throw broken;
    };
    const labs: FaultContext['labs'] = {
      ...given.labs,
      node: (_lab, _node, action) => order(action),
      service: (_lab, _node, _service, action) => order(action),
    };
    await expect(injectFault({ ...given, labs }, fault(id))).rejects.toBe(broken);
    expect(orders).toEqual(expected);
    expect(events.map(({ kind }) => kind)).toEqual(['fault-injected', 'fault-healed']);
  });

  it('is not told as healed while it is not: the first failure is told', async () => {
    const { context: given, events } = context(wholeState());
    const failures = [
      broken,
      new LabError('docker-failed', verbatim('It is still broken.'), verbatim('Try again.')),
    ];
    const node = () => Promise.reject(failures.shift() ?? new Error('a third order'));
    const failing = { ...given, labs: { ...given.labs, node } };
    await expect(injectFault(failing, fault('pause-node'))).rejects.toBe(broken);
    expect(events.map(({ kind }) => kind)).toEqual(['fault-injected']);
  });

  it('to heal leaves no event that says healed', async () => {
    const { context: given, events } = context(wholeState());
    const failing = { ...given, labs: { ...given.labs, node: () => Promise.reject(broken) } };
    const healing = healFault(failing, { fault: fault('pause-node'), node: 'node1' });
    await expect(healing).rejects.toBe(broken);
    expect(events).toEqual([]);
  });
});

describe('a node that is named', () => {
  it('is broken instead of the one the fault is aimed at', async () => {
    const { context: given, orders, events } = context(wholeState());
    const injected = await injectFault(given, fault('pause-node'), { node: 'node3' });
    await healFault(given, injected);
    expect(orders).toEqual(['unit/node3 pause', 'unit/node3 unpause']);
    expect(events[0]).toMatchObject({ node: 'node3', text: 'Freeze the node: node3' });
  });

  it.each(['node9', 'gateway'])('but is none is refused: %s', async (node) => {
    const { context: given, orders } = context(wholeState());
    await expect(injectFault(given, fault('kill-node'), { node })).rejects.toMatchObject({
      code: 'no-node',
      remedy: 'It has node1, node2, node3.',
    });
    expect(orders).toEqual([]);
  });
});

describe("the lab's lock", () => {
  it('is held while a fault is injected and while it is healed, each with its name', async () => {
    const { context: given } = context(wholeState());
    const purposes: string[] = [];
    const exclusively = <T>(lab: string, purpose: string, work: () => Promise<T>): Promise<T> => {
      purposes.push(`${lab}: ${purpose}`);
      return work();
    };
    const locked = { ...given, labs: { ...given.labs, exclusively } };
    await healFault(locked, await injectFault(locked, fault('kill-node')));
    expect(purposes).toEqual(['unit: fault kill-node', 'unit: heal kill-node']);
  });

  it('keeps everything from being touched while somebody else has it', async () => {
    const { context: given, orders, events } = context(wholeState());
    const busy = new LabError('busy', verbatim('Lab "unit" is busy: process 7 (deploy).'), verbatim('Wait.'));
    const locked = { ...given, labs: { ...given.labs, exclusively: () => Promise.reject(busy) } };
    for (const each of FAULTS) {
      await expect(injectFault(locked, each)).rejects.toBe(busy);
      await expect(healFault(locked, { fault: each, node: 'node1' })).rejects.toBe(busy);
    }
    expect([...orders, ...events]).toEqual([]);
  });
});

describe('the gate', () => {
  const whole = wholeState();

  it('refuses every fault when no client can write, however well the services are', async () => {
    const told = { path: 'postgres', host: '172.30.0.100', port: 6432, ok: false, error: 'SASL failed' };
    const gateway = { exitCode: 1, stdout: `${JSON.stringify(told)}\n`, stderr: '' };
    for (const each of FAULTS) {
      const { context: given, orders, events } = context(whole, 0, gateway);
      await expect(injectFault(given, each)).rejects.toMatchObject({
        code: 'not-whole',
        details: { missing: ['no client can write to PostgreSQL at 172.30.0.100:6432: SASL failed'] },
      });
      expect([...orders, ...events]).toEqual([]);
    }
  });

  it.each<[string, Partial<ClusterState>, string]>([
    ['there is no synchronous standby', { database: { ...whole.database, syncStandby: [] } }, 'standby'],
    ['a member does not stream', { database: { ...whole.database, streaming: ['node1', 'node2'] } }, 'node3'],
    ['a Consul server has no vote', { consul: { ...whole.consul, voters: ['node1', 'node2'] } }, 'node3'],
    ['nobody holds the VIP', { vip: { ...whole.vip, holders: [] } }, 'VIP'],
    ['a node is not known', { nodes: whole.nodes.slice(1) }, 'node1'],
  ])('refuses every fault when %s, and says what is missing', async (_case, changes, named) => {
    for (const each of FAULTS) {
      const { context: given, orders, events } = context(wholeState(changes));
      const error: unknown = await injectFault(given, each).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(LabError);
      expect((error as LabError).code).toBe('not-whole');
      expect((error as LabError).message).toContain(named);
      expect([...orders, ...events]).toEqual([]);
    }
  });
});
