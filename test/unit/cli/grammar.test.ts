import { describe, expect, test } from 'vitest';
import { run, world } from './cli';
import { applicationLab, labInfo } from './fixtures';

const OTHER = labInfo({ name: 'other' });

describe('help', () => {
  test.each([
    [['help'], /^Usage: gitlab-ha \[options\] \[command\]/],
    [['help', 'up'], /^Usage: gitlab-ha up \[options\] \[workspace\]/],
    [['help', 'fault', 'inject'], /^Usage: gitlab-ha fault inject \[options\] <fault> \[lab\]/],
    [['help', 'help'], /^Usage: gitlab-ha help/],
  ])('%j prints the same as --help', async (argv, expected) => {
    const { world: fake } = world();
    expect(await run(fake, ...argv)).toBe(0);
    expect(fake.out).toMatch(expected);
    const { world: other } = world();
    await run(other, ...argv.slice(1), '--help');
    expect(fake.out).toBe(other.out);
  });

  test.each([
    [['help', 'stauts'], 'There is no command stauts.', 'Did you mean "status"?'],
    [['help', 'fault', 'injekt'], 'There is no command fault injekt.', 'Did you mean "inject"?'],
    [['help', 'up', 'down'], 'There is no command up down.', 'See gitlab-ha help up.'],
  ])('%j is wrong usage and names what is close', async (argv, message, remedy) => {
    const { world: fake } = world();
    expect(await run(fake, ...argv)).toBe(2);
    expect(fake.err).toBe(`error: ${message}\n  → ${remedy}\n`);
  });

  test.each([
    [['node'], 'gitlab-ha node'],
    [['fault', 'measure'], 'gitlab-ha fault measure'],
    [['rename', 'gl3'], 'gitlab-ha rename'],
    [['status', '--jsno'], 'gitlab-ha status'],
  ])('what is wrong with %j leads to its own help', async (argv, called) => {
    const { world: fake } = world();
    expect(await run(fake, ...argv)).toBe(2);
    expect(fake.err).toMatch(new RegExp(`\\(${called} --help shows what there is\\)\n$`));
  });

  test('every command says what it does', async () => {
    const { world: fake } = world();
    await run(fake, 'help');
    const names = [...fake.out.matchAll(/^ {2}([a-z][a-z-]*) /gm)].map(([, name = '']) => name);
    expect(names.length).toBeGreaterThan(20);
    for (const name of names) {
      const { world: other } = world();
      await run(other, name, '--help');
      expect(other.out, name).toMatch(/^Usage: .*\n\n\p{Lu}(?!rguments:|ptions:)/u);
    }
  });

  test('commands stand with those for the same', async () => {
    const { world: fake } = world();
    await run(fake, 'help');
    const groups = fake.out
      .split('\n\n')
      .map((part) => [
        part.slice(0, part.indexOf('\n')),
        ...[...part.matchAll(/^ {2}([a-z][a-z-]*) /gm)].map(([, name = '']) => name),
      ]);
    expect(groups.filter((group) => group.length > 1)).toEqual([
      ['Files of a cluster:', 'init', 'rename', 'add-node', 'remove-node', 'lint', 'rules', 'explain'],
      ['Labs:', 'up', 'plan', 'down', 'prune', 'list', 'status', 'watch', 'login', 'clone', 'ca'],
      ['Nodes and services:', 'exec', 'shell', 'logs', 'node', 'service', 'switchover'],
      ['Faults, and what clients feel:', 'fault', 'probe'],
      ['More:', 'timings', 'doctor', 'lsp', 'completion', 'help'],
    ]);
  });

  test('what shells ask for is not listed', async () => {
    const { world: fake } = world();
    await run(fake, 'help');
    expect(fake.out).not.toContain('_complete');
  });
});

describe('the lab', () => {
  test.each([
    ['status', 'other'],
    ['status', '--name', 'other'],
    ['status', '--name=other', 'other'],
    ['status', 'other', '--json'],
    ['fault', 'heal', 'other'],
    ['down', 'other'],
    ['down', '--name', 'other'],
  ])('is named alike: %s %s %s', async (...argv) => {
    const { world: fake } = world([labInfo(), OTHER]);
    expect(await run(fake, ...argv.filter((word) => word !== undefined))).toBe(0);
    expect(fake.err).not.toContain('Several labs');
  });

  test.each(['status', 'watch', 'down', 'probe'])(
    '%s with two different names is wrong usage',
    async (command) => {
      const { world: fake } = world([labInfo(), OTHER]);
      expect(await run(fake, command, 'other', '--name', 'sample')).toBe(2);
      expect(fake.err).toContain('Two labs are named: other and sample.');
    },
  );

  test.each(['status', 'watch', 'down'])('%s takes no name that no lab can have', async (command) => {
    const { world: fake, labs } = world();
    expect(await run(fake, command, '../../x')).toBe(2);
    expect(labs.calls).toEqual([]);
  });
});

