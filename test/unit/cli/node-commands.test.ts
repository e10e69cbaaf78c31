import { describe, expect, test } from 'vitest';
import { TransportError } from '../../../src/transport/transport';
import { listening, run, world } from './cli';
import { settle } from './fake-context';

describe('exec', () => {
  test.each([0, 1, 42])('passes exit code %i and both outputs on', async (code) => {
    const { world: fake, labs } = world();
    labs.programs.set('id -u', { stdout: '0\n', stderr: 'warned\n', code });
    fake.stdin.end();
    expect(await run(fake, 'exec', 'node2', '--', 'id', '-u')).toBe(code);
    expect([fake.out, fake.err]).toEqual(['0\n', 'warned\n']);
    expect(labs.calls).toEqual(['node2: id -u']);
  });

  test('options after the node belong to the command, with or without --', async () => {
    const { world: fake, labs } = world();
    labs.programs.set('ls -n --name x', {});
    fake.stdin.end();
    expect(await run(fake, 'exec', 'node1', 'ls', '-n', '--name', 'x')).toBe(0);
    expect(labs.calls).toEqual(['node1: ls -n --name x']);
  });

  test('standard input reaches the command', async () => {
    const { world: fake, labs } = world();
    labs.programs.set('tr a-z A-Z', { shout: true });
    fake.stdin.end('select 1;\n');
    expect(await run(fake, 'exec', 'node1', '--', 'tr', 'a-z', 'A-Z')).toBe(0);
    expect(fake.out).toBe('SELECT 1;\n');
  });

  test('Ctrl-C ends the command with 130', async () => {
    const { world: fake, labs } = world();
    labs.programs.set('sleep 100', { forever: true });
    const code = run(fake, 'exec', '-n', 'node1', '--', 'sleep', '100');
    await listening(fake);
    fake.interrupt();
    expect(await code).toBe(130);
    expect(labs.commands[0]?.killed).toBe(true);
  });

  test('a second Ctrl-C is left to the program, which then ends at once', async () => {
    const { world: fake, labs } = world();
    labs.programs.set('sleep 100', { forever: true });
    const code = run(fake, 'exec', '-n', 'node1', '--', 'sleep', '100');
    await listening(fake);
    fake.interrupt();
    expect(fake.interrupts.size).toBe(0);
    expect(await code).toBe(130);
  });

  test('ends only once the command has ended on the node: nobody else would end it', async () => {
    const { world: fake, labs } = world();
    labs.programs.set('sleep 100', { forever: true });
    let ended = false;
    const code = run(fake, 'exec', '-n', 'node1', '--', 'sleep', '100').then(() => (ended = true));
    await listening(fake);
    const [command] = labs.commands;
    let dead: () => void = () => undefined;
    if (command) command.dying = new Promise((resolve) => (dead = resolve));
    fake.interrupt();
    await settle();
    expect([command?.killed, ended]).toEqual([true, false]);
    dead();
    await code;
    expect(ended).toBe(true);
  });

  test('a signal while the command is being started ends it as well', async () => {
    const { world: fake, labs } = world();
    let signal: AbortSignal | undefined;
    const reached = await labs.transport('sample', 'node1');
    labs.transport = async () => ({
      ...reached,
      spawn: (_command, options) =>
        new Promise((_resolve, reject) => {
          signal = options?.signal;
          signal?.addEventListener('abort', () => reject(new TransportError('aborted', 'node1', 'ended')));
        }),
    });
    const code = run(fake, 'exec', '-n', 'node1', '--', 'sleep', '100');
    await listening(fake);
    fake.interrupt();
    expect(await code).toBe(130);
    expect(signal?.aborted).toBe(true);
  });

  const RUNC = 'OCI runtime exec failed: exec failed: unable to start container process: exec: ';
  const MISSING = 'executable file not found in $PATH: unknown\r\n';

  test.each([
    [
      'nosuch',
      `"nosuch": ${MISSING}`,
      127,
      'There is no program nosuch on node1.',
      'See with gitlab-ha shell node1',
    ],
    [
      'gitlab-ctrl',
      `"gitlab-ctrl": ${MISSING}`,
      127,
      'There is no program gitlab-ctrl on node1.',
      'Did you mean gitlab-ctl?',
    ],
    [
      'ls / | wc',
      `"ls / | wc": stat ls / | wc: no such file or directory: unknown\r\n`,
      127,
      'There is no program ls / | wc on node1.',
      'Write its words apart, or give the whole line to a shell: gitlab-ha exec node1 -- bash -c "…".',
    ],
    [
      '/etc/passwd',
      '"/etc/passwd": permission denied: unknown\r\n',
      126,
      '/etc/passwd cannot be run on node1: permission denied.',
      'Look at it with gitlab-ha exec node1 -- ls -ld /etc/passwd.',
    ],
  ])('says that %s cannot be started, in words of its own', async (program, reason, code, said, remedy) => {
    const { world: fake, labs } = world();
    labs.programs.set(program, { complaint: RUNC + reason, code });
    expect(await run(fake, 'exec', '-n', 'node1', '--', program)).toBe(code);
    expect(fake.err).toContain(`error: ${said}\n  → ${remedy}`);
    expect(fake.err).not.toContain('OCI');
  });

  test.each([
    [
      'unable to find user nobody2: no matching entries in passwd file\r\n',
      'There is no user nobody2 on node1.',
      'See with gitlab-ha exec node1 -- getent passwd who is there, and name one of them behind -u.',
    ],
    [
      'OCI runtime exec failed: exec failed: cgroup is frozen\r\n',
      'id cannot be run on node1: OCI runtime exec failed: exec failed: cgroup is frozen.',
      'See with gitlab-ha shell node1 what is there.',
    ],
  ])('says why else nothing can be started: %s', async (complaint, said, remedy) => {
    const { world: fake, labs } = world();
    labs.programs.set('id', { complaint, code: 126 });
    expect(await run(fake, 'exec', '-n', '-u', 'nobody2', 'node1', '--', 'id')).toBe(126);
    expect(fake.err).toContain(`error: ${said}\n  → ${remedy}\n`);
    expect(fake.err).not.toContain('ls -ld');
  });

  test('a failure of our own is 125', async () => {
    const { world: fake, labs } = world();
    expect(await run(fake, 'exec', 'node9', '--', 'true')).toBe(125);
    expect(fake.err).toContain('It has node1, node2, node3, gateway.');
    labs.transport = async () =>
      Promise.reject(new TransportError('not-running', 'node1', 'node1 is stopped.'));
    expect(await run(fake, 'exec', 'node1', '--', 'true')).toBe(125);
    expect(fake.err).toContain('error: node1 is stopped.');
  });
});

