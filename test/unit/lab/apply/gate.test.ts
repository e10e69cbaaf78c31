import { verbatim } from '../../../../src/words/message';
import { describe, expect, it } from 'vitest';
import { Gate } from '../../../../src/lab/apply/gate';
import { NONE_STARTED } from '../../../../src/lab/apply/started-nodes';
import type { StartedNodes } from '../../../../src/lab/apply/started-nodes';
import { wholeness } from '../../../../src/observe/wholeness';
import type { ClusterState } from '../../../../src/observe/state';
import { FakeObserver } from '../../cli/fake-labs';
import { healthyState, labInfo } from '../../cli/fixtures';

const ACKNOWLEDGED = '{"path":"postgres","host":"h","port":1,"ok":true,"error":null}\n';
const LAB = labInfo();
const REFUSED = '{"path":"postgres","host":"h","port":1,"ok":false,"error":"no"}\n';

function gateOf(
  observer: FakeObserver,
  writes: readonly string[] = [ACKNOWLEDGED],
  started: Partial<StartedNodes> = {},
) {
  let asked = 0;
  const told: (readonly string[])[] = [];
  const exec = async () => {
    const stdout = writes[Math.min(asked++, writes.length - 1)] ?? '';
    return { exitCode: stdout === ACKNOWLEDGED ? 0 : 1, stdout, stderr: '' };
  };
  const gate = new Gate({
    cluster: LAB.cluster,
    observer,
    transport: async () => ({ exec }) as never,
    onWaiting: (reasons) => told.push(reasons.map(String)),
    patienceMs: 50,
    timeoutMs: 100,
    startMs: 200,
    serversToKeep: ['gitlab/node1', 'gitlab/node2'],
    started: { ...NONE_STARTED, ...started },
  });
  return { gate, told, asked: () => asked };
}

const NODE1: ReadonlySet<string> = new Set(['node1']);
const WHOLE = healthyState();
const BROKEN = {
  ...WHOLE,
  nodes: WHOLE.nodes.map((node, index) => (index === 0 ? { ...node, container: 'stopped' as const } : node)),
};

/** The state with a service of node1 that is not well. */
function ill(state: ClusterState, service: string, detail: string): ClusterState {
  return {
    ...state,
    nodes: state.nodes.map((node) =>
      node.name === 'node1'
        ? {
            ...node,
            services: node.services.map((one) =>
              one.service === service ? { ...one, health: 'failed' as const, detail: verbatim(detail) } : one,
            ),
          }
        : node,
    ),
  };
}
const lagging = (megabytes: number): ClusterState => ill(WHOLE, 'patroni', `lags ${megabytes} MB`);

