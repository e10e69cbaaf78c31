import { describe, expect, test } from 'vitest';
import type { Event } from '../../../src/observe/event';
import { LabError } from '../../../src/lab/lab-error';
import type { LabErrorCode } from '../../../src/lab/lab-error';
import { TransportError } from '../../../src/transport/transport';
import { listening, run, world } from './cli';
import { settle } from './fake-context';
import { healthyState, labInfo, pausedState, T0, unknownState } from './fixtures';

describe('arguments', () => {
  test.each([
    [['--help'], 0],
    [['up', '--help'], 0],
    [['--version'], 0],
    [[], 2],
    [['nonsense'], 2],
    [['up', '--timings', 'slow'], 2],
    [['up', '--name', 'Big Lab'], 2],
    [['status', '--wait', 'soon'], 2],
    [['exec', 'node1'], 2],
    [['exec', 'node1', '--'], 2],
    [['logs', 'node1', 'patroni', '-n', '-5'], 2],
    [['up', 'one', 'two'], 2],
  ])('%j ends with %i', async (argv, code) => {
    const { world: fake } = world();
    expect(await run(fake, ...argv)).toBe(code);
  });

  test('the version is the package’s', async () => {
    const { world: fake } = world();
    await run(fake, '--version');
    expect(fake.out).toBe('0.1.0\n');
  });

  test('a wrong value says what is right, on standard error', async () => {
    const { world: fake } = world();
    await run(fake, 'up', '--timings', 'slow');
    expect(fake.out).toBe('');
    expect(fake.err).toContain('Allowed choices are fast, production');
  });

  test('--docker-host reaches the engine', async () => {
    const { world: fake } = world();
    await run(fake, '--docker-host', 'tcp://lab:2375', 'list');
    expect(fake.dockerHosts).toEqual(['tcp://lab:2375']);
  });
});

describe('which lab', () => {
  test('none: 7, with the way to get one', async () => {
    const { world: fake } = world([]);
    expect(await run(fake, 'status')).toBe(7);
    expect(fake.err).toContain('Deploy one: gitlab-ha up');
  });

  test('several and no name: usage, and their names', async () => {
    const { world: fake } = world([labInfo(), labInfo({ name: 'other' })]);
    expect(await run(fake, 'status')).toBe(2);
    expect(fake.err).toContain('Several labs exist: sample, other.');
  });

  test('--name chooses', async () => {
    const { world: fake } = world([labInfo(), labInfo({ name: 'other' })]);
    expect(await run(fake, 'status', '--name', 'other')).toBe(0);
    expect(fake.out).toContain('Lab other: ok');
  });
});

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

