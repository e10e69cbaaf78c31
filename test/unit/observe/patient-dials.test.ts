import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { patientDials } from '../../../src/observe/patient-dials';
import type { NodeTransport } from '../../../src/transport/transport';

const REDIS = { host: '127.0.0.1', port: 6379 };

/** A node that notes what it is asked for. */
function noted() {
  const asked: unknown[] = [];
  const transport: NodeTransport = {
    node: 'node1',
    exec: (...given) => (asked.push(['exec', ...given]), Promise.reject(new Error('not needed'))),
    spawn: (...given) => (asked.push(['spawn', ...given]), Promise.reject(new Error('not needed'))),
    shell: (...given) => (asked.push(['shell', ...given]), Promise.reject(new Error('not needed'))),
    dial: (...given) => (asked.push(['dial', ...given]), Promise.resolve(new PassThrough())),
  };
  return { asked, transport };
}

describe('reaching the nodes of a cluster that was just started', () => {
  it('waits in the node for who does not listen yet, and after a minute no more', async () => {
    const { asked, transport } = noted();
    let now = 1_000;
    const reach = patientDials(
      () => transport,
      () => now,
    );
    const node = await reach('node1');
    const { signal } = new AbortController();
    await node.dial(REDIS, signal, { endTogether: true });
    now += 60_000;
    await node.dial(REDIS, signal, { endTogether: true });
    expect(asked).toEqual([
      ['dial', REDIS, signal, { endTogether: true, patienceMs: 5_000 }],
      ['dial', REDIS, signal, { endTogether: true }],
    ]);
  });

  it('leaves everything else as it is', async () => {
    const { asked, transport } = noted();
    const node = await patientDials(() => Promise.resolve(transport), Date.now)('node1');
    expect(node.node).toBe('node1');
    await expect(node.exec(['true'], { user: 'git' })).rejects.toThrow('not needed');
    await expect(node.spawn(['cat'], { env: {} })).rejects.toThrow('not needed');
    await expect(node.shell({ columns: 80, rows: 24 })).rejects.toThrow('not needed');
    expect(asked).toEqual([
      ['exec', ['true'], { user: 'git' }],
      ['spawn', ['cat'], { env: {} }],
      ['shell', { columns: 80, rows: 24 }],
    ]);
  });
});
