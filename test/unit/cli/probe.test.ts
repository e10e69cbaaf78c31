import { describe, expect, test } from 'vitest';
import { listening, run, world } from './cli';
import { applicationLab, labInfo, withoutAccess } from './fixtures';

const attempt = (seq: number, at: number, ok: boolean): string =>
  `${JSON.stringify({ path: 'postgres', run: 'r', seq, at, ms: 5, ok, error: ok ? null : 'refused' })}\n`;

const WRITES = [
  attempt(1, 1000, true),
  attempt(2, 1100, false),
  attempt(3, 2500, true),
  attempt(4, 2600, true),
].join('');

/** A lab whose probe says these writes, then runs on until it is ended; the leader has these rows. */
function probed(present: readonly (readonly number[])[], writes = WRITES) {
  const made = world();
  const { world: fake, labs } = made;
  const name = `probe-${fake.time}`;
  labs.programs.set(`/opt/gitlab/lab/probe write --run ${name} --interval 100 --timeout 1000`, {
    stdout: writes,
    forever: true,
  });
  labs.programs.set(
    `/opt/gitlab/lab/probe verify --path postgres --run ${name} --timeout 30000 --host 172.30.7.12 --port 5432`,
    { stdout: JSON.stringify({ path: 'postgres', run: name, count: 0, present, primary: true }) },
  );
  return made;
}

describe('probe', () => {
  test('writes until Ctrl-C, which is no failure, and tells outage and loss', async () => {
    const { world: fake, labs } = probed([[1, 4]]);
    const code = run(fake, 'probe');
    await listening(fake);
    fake.interrupt();
    expect(await code).toBe(0);
    expect(labs.commands[0]?.killed).toBe(true);
    expect(fake.out).toMatch(/^ {2}Writes +3 acknowledged, 1 failed$/m);
    expect(fake.out).toMatch(/^ {2}Interrupted +\S+, for 1\.5 s$/m);
    expect(fake.out).toMatch(/^ {2}Lost +0 of 3 acknowledged writes$/m);
    expect(fake.err).toMatch(/ served\n.* not served: refused\n.* served\n/);
  });

  test('a lost write is 5', async () => {
    const { world: fake } = probed([[1, 3]]);
    const code = run(fake, 'probe', '--json');
    await listening(fake);
    fake.interrupt();
    expect(await code).toBe(5);
    expect(JSON.parse(fake.out)).toMatchObject({
      path: 'postgres',
      acknowledged: 3,
      failed: 1,
      loss: { acknowledged: 3, lost: [4], unacknowledgedPresent: [2] },
    });
  });

  test('a client that is never served is 5', async () => {
    const { world: fake } = probed([], attempt(1, 1000, false));
    const code = run(fake, 'probe');
    await listening(fake);
    fake.interrupt();
    expect(await code).toBe(5);
    expect(fake.out).toMatch(/Writes +0 acknowledged, 1 failed/);
  });

  test.each([
    ['postgres', 'Writing through 172.30.7.100 every 200 ms; for 0 s.'],
    ['object', 'Writing through 172.30.7.100 every 200 ms; for 0 s.'],
    ['web', 'Page loads through 172.30.7.100 every 200 ms; for 0 s.'],
    ['git-ssh', 'SSH connections through 172.30.7.100 every 200 ms; for 0 s.'],
  ])('--path %s says what is done', async (path, said) => {
    const { world: fake } = world([applicationLab()]);
    await run(fake, 'probe', '--path', path, '--interval', '200', '--duration', '0');
    expect(fake.err.split('\n')[0]).toBe(said);
  });

  test('ends by itself after --duration', async () => {
    const { world: fake } = probed([[1, 4]]);
    expect(await run(fake, 'probe', '--duration', '0')).toBe(0);
  });

  test.each([
    [
      'commits without an application',
      labInfo(),
      'commit',
      'Lab sample runs no layer application, so no client goes the path commit there.',
      'The paths it has: postgres, redis',
    ],
    [
      'rows where nobody has the virtual address',
      withoutAccess(labInfo()),
      'postgres',
      'Lab sample runs no layer access, so no client goes the path postgres there.',
      'It has none. Deploy it with the layers that clients need: gitlab-ha up --layers database,access --name sample',
    ],
  ])('%s: the lab has no such path, and nothing is written', async (_what, lab, path, said, advice) => {
    const { world: fake, labs } = world([lab]);
    expect(await run(fake, 'probe', '--path', path, '--duration', '1')).toBe(2);
    expect(fake.err).toBe(`error: ${said}\n  → ${advice}\n`);
    expect([fake.out, labs.calls]).toEqual(['', []]);
  });

  test.each([
    ['--path', 'mysql'],
    ['--duration', 'soon'],
    ['--duration', ''],
    ['--interval', '-1'],
    ['--interval', '0'],
    ['--interval', '1e3'],
    ['--interval', '99999999999999999999'],
  ])('%s %s is wrong usage', async (...argv) => {
    const { world: fake } = world();
    expect(await run(fake, 'probe', ...argv)).toBe(2);
  });
});