describe('options of exec', () => {
  const ours = (...argv: string[]) => {
    const { world: fake, labs } = world([labInfo(), OTHER]);
    labs.programs.set('id -u', { stdout: '0\n' });
    fake.stdin.end();
    return { fake, labs, code: run(fake, 'exec', ...argv) };
  };

  test.each([
    [['--name', 'other', 'node1', '--', 'id', '-u']],
    [['node1', '--name', 'other', '--', 'id', '-u']],
    [['node1', '--name=other', 'id', '-u']],
    [['-n', 'node1', '--name', 'other', '-u', 'git', '--', 'id', '-u']],
    [['node1', '-n', '--name', 'other', 'id', '-u']],
    [['node1', '--docker-host', 'tcp://lab:2375', '--name', 'other', '--', 'id', '-u']],
  ])('%j runs id -u', async (argv) => {
    const { labs, code } = ours(...argv);
    expect(await code).toBe(0);
    expect(labs.calls).toEqual(['node1: id -u']);
  });

  test('--docker-host stands after the command as well', async () => {
    const { fake, code } = ours(
      'node1',
      '--docker-host',
      'tcp://lab:2375',
      '--name',
      'other',
      '--',
      'id',
      '-u',
    );
    await code;
    expect(fake.dockerHosts).toEqual(['tcp://lab:2375']);
  });

  test.each([
    [['node1', '--nmae', 'other', '--', 'id'], "unknown option '--nmae'"],
    [['node1', '--name', 'Big Lab', '--', 'id'], "argument 'Big Lab' is invalid"],
    [['node1', '--name', 'other'], "missing required argument 'command'"],
  ])('%j is wrong usage', async (argv, message) => {
    const { fake, labs, code } = ours(...argv);
    expect(await code).toBe(2);
    expect(fake.err).toContain(message);
    expect(labs.calls).toEqual([]);
  });

  test('--help after the node is the help', async () => {
    const { fake, code } = ours('node1', '--help');
    expect(await code).toBe(0);
    expect(fake.out).toMatch(/^Usage: gitlab-ha exec/);
  });
});

describe('a program that belongs to a service', () => {
  test.each([
    [
      'gitlab-rake',
      'node3',
      'gitlab-rake belongs to Puma, which node3 does not run.',
      'It is on node1, node2.',
    ],
    [
      '/opt/gitlab/bin/praefect',
      'node1',
      '/opt/gitlab/bin/praefect belongs to Praefect, which node1 does not run.',
      'Lab sample does not run it anywhere: its layer is git.',
    ],
    [
      'gitlab-psql',
      'gateway',
      'gitlab-psql belongs to PostgreSQL, which gateway does not run.',
      'It is on node1, node2, node3.',
    ],
    [
      'gitlab-redis-cli',
      'gateway',
      'gitlab-redis-cli belongs to Redis, which gateway does not run.',
      'It is on node1, node2, node3.',
    ],
  ])('%s on %s is not started', async (program, node, said, remedy) => {
    const lab = applicationLab();
    const { application } = lab.cluster.layers;
    const layers = { ...lab.cluster.layers, application: { ...application, nodes: ['node1', 'node2'] } };
    const { world: fake } = world([{ ...lab, cluster: { ...lab.cluster, layers } }]);
    fake.stdin.end();
    expect(await run(fake, 'exec', node, '--', program)).toBe(125);
    expect(fake.err).toContain(said);
    expect(fake.err).toContain(remedy);
  });

  test('is started where the service runs', async () => {
    const { world: fake, labs } = world([applicationLab()]);
    labs.programs.set('gitlab-rake -T', { stdout: 'rake gitlab:check\n' });
    fake.stdin.end();
    expect(await run(fake, 'exec', 'node1', '--', 'gitlab-rake', '-T')).toBe(0);
    expect(fake.out).toBe('rake gitlab:check\n');
  });
});

describe('near misses', () => {
  test.each([
    [['stauts'], 'Did you mean status?'],
    [['status', '--jsno'], 'Did you mean --json?'],
    [['exec', 'ndoe1', '--', 'true'], 'Did you mean "node1"? It has node1, node2, node3, gateway.'],
    [['fault', 'inject', 'kill-nod'], 'Did you mean kill-node?'],
    [['explain', 'HAP013x'], 'Did you mean HAP013?'],
  ])('%j: %s', async (argv, expected) => {
    const { world: fake } = world();
    expect(await run(fake, ...argv)).not.toBe(0);
    expect(fake.err).toContain(expected);
  });

  test('the log of a service', async () => {
    const { world: fake, labs } = world();
    labs.programs.set('ls -1 /var/log/gitlab', { stdout: 'consul\npatroni\n' });
    expect(await run(fake, 'logs', 'node1', 'patrony')).toBe(7);
    expect(fake.err).toContain('Did you mean "patroni"? It has consul, patroni.');
  });
});
