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

  test('a lab that is gone already is fine', async () => {
    const { world: fake } = world();
    expect(await run(fake, 'down', 'other')).toBe(0);
    expect(fake.err).toContain('Nothing of lab other is left.');
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
