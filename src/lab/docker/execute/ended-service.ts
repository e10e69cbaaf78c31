import { say } from '../../../words/message';
import type Docker from 'dockerode';
import { LabError } from '../../lab-error';
import type { LabInfo } from '../../lab-service';

/** What it said last tells why. */
const TOLD_LINES = 30;
/** Docker puts a header before each piece of a log: the stream, three zeros, the length. */
const HEADER_BYTES = 8;

type Machine = LabInfo['containers'][number];

/**
 * Does work that waits for a lab, unless a machine outside the nodes ends meanwhile: such a one ends by itself when its
 * service cannot start, and nobody need wait any longer.
 * @param work gets a signal that also says so
 * @throws LabError `not-healthy` with the end of the machine's log; whatever `work` rejects with
 */
export async function unlessServiceEnds<T>(
  docker: Docker,
  { containers }: Pick<LabInfo, 'containers'>,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const machines = containers.filter(({ role }) => role === 'service');
  if (machines.length === 0) return work(signal);
  const over = new AbortController();
  const failed = new AbortController();
  const watching = Promise.all(
    machines.map(async (machine) => {
      const error = await whyEnded(docker, machine, over.signal);
      if (error) failed.abort(error);
    }),
  );
  try {
    return await work(AbortSignal.any([signal, failed.signal]));
  } catch (error) {
    throw failed.signal.aborted ? failed.signal.reason : error;
  } finally {
    over.abort();
    await watching;
  }
}

/** Undefined when the signal came first, or nobody can tell. */
async function whyEnded(
  docker: Docker,
  { id, node }: Machine,
  signal: AbortSignal,
): Promise<LabError | undefined> {
  const container = docker.getContainer(id);
  try {
    const { StatusCode } = (await container.wait({ condition: 'not-running', abortSignal: signal })) as {
      readonly StatusCode: number;
    };
    if (signal.aborted) return undefined;
    const log = await container.logs({ stdout: true, stderr: true, tail: TOLD_LINES });
    const said = logText(log).trim();
    return new LabError(
      'not-healthy',
      said === ''
        ? say('{0} ended with code {1} and said nothing', node, StatusCode)
        : say('{0} ended with code {1}:\n{2}', node, StatusCode, said),
      say('What it says above is why; deploy again when that is mended.'),
      { missing: [say('{0}: it ended', node)] },
    );
  } catch {
    return undefined; // Without its word the wait for the lab tells what is missing.
  }
}

/** The words of a log without Docker's headers. */
export function logText(log: Buffer): string {
  const pieces: Buffer[] = [];
  for (let at = 0; at + HEADER_BYTES <= log.length;) {
    const end = at + HEADER_BYTES + log.readUInt32BE(at + 4);
    pieces.push(log.subarray(at + HEADER_BYTES, end));
    at = end;
  }
  return Buffer.concat(pieces).toString('utf8');
}