describe('shell', () => {
  test('needs a terminal', async () => {
    const { world: fake } = world();
    expect(await run(fake, 'shell', 'node1')).toBe(2);
    expect(fake.err).toContain('gitlab-ha exec node1 -- COMMAND');
  });

  test('has our size, follows it, is raw while it runs and passes the exit code on', async () => {
    const { world: fake, labs } = world();
    fake.terminal(120, 50);
    const code = run(fake, 'shell', 'node3');
    await listening(fake);
    expect(fake.stdin.raw).toBe(true);
    fake.stdout.columns = 90;
    for (const listener of fake.resizes) listener();
    fake.stdin.write('exit 7\n');
    expect(await code).toBe(7);
    expect(labs.calls).toEqual(['node3: shell 120x50', 'node3: resize 90x50']);
    expect(fake.stdin.raw).toBe(false);
  });
});

describe('logs', () => {
  const files = { stdout: 'consul\npatroni\n' };

  test('prints the end of the log', async () => {
    const { world: fake, labs } = world();
    labs.programs.set('ls -1 /var/log/gitlab', files);
    labs.programs.set('tail -n 20 /var/log/gitlab/patroni/current', { stdout: 'I am the leader\n' });
    expect(await run(fake, 'logs', 'node1', 'patroni', '-n', '20')).toBe(0);
    expect(fake.out).toBe('I am the leader\n');
  });

  test('-f follows until Ctrl-C, which is no failure', async () => {
    const { world: fake, labs } = world();
    labs.programs.set('ls -1 /var/log/gitlab', files);
    labs.programs.set('tail -n 100 -F /var/log/gitlab/consul/current', { stdout: 'synced\n', forever: true });
    const code = run(fake, 'logs', 'node1', 'consul', '-f');
    await listening(fake);
    expect(fake.out).toBe('synced\n');
    fake.interrupt();
    expect(await code).toBe(0);
  });

  test('a service without a log is 7, with those that have one', async () => {
    const { world: fake, labs } = world();
    labs.programs.set('ls -1 /var/log/gitlab', files);
    expect(await run(fake, 'logs', 'node1', '../../etc/passwd')).toBe(7);
    expect(fake.err).toContain('It has consul, patroni.');
  });
});

describe('ca', () => {
  const command = 'cat /etc/gitlab/trusted-certs/lab-ca.crt';

  test('prints the certificate as a node has it, and nothing else', async () => {
    const { world: fake, labs } = world();
    labs.programs.set(command, { stdout: '-----BEGIN CERTIFICATE-----\n' });
    expect(await run(fake, 'ca')).toBe(0);
    expect([fake.out, fake.err]).toEqual(['-----BEGIN CERTIFICATE-----\n', '']);
    expect(labs.calls).toEqual([`node1: ${command}`]);
  });

  test('asks every node that runs, then says why there is none', async () => {
    const { world: fake, labs } = world();
    labs.programs.set(command, { code: 1, stderr: 'No such file or directory' });
    expect(await run(fake, 'ca')).not.toBe(0);
    expect(fake.out).toBe('');
    expect(fake.err).toContain('gives a certificate authority.');
    expect(labs.calls).toEqual(['node1', 'node2', 'node3'].map((node) => `${node}: ${command}`));
  });
});
