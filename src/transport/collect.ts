import type { ExecResult, RunningCommand } from './transport';

/** Waits for the end of a command, whose input is given and then closed. @throws what its `exit` rejects with */
export async function collect(running: RunningCommand, input: string | Buffer = ''): Promise<ExecResult> {
  running.stdin.end(input);
  const [stdout, stderr, exitCode] = await Promise.all([
    textOf(running.stdout),
    textOf(running.stderr),
    running.exit,
  ]);
  return { exitCode, stdout, stderr };
}

/** Decodes once at the end, so that no character is cut between two pieces. */
async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}
