import { describe, expect, it } from 'vitest';
import { DockerTransport } from '../../../../src/transport/docker/docker-transport';
import type { ExecState } from './fake-container';
import { connection, ended, fakeContainer, frame } from './fake-container';

const MISSING = 'OCI runtime exec failed: exec: "nosuch": executable file not found in $PATH: unknown\r\n';
const STARTING: ExecState = { Running: true, ExitCode: null, Pid: 0 };

interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** Runs a command whose connection brings these bytes, cut as given, and whose state is told as given. */
async function run(
  chunks: readonly Buffer[],
  states: readonly ExecState[],
  aside: ExecState = ended(1),
): Promise<Ran> {
  const { client, engine } = await connection();
  client.setNoDelay();
  engine.setNoDelay();
  const result = new DockerTransport('node1', fakeContainer(client, states, aside)).exec(['nosuch']);
  for (const chunk of chunks) {
    engine.write(chunk);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  engine.end();
  return result;
}

describe('a command that could not be started', () => {
  const complaint = frame('stdout', MISSING);

  it('is told on standard error, with 127 when there is no such program', async () => {
    const never = ended(126, 0);
    expect(await run([complaint], [never])).toEqual({ stdout: '', stderr: MISSING, exitCode: 127 });
  });

  it('keeps 126 when the program is there and cannot be run', async () => {
    expect(await run([complaint], [ended(126, 0)], ended(0))).toMatchObject({ stdout: '', exitCode: 126 });
  });

  it('keeps 126 when the container has nothing to look for the program with', async () => {
    expect(await run([complaint], [ended(126, 0)], ended(126, 0))).toMatchObject({ exitCode: 126 });
  });

  it.each([1, 8, 20])('is recognised when its words come in two pieces, cut at byte %i', async (at) => {
    const pieces = [complaint.subarray(0, at), complaint.subarray(at)];
    expect(await run(pieces, [ended(126, 0)])).toEqual({ stdout: '', stderr: MISSING, exitCode: 127 });
  });

  it.each([
    ['its words are known apart', [ended(126, 0)], MISSING],
    ['no words of a command that ran are', [ended(0)], undefined],
  ])('%s', async (_case, states, expected) => {
    const { client, engine } = await connection();
    const running = await new DockerTransport('node1', fakeContainer(client, states)).spawn(['nosuch']);
    engine.end(complaint);
    let known: string | undefined;
    running.stderr.once('data', () => (known = running.complaint?.()));
    running.stdout.resume();
    await running.exit;
    expect([running.complaint?.(), known]).toEqual([expected, expected]);
  });

  it('is waited for while Docker does not yet know', async () => {
    expect(await run([complaint], [STARTING, STARTING, ended(126, 0)])).toMatchObject({ stderr: MISSING });
  });
});

describe('a command that ran', () => {
  it('keeps its output when that begins like a complaint', async () => {
    const chunks = [frame('stdout', 'PONG\r\n'), frame('stderr', 'warning\n'), frame('stdout', 'more')];
    const states = [STARTING, { Running: true, ExitCode: null, Pid: 99 }, ended(3)];
    expect(await run(chunks, states)).toEqual({ stdout: 'PONG\r\nmore', stderr: 'warning\n', exitCode: 3 });
  });

  it('keeps its output when all of it comes at once', async () => {
    const all = Buffer.concat([frame('stdout', 'a\r\n'), frame('stdout', 'b\r\n'), frame('stderr', 'c')]);
    expect(await run([all], [ended(0)])).toEqual({ stdout: 'a\r\nb\r\n', stderr: 'c', exitCode: 0 });
  });

  it('may end with 126 or 127 of itself', async () => {
    expect(await run([frame('stdout', 'x\r\n')], [ended(127)], ended(0))).toMatchObject({ exitCode: 127 });
    expect(await run([frame('stderr', 'x')], [ended(126)])).toMatchObject({ exitCode: 126 });
  });

  it('passes output longer than any complaint without asking', async () => {
    const long = `${'x'.repeat(100_000)}\r\n`;
    expect(await run([frame('stdout', long)], [ended(0)])).toEqual({ stdout: long, stderr: '', exitCode: 0 });
  });
});