describe('the gate between two steps of a change', () => {
  it('lets the next one begin when the lab is whole and a client can write', async () => {
    const { gate, asked } = gateOf(new FakeObserver(WHOLE));
    await gate.pass(0);
    await gate.pass(0);
    expect(asked()).toBe(2);
  });

  it('stops a change that broke something, and says what', async () => {
    const observer = new FakeObserver(WHOLE);
    const { gate, told } = gateOf(observer);
    await gate.pass(0);
    observer.set(BROKEN);
    const missing = wholeness(BROKEN, LAB.cluster);
    await expect(gate.pass(0)).rejects.toMatchObject({ code: 'not-healthy', details: { missing } });
    expect(told).toEqual([missing]);
  });

  it('stops a change after which no client can write, though all is well', async () => {
    const { gate } = gateOf(new FakeObserver(WHOLE), [ACKNOWLEDGED, REFUSED]);
    await gate.pass(0);
    await expect(gate.pass(0)).rejects.toMatchObject({
      code: 'not-healthy',
      details: { missing: ['no client can write to PostgreSQL at h:1: no'] },
    });
  });

  it('does not refuse a lab that was broken before: the change may be what mends it', async () => {
    const { gate, asked } = gateOf(new FakeObserver(BROKEN));
    await gate.pass(0);
    await gate.pass(0);
    expect(asked()).toBe(2);
  });

  describe('in a lab that was broken before', () => {
    it('goes on while what was missing is told in other words', async () => {
      const observer = new FakeObserver(lagging(5));
      const { gate } = gateOf(observer);
      await gate.pass(0);
      observer.set(lagging(6));
      await expect(gate.pass(0)).resolves.toBeUndefined();
    });

    it('stops a change that breaks another service of the node', async () => {
      const observer = new FakeObserver(lagging(5));
      const { gate } = gateOf(observer);
      await gate.pass(0);
      observer.set(ill(lagging(5), 'redis', 'it is stopped'));
      await expect(gate.pass(0)).rejects.toMatchObject({
        code: 'not-healthy',
        details: { missing: ['node1: Redis is failed (it is stopped)'] },
      });
    });

    it('stops a change that breaks what it had mended', async () => {
      const observer = new FakeObserver(lagging(5));
      const { gate } = gateOf(observer);
      await gate.pass(0);
      observer.set(WHOLE);
      await gate.pass(0);
      observer.set(lagging(5));
      await expect(gate.pass(0)).rejects.toMatchObject({ code: 'not-healthy' });
    });

    it('stops a change after which a client cannot write that could before', async () => {
      const { gate } = gateOf(new FakeObserver(BROKEN), [ACKNOWLEDGED, REFUSED]);
      await gate.pass(0);
      await expect(gate.pass(0)).rejects.toMatchObject({ code: 'not-healthy' });
    });

    it('goes on where none could, until one can', async () => {
      const { gate } = gateOf(new FakeObserver(WHOLE), [REFUSED, REFUSED, ACKNOWLEDGED, REFUSED]);
      await gate.pass(0);
      await gate.pass(0);
      await gate.pass(0);
      await expect(gate.pass(0)).rejects.toMatchObject({ code: 'not-healthy' });
    });
  });

  describe('after a node was started for the change', () => {
    it('waits for it longer than for one that was broken before', async () => {
      const observer = new FakeObserver(BROKEN);
      const { gate } = gateOf(observer, [ACKNOWLEDGED], { again: NODE1 });
      setTimeout(() => observer.set(WHOLE), 120);
      await gate.pass(0);
      observer.set(BROKEN);
      await expect(gate.pass(0)).rejects.toMatchObject({ code: 'not-healthy' });
    });

    it('touches no other while it is not whole', async () => {
      const { gate } = gateOf(new FakeObserver(BROKEN), [ACKNOWLEDGED], { again: NODE1 });
      await expect(gate.pass(0)).rejects.toMatchObject({
        code: 'not-healthy',
        message: 'What this deployment started is not whole after 0 s: node1: the node is stopped',
      });
    });

    it('goes on when another node was broken before', async () => {
      const { gate } = gateOf(new FakeObserver(BROKEN), [ACKNOWLEDGED], { again: new Set(['node2']) });
      await expect(gate.pass(0)).resolves.toBeUndefined();
    });

    it('does not wait long for a stranger, whom the others admit by the very change', async () => {
      const observer = new FakeObserver(BROKEN);
      const { gate } = gateOf(observer, [ACKNOWLEDGED], { added: NODE1 });
      const began = performance.now();
      await gate.pass(0);
      expect(performance.now() - began).toBeLessThan(195);
    });
  });

  it('stops a change after which HAProxy sends nobody to a server any more, while others still serve', async () => {
    const judged = (taking: readonly string[], down: readonly string[]): ClusterState => ({
      ...WHOLE,
      nodes: WHOLE.nodes.map((node) => ({ ...node, servers: { taking, down } })),
    });
    const observer = new FakeObserver(judged(['gitlab/node1', 'gitlab/node2'], []));
    const { gate, told } = gateOf(observer);
    await gate.pass(0);
    await gate.pass(0);
    observer.set(judged(['gitlab/node2'], ['gitlab/node1']));
    const missing = ['HAProxy sends nobody to node1 of gitlab any more: its check fails'];
    await expect(gate.pass(0)).rejects.toMatchObject({ code: 'not-healthy', details: { missing } });
    expect(told).toEqual([missing]);
  });

  it('ends the wait when it is cancelled', async () => {
    const { gate } = gateOf(new FakeObserver(BROKEN));
    await expect(gate.pass(0, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  });
});
