import { say } from '../../../words/message';
import { randomBytes } from 'node:crypto';
import { PassThrough } from 'node:stream';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type Docker from 'dockerode';
import { DEFAULT_HAPROXY_VERSION } from '../../../languages/haproxy/schema/version';
import { Authority } from '../../certificates/authority';
import { namedCertificates } from '../../certificates/named-certificates';
import { LabError } from '../../lab-error';
import type { OperationControl } from '../../lab-service';
import { checkArguments, FILE_NAMES } from '../../verify/real-program';
import type { ProgramRunner, RawVerdict, RealProgram } from '../../verify/real-program';
import { putArchive } from '../container-files';
import { dockerFailure } from '../docker-errors';
import { withImageLock } from './image-lock';
import { ensureNodeImage } from './node-image';
import { Operation } from '../operation';
import { sweepTemporaryContainers, withTemporaryContainer } from './temporary-containers';

const FOLDER = '/tmp';
const PLACE = say("in the lab's image");
const MEMORY_BYTES = 256 * 1024 * 1024;
/** A check of a file of some hundred lines takes milliseconds; host names that do not resolve take seconds. */
const LIMIT_MS = 30_000;

export interface ImageProgramsParts {
  readonly docker: Docker;
  readonly imageDir: string;
  readonly stateDir: string;
  /** How long a program may take, milliseconds. */
  readonly limitMs?: number;
}

/**
 * Runs the programs of the lab's image, each time in a container of its own: without network, without capabilities, and
 * gone afterwards. The image is built when it is not there, by one process at a time.
 */
export function imagePrograms(parts: ImageProgramsParts, control: OperationControl): ProgramRunner {
  const { docker, imageDir, stateDir, limitMs = LIMIT_MS } = parts;
  return {
    async judge(program, text, signal): Promise<RawVerdict> {
      const both = { ...control, ...(signal === undefined ? {} : { signal }) };
      const operation = new Operation(docker, both, { image: [0, 1] });
      try {
        await sweepTemporaryContainers(docker);
        const image = await withImageLock(stateDir, operation, () => ensureNodeImage(operation, imageDir));
        const run = (parameters: readonly string[], files: readonly Given[] = []): Promise<Ended> =>
          runOnce({ operation, image, limitMs }, [program, ...parameters], files);
        const banner = await run(['-v']);
        const path = `${FOLDER}/${FILE_NAMES[program]}`;
        const ended = await run(checkArguments(program, path), [{ path, text }, ...certificatesOf(text)]);
        const [first = ''] = banner.output.split('\n');
        return { program, banner: first, place: PLACE, ...ended };
      } catch (error) {
        operation.throwIfCancelled();
        throw dockerFailure(say('check the file with {0}', program), error);
      }
    },
  };
}

/** What a file is called inside, and holds. */
interface Given {
  readonly path: string;
  readonly text: string;
}

interface Ended {
  readonly exitCode: number;
  readonly output: string;
}

/** Certificates that the file names and a lab would make, so that only what is written in it is judged. */
function certificatesOf(text: string): readonly Given[] {
  const { certificates, authorities } = namedCertificates(text, DEFAULT_HAPROXY_VERSION);
  if (certificates.length + authorities.length === 0) return [];
  const authority = new Authority(randomBytes(32).toString('hex'), 'check');
  const { certificate, key } = authority.issue({ id: 'check', names: ['localhost'], at: Date.now() });
  return [
    ...certificates.map((path) => ({ path, text: certificate + key })),
    ...authorities.map((path) => ({ path, text: authority.certificate })),
  ];
}

async function runOnce(
  place: { readonly operation: Operation; readonly image: string; readonly limitMs: number },
  command: readonly [RealProgram, ...string[]],
  files: readonly Given[],
): Promise<Ended> {
  const { operation, image, limitMs } = place;
  const { docker } = operation;
  const limit = AbortSignal.timeout(limitMs);
  const signal = AbortSignal.any([operation.signal, limit]);
  return withTemporaryContainer(docker, containerOf(image, command), 'check', async (container) => {
    try {
      if (files.length > 0) {
        const put = files.map(({ path, text }) => ({ path, content: text, mode: 0o644, uid: 0, gid: 0 }));
        await putArchive(container, put);
      }
      signal.throwIfAborted();
      return await follow(docker, container, signal);
    } catch (error) {
      operation.throwIfCancelled();
      throw limit.aborted ? tooLong(command[0], limitMs, error) : error;
    }
  });
}

function containerOf(
  image: string,
  [program, ...parameters]: readonly [RealProgram, ...string[]],
): Docker.ContainerCreateOptions {
  return {
    Image: image,
    Entrypoint: [program],
    Cmd: parameters,
    HostConfig: {
      NetworkMode: 'none',
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      Memory: MEMORY_BYTES,
      PidsLimit: 64,
    },
  };
}

/** Starts a container and waits until it ends. @throws the signal's reason, or what the engine says */
async function follow(docker: Docker, container: Docker.Container, signal: AbortSignal): Promise<Ended> {
  const stream = (await container.attach({
    stream: true,
    stdout: true,
    stderr: true,
    abortSignal: signal,
  })) as unknown as Readable;
  try {
    const [output] = await Promise.all([
      collect(docker, stream, signal),
      container.start({ abortSignal: signal }),
    ]);
    const { StatusCode } = (await container.wait({ abortSignal: signal })) as { StatusCode: number };
    return { exitCode: StatusCode, output };
  } finally {
    stream.on('error', () => undefined).destroy();
  }
}

/** Both outputs of a container until it ends, in the order they come. */
async function collect(docker: Docker, stream: Readable, signal: AbortSignal): Promise<string> {
  const joined = new PassThrough();
  const pieces: Buffer[] = [];
  joined.on('data', (piece: Buffer) => pieces.push(piece));
  docker.modem.demuxStream(stream, joined, joined);
  await finished(stream, { signal, writable: false });
  await finished(joined.end());
  return Buffer.concat(pieces).toString('utf8');
}

function tooLong(program: string, limitMs: number, cause: unknown): LabError {
  return new LabError(
    'no-program',
    say('{0} has not judged the file within {1} s.', program, limitMs / 1000),
    say('Try again when the machine is less busy; host names in the file may be slow to resolve.'),
    { cause },
  );
}
