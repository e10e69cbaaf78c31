import { describe, expect, test } from 'vitest';
import { run, world } from './cli';
import { labInfo } from './fixtures';

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

  test.each<[string, string, string]>([
    ['the one of the current folder', 'other', 'Lab other: ok'],
    ['none where that one does not run', 'prod', 'Several labs exist: sample, other.'],
  ])('several and no name: %s', async (_, name, told) => {
    const { world: fake } = world([labInfo(), labInfo({ name: 'other' })]);
    const nodes = [1, 2, 3].map((n) => `  - { name: gl${n}, address: 10.20.0.1${n} }\n`).join('');
    const text = `name: ${name}\nnetwork: { subnet: 10.20.0.0/24, vip: 10.20.0.100 }\nnodes:\n${nodes}`;
    fake.workspaces.set(fake.cwd, new Map([['cluster.yaml', text]]));
    await run(fake, 'status');
    expect(fake.out + fake.err).toContain(told);
  });

  test('--name chooses', async () => {
    const { world: fake } = world([labInfo(), labInfo({ name: 'other' })]);
    expect(await run(fake, 'status', '--name', 'other')).toBe(0);
    expect(fake.out).toContain('Lab other: ok');
  });
});

describe('down', () => {
  test('destroys the only lab', async () => {
    const { world: fake, labs } = world();
    expect(await run(fake, 'down')).toBe(0);
    expect(labs.calls).toEqual(['destroy sample']);
    expect(fake.err).toContain('Nothing of lab sample is left.');
  });

  test('a lab of which there is nothing is 7, and nothing is said to be gone', async () => {
    const { world: fake } = world();
    expect(await run(fake, 'down', 'other')).toBe(7);
    expect(fake.err).toBe('error: There is no lab other.\n  → Deploy it.\n');
  });

  test('what a crash has left of a lab is removed by its name', async () => {
    const { world: fake, labs } = world();
    labs.leftovers.add('crashed');
    expect(await run(fake, 'down', '--name', 'crashed')).toBe(0);
    expect(fake.err).toContain('Nothing of lab crashed is left.');
  });
});

test('timings needs no Docker', async () => {
  const { world: fake } = world([]);
  expect(await run(fake, 'timings')).toBe(0);
  expect(fake.dockerHosts).toEqual([]);
  expect(fake.out).toContain('Patroni ttl');
});

test('list --json has the labs without what only Docker needs', async () => {
  const { world: fake } = world();
  await run(fake, 'list', '--json');
  const [lab] = JSON.parse(fake.out) as Record<string, unknown>[];
  expect(lab).toMatchObject({ name: 'sample', phase: 'running', gateway: 'running', vip: '172.30.7.100' });
  expect(lab?.['nodes']).toContainEqual(
    expect.objectContaining({ name: 'node2', address: '172.30.7.12', state: 'running' }),
  );
  expect(fake.out).not.toMatch(/-id"|containers|layers|sources/);
});
