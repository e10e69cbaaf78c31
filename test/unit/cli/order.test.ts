import { describe, expect, test } from 'vitest';
import { listening, run, world } from './cli';
import { labInfo, pausedState, unknownState } from './fixtures';

const GATE = 'gateway: /opt/gitlab/lab/probe check --run whole --timeout 5000';

describe('node and service', () => {
  test.each<[string[], readonly string[], string]>([
    [['node', 'kill', 'node3'], [GATE, 'kill sample node3'], 'Kill node3: done.'],
    [['node', 'stop', 'node3'], [GATE, 'stop sample node3'], 'Stop node3: done.'],
    [['node', 'restart', 'node3'], [GATE, 'restart sample node3'], 'Restart node3: done.'],
    [['node', 'pause', 'node3'], [GATE, 'pause sample node3'], 'Pause node3: done.'],
    [['node', 'cut', 'node3'], [GATE, 'disconnect sample node3'], 'Cut node3 from the network: done.'],
    [['node', 'start', 'node3'], ['start sample node3'], 'Start node3: done.'],
    [['node', 'unpause', 'node3'], ['unpause sample node3'], 'Unpause node3: done.'],
    [['node', 'reconnect', 'node3'], ['connect sample node3'], 'Reconnect node3 to the network: done.'],
    [['service', 'stop', 'node3', 'redis'], [GATE, 'stop sample node3 redis'], 'Stop Redis on node3: done.'],
    [
      ['service', 'restart', 'node3', 'redis'],
      [GATE, 'restart sample node3 redis'],
      'Restart Redis on node3: done.',
    ],
    [['service', 'start', 'node3', 'redis'], ['start sample node3 redis'], 'Start Redis on node3: done.'],
  ])('%j', async (argv, calls, said) => {
    const { world: fake, labs } = world();
    expect(await run(fake, ...argv)).toBe(0);
    expect(labs.calls).toEqual(calls);
    expect(fake.out).toBe(`${said}\n`);
    expect([labs.observers[0]?.disposed, labs.holder, fake.interrupts.size]).toEqual([true, undefined, 0]);
  });

  test.each<[string[], string]>([
    [['node', 'kill', 'node3'], 'node dist/cli.js node start node3 sample'],
    [['node', 'pause', 'node3'], 'node dist/cli.js node unpause node3 sample'],
    [['node', 'cut', 'node3'], 'node dist/cli.js node reconnect node3 sample'],
    [['service', 'stop', 'node3', 'redis'], 'node dist/cli.js service start node3 redis sample'],
  ])('%j says how it is taken back', async (argv, command) => {
    const { world: fake } = world();
    fake.env['GITLAB_HA_COMMAND'] = 'node dist/cli.js';
    await run(fake, ...argv);
    expect(fake.err).toContain(`Take it back with: ${command}\n`);
  });

  test.each<[string[], number, string]>([
    [['node', 'stop', 'nod3'], 7, 'Did you mean node3?'],
    [['node', 'stop', 'gateway'], 7, 'There are node1, node2, node3.'],
    [['service', 'stop', 'node1', 'patron'], 7, 'Did you mean patroni?'],
    [['node', 'burn', 'node1'], 2, 'start, stop, restart, kill, pause, unpause, cut, reconnect'],
    [['switchover', 'haproxy'], 2, 'There are patroni, redis, keepalived.'],
    [['switchover', 'redis', '--to', 'node2'], 7, 'Nobody can choose the next Redis master.'],
    [['switchover', 'patroni', '--to', 'node3'], 7, 'Choose one of: node1.'],
  ])('%j ends with %i: %s', async (argv, code, said) => {
    const { world: fake, labs } = world();
    expect(await run(fake, ...argv)).toBe(code);
    expect(fake.err).toContain(said);
    expect(labs.calls.filter((call) => call !== GATE)).toEqual([]);
  });
});

describe('a lab that is not whole', () => {
  const DEEDS: readonly string[][] = [
    ['node', 'stop', 'node1'],
    ['node', 'restart', 'node1'],
    ['node', 'kill', 'node1'],
    ['service', 'stop', 'node1', 'haproxy'],
    ['fault', 'inject', 'kill-node'],
  ];

  test.each(DEEDS)('%s %s is refused: 5, with what is missing and what could be lost', async (...argv) => {
    const { world: fake, labs } = world([labInfo()], pausedState());
    expect(await run(fake, ...argv)).toBe(5);
    expect(fake.err).toMatch(/refused, lab sample is not whole: .*paused/);
    expect(fake.err).toContain('--anyway');
    expect(labs.calls).toEqual([]);
  });

  test.each(DEEDS)('%s %s --anyway is done', async (...argv) => {
    const { world: fake, labs } = world([labInfo()], pausedState());
    expect(await run(fake, ...argv, '--anyway')).toBe(0);
    expect(labs.calls).toHaveLength(1);
  });

  test('what could be lost is told', async () => {
    const { world: fake } = world([labInfo()], pausedState());
    await run(fake, 'node', 'stop', 'node1');
    expect(fake.err).toContain('node1 leads the database and no synchronous standby can take over');
  });
});

test.each([
  ['node', 'kill', 'node1', '--anyway'],
  ['node', 'start', 'node1'],
  ['service', 'stop', 'node1', 'redis', '--anyway'],
  ['switchover', 'patroni', '--anyway'],
])(
  'Ctrl-C while %s %s looks at the lab ends before anything is done: 130; a second one ends at once',
  async (...argv) => {
    const { world: fake, labs } = world([labInfo()], unknownState());
    const code = run(fake, ...argv);
    await listening(fake);
    fake.interrupt();
    expect(fake.interrupts.size).toBe(0);
    expect(await code).toBe(130);
    expect([labs.calls, labs.observers.map(({ disposed }) => disposed)]).toEqual([[], [true]]);
  },
);

test('--json has the order for programs', async () => {
  const { world: fake } = world();
  expect(await run(fake, 'node', 'kill', 'node3', '--json')).toBe(0);
  expect(JSON.parse(fake.out)).toEqual({
    order: { on: 'node', node: 'node3', action: 'kill' },
    at: fake.time,
    doneAt: fake.time,
  });
});