describe('up', () => {
  const workspace = new Map([
    ['cluster.yaml', 'name: mine # ours\nlab: { timings: fast }\n'],
    ['nodes/node1/gitlab.rb', "roles ['consul_role']\n"],
  ]);

  test('deploys the folder, then prints the state and the next steps', async () => {
    const { world: fake, labs } = world();
    fake.workspaces.set('/home/me/ha', workspace);
    expect(await run(fake, 'up', 'ha')).toBe(0);
    expect([...(labs.deployed[0] ?? [])]).toEqual([...workspace]);
    expect(fake.out).toContain('Lab sample: ok');
    expect(fake.out).toContain('gitlab-ha down sample');
    expect(fake.err).toContain('Deployed (image 0.4 s, network 0.1 s)');
  });

  test('takes the current folder when it is a workspace, else the sample', async () => {
    const { world: fake, labs } = world();
    fake.workspaces.set('/package/lab/sample', new Map([['cluster.yaml', 'name: sample\n']]));
    await run(fake, 'up');
    fake.workspaces.set('/home/me', workspace);
    await run(fake, 'up');
    expect(labs.deployed.map((files) => files.get('cluster.yaml'))).toEqual([
      'name: sample\n',
      'name: mine # ours\nlab: { timings: fast }\n',
    ]);
  });

  test('--name and --timings win over cluster.yaml, in place', async () => {
    const { world: fake, labs } = world();
    fake.workspaces.set('/home/me', workspace);
    await run(fake, 'up', '--name', 'second', '--timings', 'production');
    expect(labs.deployed[0]?.get('cluster.yaml')).toBe('name: second # ours\nlab: { timings: production }\n');
  });

  test('a folder without cluster.yaml is a usage error', async () => {
    const { world: fake, labs } = world();
    expect(await run(fake, 'up', 'nowhere')).toBe(2);
    expect(fake.err).toContain('/home/me/nowhere has no cluster.yaml.');
    expect(labs.deployed).toEqual([]);
  });

  test('--json prints the result and nothing else on standard output', async () => {
    const { world: fake } = world();
    fake.workspaces.set('/home/me', workspace);
    await run(fake, 'up', '--json');
    expect(JSON.parse(fake.out)).toMatchObject({ unchanged: false, lab: { name: 'sample' } });
  });

  test('findings block with 3 and are printed', async () => {
    const { world: fake, labs } = world();
    fake.workspaces.set('/home/me', workspace);
    const range = { start: { line: 0, character: 6 }, end: { line: 0, character: 10 } };
    labs.deployment = async () => {
      throw new LabError('bad-workspace', 'Nothing was deployed.', 'Mend the findings.', {
        findings: [
          {
            code: 'CLU001',
            severity: 'error',
            file: 'cluster.yaml',
            range,
            message: 'Bad name.',
            remedy: 'Use a-z.',
          },
        ],
      });
    };
    expect(await run(fake, 'up')).toBe(3);
    expect(fake.err).toContain('cluster.yaml:1:7 error CLU001 Bad name.\n    → Use a-z.\n1 error\n');
    expect(fake.err).toContain(
      'error: The workspace has errors, so nothing was deployed.\n  → Mend them and try again.',
    );
  });

  test.each<[LabErrorCode, number]>([
    ['no-docker', 4],
    ['no-permission', 4],
    ['docker-too-old', 4],
    ['no-disk', 1],
    ['port-taken', 1],
    ['no-base-image', 1],
    ['busy', 6],
    ['not-healthy', 5],
    ['cancelled', 130],
  ])('%s ends with %i', async (code, expected) => {
    const { world: fake, labs } = world();
    fake.workspaces.set('/home/me', workspace);
    labs.deployment = async () => {
      throw new LabError(code, 'It failed.', 'Do this.');
    };
    expect(await run(fake, 'up')).toBe(expected);
    expect(fake.err).toContain('error: It failed.\n  → Do this.');
  });

  test('Ctrl-C aborts once; the second one is left to end the program', async () => {
    const { world: fake, labs } = world();
    fake.workspaces.set('/home/me', workspace);
    let aborted = 0;
    labs.deployment = ({ signal }) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => {
          aborted += 1;
          setImmediate(() => reject(new LabError('cancelled', 'The deploy was cancelled.', '')));
        });
      });
    const code = run(fake, 'up');
    await listening(fake);
    expect(fake.interrupts.size).toBe(1);
    fake.interrupt();
    expect(fake.interrupts.size).toBe(0);
    expect(await code).toBe(130);
    expect(aborted).toBe(1);
    expect(fake.err).toContain('Cancelling: removing what was created');
  });

  test('a failure shows the end of the log, progress a line per change', async () => {
    const { world: fake, labs } = world();
    fake.workspaces.set('/home/me', workspace);
    labs.deployment = async ({ onProgress, log }) => {
      onProgress?.({ step: 'network', message: 'creating', fraction: 0.1 });
      onProgress?.({ step: 'network', message: 'creating', fraction: 0.2 });
      log?.('create network: Pool overlaps');
      throw new LabError('subnet-clash', 'No network is free.', 'Remove some.');
    };
    expect(await run(fake, 'up')).toBe(1);
    expect(fake.err.split('network: creating')).toHaveLength(2);
    expect(fake.err).toContain('Last lines of the log:\n  create network: Pool overlaps');
  });

  test('piped, what a step waits for is told every five seconds, not at each change', async () => {
    const { world: fake, labs } = world();
    fake.workspaces.set('/home/me', workspace);
    const lab = labs.labs[0]!;
    labs.deployment = async ({ onProgress }) => {
      for (const node of ['node1', 'node2', 'node3']) {
        onProgress?.({ step: 'health', message: 'waiting', waitingFor: [`${node}: redis`], fraction: 0.9 });
        fake.advance(2_500);
      }
      onProgress?.({ step: 'health', message: 'everything is healthy', fraction: 1 });
      return { lab, unchanged: false, findings: [], durations: {} };
    };
    await run(fake, 'up');
    expect(fake.err.split('\n').slice(0, 3)).toEqual([
      '[0.0 s] health: waiting for node1: redis',
      '[5.0 s] health: waiting for node3: redis',
      '[7.5 s] health: everything is healthy',
    ]);
  });

  test('on a terminal finished steps stay and the running line is redrawn', async () => {
    const { world: fake, labs } = world();
    fake.terminal();
    fake.workspaces.set('/home/me', workspace);
    const lab = labs.labs[0]!;
    labs.deployment = async ({ onProgress }) => {
      onProgress?.({ step: 'image', message: 'present', fraction: 0.1 });
      fake.advance(1_000);
      onProgress?.({ step: 'network', message: 'creating', fraction: 0.2 });
      return { lab, unchanged: true, findings: [], durations: {} };
    };
    expect(await run(fake, 'up')).toBe(0);
    expect(fake.err).toContain('✓ Node image  1.0 s\n');
    expect(fake.err).toContain('\r\u001b[2K');
    expect(fake.err).toContain('Nothing to change');
    expect(fake.timers.size).toBe(0);
  });
});

describe('down', () => {
  test('destroys the only lab', async () => {
    const { world: fake, labs } = world();
    expect(await run(fake, 'down')).toBe(0);
    expect(labs.calls).toEqual(['destroy sample']);
    expect(fake.err).toContain('Nothing of lab sample is left.');
  });

  test('a lab that is gone already is fine', async () => {
    const { world: fake } = world();
    expect(await run(fake, 'down', 'other')).toBe(0);
    expect(fake.err).toContain('Nothing of lab other is left.');
  });
});

describe('watch', () => {
  const event: Event = {
    at: T0,
    kind: 'leader-changed',
    text: 'node1 leads, was node2',
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

  test('--json: one object per line, also on a terminal', async () => {
    const { world: fake, labs } = world();
    const code = run(fake.terminal(), 'watch', '--json');
    await listening(fake);
    labs.observers[0]?.record(event);
    fake.interrupt();
    await code;
    expect(JSON.parse(fake.out)).toEqual(event);
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

test('timings needs no Docker', async () => {
  const { world: fake } = world([]);
  expect(await run(fake, 'timings')).toBe(0);
  expect(fake.dockerHosts).toEqual([]);
  expect(fake.out).toContain('Patroni ttl');
});

test('list --json is what the service says', async () => {
  const { world: fake } = world();
  await run(fake, 'list', '--json');
  expect(JSON.parse(fake.out)).toEqual([labInfo()]);
});
