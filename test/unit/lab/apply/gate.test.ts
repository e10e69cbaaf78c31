import { describe, expect, it } from 'vitest';
import { Gate } from '../../../../src/lab/apply/gate';
import { wholeness } from '../../../../src/observe/wholeness';
import { FakeObserver } from '../../cli/fake-labs';
import { healthyState, labInfo } from '../../cli/fixtures';

const ACKNOWLEDGED = '{"path":"postgres","host":"h","port":1,"ok":true,"error":null}\n';
const LAB = labInfo();
const REFUSED = '{"path":"postgres","host":"h","port":1,"ok":false,"error":"no"}\n';

function gateOf(observer: FakeObserver, writes: readonly string[] = [ACKNOWLEDGED]) {
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
    onWaiting: (reasons) => told.push(reasons),
    patienceMs: 50,
    timeoutMs: 100,
  });
  return { gate, told, asked: () => asked };
}

const WHOLE = healthyState();
const BROKEN = {
  ...WHOLE,
  nodes: WHOLE.nodes.map((node, index) => (index === 0 ? { ...node, container: 'stopped' as const } : node)),
};

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
    expect(asked()).toBe(0);
  });

  it('ends the wait when it is cancelled', async () => {
    const { gate } = gateOf(new FakeObserver(BROKEN));
    await expect(gate.pass(0, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  });
});
