import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { acknowledgedInARow } from '../../../../src/drills/probe/acknowledged';
import { ProbeSession, verifyWrites } from '../../../../src/drills/probe/probe-session';
import type { ProbePath } from '../../../../src/drills/probe/write-attempt';
import type { LabError } from '../../../../src/lab/lab-error';
import type { NodeTransport } from '../../../../src/transport/transport';

interface Gateway extends NodeTransport {
  readonly commands: readonly (readonly string[])[];
  /** Lets the probe print an attempt. */
  say(seq: number, at: number, ok: boolean): void;
}

/** A gateway whose probe prints what the test says and whose `verify` answers with `answer`. */
function gateway(answer: { exitCode: number; stdout: string } = { exitCode: 0, stdout: '' }): Gateway {
  const commands: (readonly string[])[] = [];
  const stdout = new PassThrough();
  const unused = (): never => {
    throw new Error('the probe needs no terminal and no connection');
  };
  return {
    node: 'gateway',
    commands,
    say: (seq, at, ok) =>
      void stdout.write(
        `${JSON.stringify({ path: 'postgres', run: 'r', seq, at, ms: 5, ok, error: ok ? null : 'refused' })}\n`,
      ),
    exec: async (command) => {
      commands.push(command);
      return { ...answer, stderr: '' };
    },
    spawn: async (command) => {
      commands.push(command);
      let ended: (code: number) => void = () => undefined;
      const exit = new Promise<number>((resolve) => (ended = resolve));
      const kill = async (): Promise<void> => {
        stdout.end();
        ended(0);
      };
      return { stdout, stderr: new PassThrough(), stdin: new PassThrough(), exit, kill };
    },
    dial: unused,
    shell: unused,
  };
}

const present = (ranges: [number, number][], primary = true): { exitCode: number; stdout: string } => ({
  exitCode: 0,
  stdout: JSON.stringify({ path: 'postgres', run: 'r', count: 0, present: ranges, primary }),
});

describe('a probe that writes', () => {
  it('is started with its run, interval and timeout, and can be stopped twice', async () => {
    const node = gateway();
    const session = await ProbeSession.start(node, { path: 'postgres', run: 'r', intervalMs: 50 });
    expect(node.commands).toEqual([
      ['/opt/gitlab/lab/probe', 'write', '--run', 'r', '--interval', '50', '--timeout', '1000'],
    ]);
    expect(session.endedAt).toBeUndefined();
    await session.stop();
    const { endedAt } = session;
    await session.stop();
    expect(session.endedAt).toBe(endedAt);
  });

  it('waits for acknowledgements in a row, begun after a moment', async () => {
    const node = gateway();
    const session = await ProbeSession.start(node, { path: 'postgres', run: 'r' });
    let reached = false;
    const waiting = acknowledgedInARow(session, 2, 100, 5000).then(() => (reached = true));
    const told = [
      [1, 90, true],
      [2, 110, true],
      [3, 120, false],
      [4, 130, true],
    ] as const;
    for (const [seq, at, ok] of told) node.say(seq, at, ok);
    await expect.poll(() => session.attempts.length).toBe(4);
    expect(reached).toBe(false);
    node.say(5, 140, true);
    await waiting;
    await session.stop();
  });

  it.each<[ProbePath, string, string]>([
    [
      'postgres',
      'No write to PostgreSQL was acknowledged for 0 s; the last answer: refused',
      'HAProxy, PgBouncer, Patroni',
    ],
    [
      'web',
      'Page loads: none succeeded for 0 s; the last answer: refused',
      'HAProxy, nginx, Workhorse, Puma',
    ],
    ['git-ssh', 'SSH connections: none succeeded for 0 s; the last answer: refused', 'HAProxy, gitlab-sshd'],
    [
      'object',
      'No write to object storage was acknowledged for 0 s; the last answer: refused',
      'object-storage',
    ],
  ])(
    'on way %s it gives up with what the client was told last, and where to look',
    async (path, told, where) => {
      const node = gateway();
      const session = await ProbeSession.start(node, { path, run: 'r' });
      node.say(1, 10, false);
      const failure: unknown = await acknowledgedInARow(session, 1, 0, 50).catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: 'not-healthy', message: told });
      expect((failure as LabError).remedy).toBe(`Look at what it passes: ${where}`);
      await session.stop();
    },
  );
});

describe('what became of the writes', () => {
  async function written(node: Gateway): Promise<ProbeSession> {
    const session = await ProbeSession.start(node, { path: 'postgres', run: 'r' });
    node.say(1, 10, true);
    node.say(2, 20, false);
    node.say(3, 30, true);
    await expect.poll(() => session.attempts.length).toBe(3);
    await session.stop();
    return session;
  }

  it('is asked from the given server', async () => {
    const node = gateway(present([[1, 2]]));
    const session = await written(node);
    expect(await verifyWrites(node, session, { host: '172.30.0.12', port: 5433 })).toEqual({
      acknowledged: 2,
      lost: [3],
      unacknowledgedPresent: [2],
    });
    const verify = ['verify', '--path', 'postgres', '--run', 'r', '--timeout', '30000'];
    expect(node.commands.at(-1)).toEqual([
      '/opt/gitlab/lab/probe',
      ...verify,
      '--host',
      '172.30.0.12',
      '--port',
      '5433',
    ]);
  });

  it.each([
    ['a replica answers', present([[1, 3]], false)],
    ['nobody answers', { exitCode: 1, stdout: '{"error": "no answer in time"}' }],
  ])('is not concluded when %s', async (_case, answer) => {
    const node = gateway(answer);
    const session = await written(node);
    await expect(verifyWrites(node, session, { host: '172.30.0.12', port: 5432 })).rejects.toMatchObject({
      code: 'not-healthy',
    });
  });
});
