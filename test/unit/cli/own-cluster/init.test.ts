import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { runCli } from '../../../../src/cli/run';
import { world } from '../cli';
import type { FakeWorld } from '../fake-context';
import { calledAs } from '../../../../src/cli/called-as';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ha-init-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function run(fake: FakeWorld, ...argv: string[]): Promise<number> {
  const context = {
    ...fake.context,
    cwd: root,
    hasFile: (path: string) => Promise.resolve(existsSync(path)),
  };
  return runCli(context, ['init', ...argv], '0.1.0');
}

const cluster = (folder: string): string => readFileSync(join(root, folder, 'cluster.yaml'), 'utf8');

describe('gitlab-ha init', () => {
  test('writes the cluster of the options, and says what to do with it', async () => {
    const { world: fake } = world();
    const options = ['--nodes', 'gl1,gl2,gl3', '--subnet', '10.20.0.0/24', '--domain', 'git.example.com'];
    expect(await run(fake, 'prod', ...options)).toBe(0);
    expect(cluster('prod')).toContain('name: prod\ndomain: git.example.com\n');
    expect(cluster('prod')).toContain('  - { name: gl2, address: 10.20.0.12 }\n');
    expect(existsSync(join(root, 'prod', 'nodes', 'gl3', 'gitlab.rb'))).toBe(true);
    expect(fake.out).toContain(`Wrote 8 files to ${join(root, 'prod')}:\n  cluster.yaml\n`);
    expect(fake.out).toContain('Next:\n  gitlab-ha lint prod\n  gitlab-ha up prod\n');
  });

  test('overwrites nothing', async () => {
    const { world: fake } = world();
    expect(await run(fake, 'prod')).toBe(0);
    expect(await run(fake, 'prod', '--subnet', '10.20.0.0/24')).toBe(2);
    expect(cluster('prod')).toContain('172.30.0.11');
    expect(fake.err).toContain(`Nothing was written: ${join(root, 'prod')} already has cluster.yaml, `);
  });

  test.each([
    [['--vip', '10.9.9.9'], 'The VIP 10.9.9.9 is outside the subnet'],
    [['--subnet', 'here'], '"here" is no IPv4 network.'],
    [['--nodes', 'a,b'], 'The cluster has 2 nodes; three are needed for a majority.'],
    [['--gitlab-version', 'new'], 'gitlab_version "new" is not of the form major.minor.'],
  ])('%j is refused, and nothing is written', async (options, message) => {
    const { world: fake } = world();
    if (options[0] === '--vip') options.push('--subnet', '10.20.0.0/24');
    expect(await run(fake, 'prod', ...options)).toBe(2);
    expect(fake.err).toContain(message);
    expect(existsSync(join(root, 'prod'))).toBe(false);
  });

  test.each([
    [['--nodes', 'a,b,c', '--layers', 'roles'], 'needs 9 nodes; there are 3.', '--layers'],
    [['--nodes', 'a,b,c', '--vip', '10.9.9.9'], 'The VIP 10.9.9.9 is outside the subnet', '--vip'],
    [['--nodes', 'a,b', '--domain', 'git.example.com'], 'The cluster has 2 nodes', '--nodes'],
  ])('%j: of several options the one that is wrong is named', async (options, message, wrong) => {
    const { world: fake } = world();
    expect(await run(fake, 'prod', '--name', 'prod', ...options, '--subnet', '10.20.0.0/24')).toBe(2);
    expect(fake.err).toContain(message);
    expect(fake.err).toContain(`Give another ${wrong}.`);
  });

  test('options that fit only together are taken together', async () => {
    const { world: fake } = world();
    const addresses = ['--addresses', '10.9.0.1,10.9.0.2,10.9.0.3', '--vip', '10.9.0.9'];
    expect(await run(fake, 'prod', ...addresses)).toBe(0);
    expect(cluster('prod')).toContain('  subnet: 10.9.0.0/24\n  vip: 10.9.0.9\n');
  });

  test('on a terminal it asks; Enter takes what is offered, a wrong answer is asked again', async () => {
    const { world: fake } = world();
    const done = run(fake.terminal(), 'prod', '--domain', 'git.example.com');
    const answer = async (question: string, text: string): Promise<void> => {
      await vi.waitFor(() => expect(fake.err).toContain(question), { timeout: 5_000 });
      fake.stdin.write(`${text}\n`);
    };
    await answer('[prod]: ', '');
    await answer('[node1 node2 node3]: ', 'gl1 gl2');
    await answer('three are needed for a majority', 'gl1 gl2 gl3');
    await answer('[172.30.0.0/24]: ', '10.20.0.0/24');
    await answer('[10.20.0.11 10.20.0.12 10.20.0.13]: ', '');
    await answer('[10.20.0.100]: ', '10.20.0.50');
    await answer('[19.3]: ', '');
    await answer('[same]: ', '');
    expect(await done).toBe(0);
    expect(fake.err).not.toContain('Domain of GitLab');
    expect(cluster('prod')).toContain('  subnet: 10.20.0.0/24\n  vip: 10.20.0.50\n');
  });

  test('Ctrl-C writes nothing', async () => {
    const { world: fake } = world();
    const done = run(fake.terminal(), 'prod');
    await vi.waitFor(() => expect(fake.err).toContain('[prod]: '), { timeout: 5_000 });
    fake.stdin.write('\u0003');
    expect(await done).toBe(130);
    expect(existsSync(join(root, 'prod'))).toBe(false);
  });

  test('--yes asks nothing', async () => {
    const { world: fake } = world();
    expect(await run(fake.terminal(), '--yes', 'my cluster')).toBe(0);
    expect(cluster('my cluster')).toContain('name: my-cluster\n');
  });
});

describe('a folder that cannot be written', () => {
  test('is named with the reason, and nothing of the workspace stays', async () => {
    const { world: fake } = world();
    mkdirSync(join(root, 'half', 'nodes'), { recursive: true });
    writeFileSync(join(root, 'half', 'nodes', 'node2'), 'mine');
    expect(await run(fake, 'half')).toBe(1);
    expect(fake.err).toBe(
      `error: ${join(root, 'half', 'nodes', 'node2', 'gitlab.rb')} cannot be written: a part of the path is a file.\n  → Nothing was changed.\n`,
    );
    expect(readdirSync(join(root, 'half'), { recursive: true })).toEqual(['nodes', join('nodes', 'node2')]);
  });
});
test.each([
  ['/usr/local/bin/gitlab-ha', '/home/me', 'gitlab-ha'],
  ['/home/me/ha-lab/dist/cli.js', '/home/me/ha-lab', 'node dist/cli.js'],
  ['/home/me/ha-lab/dist/cli.js', '/home/me/prod', 'node /home/me/ha-lab/dist/cli.js'],
])('%s, in %s, is run again as %s', (script, cwd, expected) => {
  expect(calledAs(script, cwd)).toBe(expected);
});
