import { describe, expect, test } from 'vitest';
import { TransportError } from '../../../src/transport/transport';
import { listening, run, world } from './cli';
import { healthyState, labInfo, pausedState, unknownState } from './fixtures';

describe('status', () => {
  test('healthy is 0', async () => {
    const { world: fake, labs } = world();
    expect(await run(fake, 'status')).toBe(0);
    expect(fake.out).toContain('Whole     yes');
    expect(labs.observers[0]?.disposed).toBe(true);
  });

  test('whose services are all well, but no client can write, is not whole, says why, and is 5', async () => {
    const { world: fake, labs } = world();
    const told = {
      path: 'postgres',
      host: '172.30.7.100',
      port: 6432,
      ok: false,
      error: 'SASL failed',
      ms: 1,
    };
    labs.programs.set('/opt/gitlab/lab/probe check --run whole --timeout 5000', {
      stdout: `${JSON.stringify(told)}\n`,
      code: 1,
    });
    expect(await run(fake, 'status', '--json')).toBe(5);
    expect(JSON.parse(fake.out)).toMatchObject({
      whole: false,
      notWhole: ['no client can write to PostgreSQL at 172.30.7.100:6432: SASL failed'],
      state: { health: 'ok' },
    });
  });

  test('tells how long ago the lab was last deployed, not when it was made', async () => {
    const { world: fake, labs } = world();
    labs.updatedAt = fake.time - 5_000;
    await run(fake, 'status');
    expect(fake.out).toContain('Lab sample: ok, deployed 5 s ago');
  });

  test('not healthy is 5', async () => {
    const { world: fake } = world([labInfo()], pausedState());
    expect(await run(fake, 'status', '--json')).toBe(5);
    expect(JSON.parse(fake.out)).toMatchObject({ whole: false, state: { health: 'degraded' } });
  });

  test('Ctrl-C ends the write that tells whether a client is served', async () => {
    const { world: fake, labs } = world();
    const transport = labs.transport.bind(labs);
    labs.transport = async (lab, node) => ({
      ...(await transport(lab, node)),
      exec: (_command, options) =>
        new Promise((_, reject) => {
          const end = () => reject(new TransportError('aborted', node, 'ended'));
          options?.signal?.addEventListener('abort', end);
        }),
    });
    const code = run(fake, 'status');
    await listening(fake);
    fake.interrupt();
    expect(await code).toBe(130);
    expect([fake.out, fake.interrupts.size]).toEqual(['', 0]);
  });

  test('waits for the first picture, not longer than fifteen seconds', async () => {
    const { world: fake } = world([labInfo()], unknownState());
    const code = run(fake, 'status');
    await listening(fake);
    expect(fake.out).toBe('');
    fake.advance(15_000);
    expect(await code).toBe(5);
    expect(fake.out).toContain('Lab sample: unknown');
  });

  test('--wait ends as soon as the cluster is whole', async () => {
    const { world: fake, labs } = world([labInfo()], pausedState());
    const code = run(fake, 'status', '--wait', '60');
    await listening(fake);
    fake.advance(30_000);
    labs.observers[0]?.set(healthyState());
    expect(await code).toBe(0);
    expect(labs.observers[0]?.stateListeners.size).toBe(0);
    expect(fake.timers.size).toBe(0);
  });

  test('--wait gives up in the end', async () => {
    const { world: fake } = world([labInfo()], pausedState());
    const code = run(fake, 'status', '--wait', '60');
    await listening(fake);
    fake.advance(60_000);
    expect(await code).toBe(5);
  });
});
