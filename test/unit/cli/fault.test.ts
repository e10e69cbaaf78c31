import { describe, expect, test } from 'vitest';
import { FAULTS, faultsOf } from '../../../src/drills/faults/fault';
import { listening, run, world } from './cli';
import { healthyState, labInfo, pausedState, unknownState, withoutAccess } from './fixtures';

const GATE = 'gateway: /opt/gitlab/lab/probe check --run whole --timeout 5000';

describe('fault list', () => {
  test.each([[['fault']], [['fault', 'list']]])(
    '%j shows every fault where there is no lab',
    async (argv) => {
      const { world: fake } = world([]);
      expect(await run(fake, ...argv)).toBe(0);
      expect(fake.out).toMatch(/^FAULT +AIMED AT +WHAT IT DOES$/m);
      for (const { id } of FAULTS) expect(fake.out).toMatch(new RegExp(`^${id} `, 'm'));
    },
  );

  test.each([[['fault']], [['fault', 'list', 'sample']], [['fault', 'list', '--name', 'sample']]])(
    '%j shows those that make sense in the lab',
    async (argv) => {
      const { world: fake } = world();
      expect(await run(fake, ...argv)).toBe(0);
      const shown = FAULTS.map(({ id }) => id).filter((id) => new RegExp(`^${id} `, 'm').test(fake.out));
      expect(shown).toEqual(faultsOf(labInfo().cluster).map(({ id }) => id));
      expect(shown).not.toContain('kill-etcd');
    },
  );

  test('of a lab that is not there is refused', async () => {
    const { world: fake } = world();
    expect(await run(fake, 'fault', 'list', 'other')).toBe(7);
  });

  test('fits 80 columns: what a fault does goes on below itself', async () => {
    const { world: fake } = world();
    fake.env['COLUMNS'] = '80';
    await run(fake, 'fault', 'list');
    expect(fake.out.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(fake.out.replaceAll(/\s+/g, ' ')).toContain(FAULTS[0]?.description);
  });

  test('--json has them for programs', async () => {
    const { world: fake } = world();
    expect(await run(fake, 'fault', 'list', '--json')).toBe(0);
    expect(JSON.parse(fake.out)).toHaveLength(faultsOf(labInfo().cluster).length);
    expect((JSON.parse(fake.out) as unknown[])[0]).toEqual({
      id: 'kill-postgres',
      title: 'Kill PostgreSQL of the leader',
      description: FAULTS[0]?.description,
      aim: 'database-leader',
      healsItself: true,
    });
  });
});

describe('fault inject', () => {
  test('breaks the node it is aimed at, after the gate, and says how to take it back', async () => {
    const { world: fake, labs } = world();
    expect(await run(fake, 'fault', 'inject', 'kill-node')).toBe(0);
    expect(labs.calls).toEqual([GATE, 'kill sample node2']);
    expect(fake.out).toBe('Kill the node: done to node2.\n');
    expect(fake.err).toContain('Take it back with: gitlab-ha fault heal sample\n');
    expect([labs.observers[0]?.disposed, labs.holder, fake.interrupts.size]).toEqual([true, undefined, 0]);
  });

  test.each([
    [['fault', 'inject', 'kill-node', '--node', 'node1']],
    [['fault', 'inject', 'kill-redis']],
    [['node', 'kill', 'node1']],
  ])('%j says first what could be lost, also by a whole lab', async (argv) => {
    const { world: fake } = world();
    expect(await run(fake, ...argv)).toBe(0);
    expect(fake.err).toContain(
      'What could be lost:\n  - node1 is the Redis master. Redis replicates asynchronously and, as in the package, keeps no log',
    );
  });

  test('says nothing where nothing can be lost', async () => {
    const { world: fake } = world();
    expect(await run(fake, 'fault', 'inject', 'kill-node')).toBe(0);
    expect(await run(fake, 'service', 'stop', 'node3', 'redis')).toBe(0);
    expect(fake.err).not.toContain('What could be lost');
  });

  test('breaks the node that is named', async () => {
    const { world: fake, labs } = world();
    expect(await run(fake, 'fault', 'inject', 'pause-node', '--node', 'node3', '--json')).toBe(0);
    expect(labs.calls).toEqual([GATE, 'pause sample node3']);
    expect(JSON.parse(fake.out)).toEqual({
      fault: 'pause-node',
      node: 'node3',
      at: fake.time,
      doneAt: fake.time,
      healsItself: false,
    });
  });

  test('of what the lab does not run is refused, with what it lacks', async () => {
    const { world: fake, labs } = world();
    expect(await run(fake, 'fault', 'inject', 'kill-etcd', '--node', 'node1')).toBe(7);
    expect(fake.err).toContain('"Kill the etcd leader" makes no sense in lab sample: it runs no etcd.');
    expect(labs.calls).toEqual([GATE]);
  });

  test.each<[string[], number, string]>([
    [['kill-nod'], 2, 'Did you mean kill-node?'],
    [['burn'], 2, 'There are kill-postgres, kill-node,'],
    [['kill-node', '--node', 'node9'], 7, 'has no node node9'],
    [['kill-node', '--node', 'gateway'], 7, 'has no node gateway'],
  ])('%j ends with %i: %s', async (argv, code, said) => {
    const { world: fake, labs } = world();
    expect(await run(fake, 'fault', 'inject', ...argv)).toBe(code);
    expect(fake.err).toContain(said);
    expect(labs.calls.filter((call) => call !== GATE)).toEqual([]);
  });

  test('a cluster that is not whole is left alone: 5, with what is missing', async () => {
    const { world: fake, labs } = world([labInfo()], pausedState());
    expect(await run(fake, 'fault', 'inject', 'kill-redis')).toBe(5);
    expect(fake.err).toMatch(/refused, lab sample is not whole: .*paused/);
    expect(labs.calls).toEqual([]);
  });

  test.each(['inject', 'measure'])(
    '%s while somebody else works on the lab: 6, with who',
    async (command) => {
      const { world: fake, labs } = world();
      labs.holder = 'process 4711 has been working on it (deploy)';
      expect(await run(fake, 'fault', command, 'kill-node')).toBe(6);
      expect(fake.err).toContain('process 4711 has been working on it (deploy)');
      expect(labs.calls).toEqual([]);
    },
  );
});

test('measure where clients have no way in: 2, and nothing is done', async () => {
  const { world: fake, labs } = world([withoutAccess(labInfo())]);
  expect(await run(fake, 'fault', 'measure', 'kill-node')).toBe(2);
  expect(fake.err).toContain('Lab sample runs no layer access, so no client goes the path postgres there.');
  expect(labs.calls).toEqual([]);
});

describe('Ctrl-C', () => {
  test.each([['inject', 'kill-node'], ['measure', 'kill-node'], ['heal']])(
    'while %s looks at the lab ends before anything is done: 130',
    async (...command) => {
      const { world: fake, labs } = world([labInfo()], unknownState());
      const code = run(fake, 'fault', ...command);
      await listening(fake);
      fake.interrupt();
      expect(await code).toBe(130);
      expect([labs.calls, labs.observers.map(({ disposed }) => disposed)]).toEqual([[], [true]]);
    },
  );
});

describe('fault heal', () => {
  test('thaws, starts and connects what shows in the state', async () => {
    const { world: fake, labs } = world([labInfo()], pausedState());
    expect(await run(fake, 'fault', 'heal')).toBe(0);
    const [call] = labs.calls;
    expect(labs.calls).toHaveLength(1);
    expect(call).toMatch(/^unpause sample node\d$/);
    expect(fake.out).toMatch(/^node\d: unpause\n$/);
  });

  test('has nothing to do in a whole cluster, which is no failure', async () => {
    const { world: fake, labs } = world([labInfo()], healthyState());
    expect(await run(fake, 'fault', 'heal')).toBe(0);
    expect([fake.out, labs.calls]).toEqual(['Nothing to heal.\n', []]);
  });
});
