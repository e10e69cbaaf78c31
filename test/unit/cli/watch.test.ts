import { verbatim } from '../../../src/words/message';
import { describe, expect, test } from 'vitest';
import type { Event } from '../../../src/observe/event';
import { listening, run, world } from './cli';
import { settle } from './fake-context';
import type { FakeWorld } from './fake-context';
import { healthyState, labInfo, pausedState, T0, unknownState } from './fixtures';

describe('watch', () => {
  const event: Event = {
    at: T0,
    kind: 'leader-changed',
    text: verbatim('node1 leads, was node2'),
    from: 'node2',
    to: 'node1',
  };

  test('piped: a line per event', async () => {
    const { world: fake, labs } = world();
    const code = run(fake, 'watch');
    await listening(fake);
    labs.observers[0]?.record(event);
    fake.interrupt();
    expect(await code).toBe(0);
    expect(fake.out).toMatch(/^\d\d:\d\d:\d\d\.000 leader-changed node1 leads, was node2\n$/);
    expect(labs.observers[0]?.disposed).toBe(true);
    expect(labs.observers[0]?.eventListeners.size).toBe(0);
  });

  test.each([
    ['piped', (fake: FakeWorld) => fake],
    ['on a terminal', (fake: FakeWorld) => fake.terminal(120, 50)],
  ])('%s: ends when its lab is gone, and not when another one is', async (_where, on) => {
    const other = labInfo({ name: 'other' });
    const { world: fake, labs } = world([labInfo(), other]);
    const code = run(on(fake), 'watch', 'sample');
    await listening(fake);
    labs.change([labInfo()]);
    await settle();
    expect([labs.observers[0]?.disposed, labs.changeListeners.size]).toEqual([false, 1]);
    labs.change([other]);
    expect(await code).toBe(7);
    expect(fake.err).toContain('Lab sample is gone: there is nothing to watch any more.\n');
    expect([labs.observers[0]?.disposed, labs.changeListeners.size, fake.interrupts.size]).toEqual([
      true,
      0,
      0,
    ]);
  });

  test('goes on while the engine cannot be asked for its labs', async () => {
    const { world: fake, labs } = world();
    const code = run(fake, 'watch');
    await listening(fake);
    labs.list = async () => Promise.reject(new Error('no engine'));
    labs.change([]);
    await settle();
    fake.interrupt();
    expect(await code).toBe(0);
    expect(fake.err).not.toContain('gone');
  });

  test('each event after its cause tells how long after it came', async () => {
    const { world: fake, labs } = world();
    const code = run(fake, 'watch');
    await listening(fake);
    const told = [
      [0, 'node-down', 'node1 is stopped'],
      [3_800, 'vip-moved', 'Holder of the VIP moved from node1 to node2'],
      [5_700, 'leader-changed', 'Database leader moved from node1 to node2'],
      [90_000, 'node-up', 'node1 runs again'],
    ] as const;
    for (const [after, kind, text] of told)
      labs.observers[0]?.record({ at: T0 + after, kind, text: verbatim(text) });
    await settle();
    fake.interrupt();
    expect(await code).toBe(0);
    const lines = fake.out.trimEnd().split('\n');
    expect(lines.map((line) => line.replace(/^\S+ /, ''))).toEqual([
      'node-down node1 is stopped',
      'vip-moved Holder of the VIP moved from node1 to node2 +3.8 s',
      'leader-changed Database leader moved from node1 to node2 +5.7 s',
      'node-up node1 runs again',
    ]);
  });

  test('--json: one object per line, also on a terminal', async () => {
    const { world: fake, labs } = world();
    const code = run(fake.terminal(), 'watch', '--json');
    await listening(fake);
    labs.observers[0]?.record(event);
    fake.interrupt();
    await code;
    const [snapshot, ...events] = fake.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(snapshot).toEqual({
      at: fake.time,
      kind: 'snapshot',
      text: 'the cluster is whole',
      whole: true,
      notWhole: [],
      state: healthyState(),
    });
    expect(events).toEqual([event]);
  });

  test('--json: what happens before the first picture is complete follows it', async () => {
    const { world: fake, labs } = world([labInfo()], unknownState());
    const code = run(fake, 'watch', '--json');
    await listening(fake);
    labs.observers[0]?.record(event);
    await settle();
    expect(fake.out).toBe('');
    labs.observers[0]?.set(pausedState());
    labs.observers[0]?.set(healthyState());
    fake.interrupt();
    await code;
    const lines = fake.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Event);
    expect(lines.map(({ kind }) => kind)).toEqual(['snapshot', 'leader-changed']);
    expect(lines[0]).toMatchObject({ whole: false, state: { health: 'degraded' } });
  });

  test('--json: a picture that never gets complete is given after fifteen seconds', async () => {
    const { world: fake } = world([labInfo()], unknownState());
    const code = run(fake, 'watch', '--json');
    await listening(fake);
    fake.advance(15_000);
    fake.interrupt();
    await code;
    expect(JSON.parse(fake.out)).toMatchObject({
      kind: 'snapshot',
      whole: false,
      state: { health: 'unknown' },
    });
    expect(fake.timers.size).toBe(0);
  });

  test('terminal: redraws on changes, q ends and restores the terminal', async () => {
    const { world: fake, labs } = world();
    const code = run(fake.terminal(120, 50), 'watch');
    await listening(fake);
    labs.observers[0]?.record(event);
    fake.advance(50);
    expect(fake.out).toContain('node1 leads, was node2');
    expect(fake.out.startsWith('\u001b[?1049h')).toBe(true);
    fake.stdin.write('q');
    expect(await code).toBe(0);
    await settle();
    expect(fake.out.endsWith('\u001b[?1049l')).toBe(true);
    expect(fake.stdin.raw).toBe(false);
    expect(fake.timers.size).toBe(0);
  });

  test('many events within a moment are one redraw', async () => {
    const { world: fake, labs } = world();
    const code = run(fake.terminal(), 'watch');
    await listening(fake);
    for (let count = 0; count < 20; count += 1) labs.observers[0]?.record(event);
    fake.advance(50);
    expect(fake.out.split('\u001b[H')).toHaveLength(2);
    fake.stdin.write('\u0003');
    await code;
  });
});
