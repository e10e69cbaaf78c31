import { verbatim } from '../../../src/words/message';
import { describe, expect, test } from 'vitest';
import { LabError } from '../../../src/lab/lab-error';
import type { LabErrorCode, LabErrorDetails } from '../../../src/lab/lab-error';
import type { Progress } from '../../../src/lab/lab-service';
import { listening, run, world } from './cli';

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

  test('--layers wins over cluster.yaml', async () => {
    const { world: fake, labs } = world();
    fake.workspaces.set('/home/me', workspace);
    await run(fake, 'up', '--layers', 'cache,database');
    expect(labs.deployed[0]?.get('cluster.yaml')).toBe(
      'name: mine # ours\nlab: { timings: fast, layers: [ database, cache ] }\n',
    );
  });

  test('--layers names layers only', async () => {
    const { world: fake, labs } = world();
    fake.workspaces.set('/home/me', workspace);
    expect(await run(fake, 'up', '--layers', 'cache,databse')).toBe(2);
    expect(fake.err).toContain(
      'layers by commas, of: coordination, database, cache, git, application, access, objects, observability',
    );
    expect(labs.deployed).toEqual([]);
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
      throw new LabError('bad-workspace', verbatim('Nothing was deployed.'), verbatim('Mend the findings.'), {
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
      throw new LabError(code, verbatim('It failed.'), verbatim('Do this.'));
    };
    expect(await run(fake, 'up')).toBe(expected);
    expect(fake.err).toContain('error: It failed.\n  → Do this.');
  });

  test.each<[string[], LabErrorDetails, boolean, string | undefined]>([
    [
      [],
      { newLab: 'removed' },
      false,
      'Everything of it was removed again; gitlab-ha up --keep-failed leaves it, for its logs.',
    ],
    [['--keep-failed'], { newLab: 'left' }, true, 'The lab stays as it is, see gitlab-ha status and logs'],
    [[], {}, false, undefined],
  ])('%j, not whole, %j: says what became of a new lab', async (options, details, keepFailed, said) => {
    const { world: fake, labs } = world();
    fake.workspaces.set('/home/me', workspace);
    const asked: unknown[] = [];
    labs.deployment = async (control) => {
      asked.push(control.keepFailed);
      throw new LabError('not-healthy', verbatim('It failed.'), verbatim('Do this.'), details);
    };
    expect(await run(fake, 'up', ...options)).toBe(5);
    expect(asked).toEqual([keepFailed]);
    if (said === undefined) expect(fake.err).not.toMatch(/removed again|stays/);
    else expect(fake.err).toContain(said);
  });

  test('what was seen of a lab that was removed is named with the way to remove it', async () => {
    const { world: fake, labs } = world();
    fake.workspaces.set('/home/me', workspace);
    labs.deployment = async () => {
      const recordings = { lab: 'gitlab-ha', folder: '/state/gitlab-ha/recordings' };
      const details: LabErrorDetails = { newLab: 'removed', recordings };
      throw new LabError('not-healthy', verbatim('It failed.'), verbatim('Do this.'), details);
    };
    await run(fake, 'up');
    expect(fake.err).toContain(
      '  What was seen of it stays in /state/gitlab-ha/recordings; gitlab-ha down gitlab-ha removes that too.\n',
    );
  });

  test.each<[string[], Progress['step'], boolean]>([
    [['--keep-failed'], 'health', true],
    [['--keep-failed'], 'apply', false],
    [['--keep-failed'], 'containers', false],
    [[], 'health', false],
  ])('Ctrl-C of %j at %s says what becomes of the lab', async (options, step, stays) => {
    const { world: fake, labs } = world();
    fake.workspaces.set('/home/me', workspace);
    labs.deployment = ({ signal, onProgress, keepFailed }) =>
      new Promise((_, reject) => {
        onProgress?.({ step, message: verbatim('at it'), fraction: 0 });
        // As the engine decides it.
        const left = keepFailed === true && step === 'health';
        const details: LabErrorDetails = { newLab: left ? 'left' : 'removed' };
        signal?.addEventListener('abort', () =>
          reject(new LabError('cancelled', verbatim('It was cancelled.'), verbatim(''), details)),
        );
      });
    const code = run(fake, 'up', ...options);
    await listening(fake);
    fake.interrupt();
    expect(await code).toBe(130);
    const told = [
      'Cancelling: the lab stays as it is (',
      'Cancelling: removing what was created (',
      'The lab stays as it is, see gitlab-ha status and logs',
    ].map((sentence) => fake.err.includes(sentence));
    expect(told).toEqual([stays, !stays, stays]);
  });

  test('Ctrl-C aborts once; the second one is left to end the program', async () => {
    const { world: fake, labs } = world();
    fake.workspaces.set('/home/me', workspace);
    let aborted = 0;
    labs.deployment = ({ signal }) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => {
          aborted += 1;
          setImmediate(() =>
            reject(new LabError('cancelled', verbatim('The deploy was cancelled.'), verbatim(''))),
          );
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

  test('Ctrl-C while a running lab is changed says that the lab stays', async () => {
    const { world: fake, labs } = world();
    fake.workspaces.set('/home/me', workspace);
    labs.deployment = ({ signal, onPlan }) =>
      new Promise((_, reject) => {
        onPlan?.({
          lab: 'gitlab-ha',
          runs: true,
          effects: [],
          leading: new Map(),
          operations: [],
          losses: [],
        });
        signal?.addEventListener('abort', () =>
          reject(new LabError('cancelled', verbatim('It was cancelled.'), verbatim(''))),
        );
      });
    const code = run(fake, 'up');
    await listening(fake);
    fake.interrupt();
    expect(await code).toBe(130);
    expect(fake.err).toContain('Cancelling: the lab stays; it is told which nodes have the change');
  });

  test('a failure shows the end of the log, progress a line per change', async () => {
    const { world: fake, labs } = world();
    fake.workspaces.set('/home/me', workspace);
    labs.deployment = async ({ onProgress, log }) => {
      onProgress?.({ step: 'network', message: verbatim('creating'), fraction: 0.1 });
      onProgress?.({ step: 'network', message: verbatim('creating'), fraction: 0.2 });
      log?.('create network: Pool overlaps');
      throw new LabError('subnet-clash', verbatim('No network is free.'), verbatim('Remove some.'));
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
        onProgress?.({
          step: 'health',
          message: verbatim('waiting'),
          waitingFor: [verbatim(`${node}: redis`)],
          fraction: 0.9,
        });
        fake.advance(2_500);
      }
      onProgress?.({ step: 'health', message: verbatim('everything is healthy'), fraction: 1 });
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
      onProgress?.({ step: 'image', message: verbatim('present'), fraction: 0.1 });
      fake.advance(1_000);
      onProgress?.({ step: 'network', message: verbatim('creating'), fraction: 0.2 });
      return { lab, unchanged: true, findings: [], durations: {} };
    };
    expect(await run(fake, 'up')).toBe(0);
    expect(fake.err).toContain('✓ Node image  1.0 s\n');
    expect(fake.err).toContain('\r\u001b[2K');
    expect(fake.err).toContain('Nothing to change');
    expect(fake.timers.size).toBe(0);
  });
});
