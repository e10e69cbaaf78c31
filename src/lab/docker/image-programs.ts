import { PassThrough } from 'node:stream';
import type Docker from 'dockerode';
import type { OperationControl } from '../lab-service';
import {
  checkArguments,
  FILE_NAMES,
  type ProgramRunner,
  type RawVerdict,
  type RealProgram,
} from '../verify/real-program';
import { putArchive } from './container-files';
import { dockerFailure } from './docker-errors';
import { LABEL } from './labels';
import { ensureNodeImage } from './node-image';
import { Operation } from './operation';

const FOLDER = '/tmp';
const PLACE = "in the lab's image";
const MEMORY_BYTES = 256 * 1024 * 1024;

/**
 * Runs the programs of the lab's image, each time in a container of its own: without network, without capabilities, and
 * gone afterwards. The image is built when it is not there.
 */
export function imagePrograms(docker: Docker, imageDir: string, control: OperationControl): ProgramRunner {
  return {
    async judge(program, text, signal): Promise<RawVerdict> {
      const both = { ...control, ...(signal === undefined ? {} : { signal }) };
      const operation = new Operation(docker, both, { image: [0, 1] });
      try {
        const image = await ensureNodeImage(operation, imageDir);
        operation.throwIfCancelled();
        const banner = await runOnce(docker, image, [program, '-v'], undefined);
        const file = `${FOLDER}/${FILE_NAMES[program]}`;
        const ended = await runOnce(docker, image, [program, ...checkArguments(program, file)], {
          path: file,
          text,
        });
        const [first = ''] = banner.output.split('\n');
        return { program, banner: first, place: PLACE, ...ended };
      } catch (error) {
        throw dockerFailure(`check the file with ${program}`, error);
      }
    },
  };
}

/** What a file is called inside, and holds. */
interface Given {
  readonly path: string;
  readonly text: string;
}

async function runOnce(
  docker: Docker,
  image: string,
  command: readonly [RealProgram, ...string[]],
  file: Given | undefined,
): Promise<{ readonly exitCode: number; readonly output: string }> {
  const [program, ...parameters] = command;
  const container = await docker.createContainer({
    Image: image,
    Entrypoint: [program],
    Cmd: parameters,
    Labels: { [LABEL.role]: 'check' },
    HostConfig: {
      // Removed by the engine: nothing is left, also when this process is killed meanwhile.
      AutoRemove: true,
      NetworkMode: 'none',
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      Memory: MEMORY_BYTES,
      PidsLimit: 64,
    },
  });
  try {
    if (file !== undefined)
      await putArchive(container, [{ path: file.path, content: file.text, mode: 0o644, uid: 0, gid: 0 }]);
    const output = collect(docker, await container.attach({ stream: true, stdout: true, stderr: true }));
    const ended = container.wait({ condition: 'next-exit' }) as Promise<{ StatusCode: number }>;
    await container.start();
    return { exitCode: (await ended).StatusCode, output: await output };
  } catch (error) {
    await container.remove({ force: true }).catch(() => undefined);
    throw error;
  }
}

/** Both outputs of a container until it ends, in the order they come. */
async function collect(docker: Docker, stream: NodeJS.ReadWriteStream): Promise<string> {
  const joined = new PassThrough();
  const pieces: Buffer[] = [];
  joined.on('data', (piece: Buffer) => pieces.push(piece));
  const ended = new Promise<void>((resolve, reject) => {
    stream.once('end', resolve);
    stream.once('error', reject);
  });
  docker.modem.demuxStream(stream, joined, joined);
  await ended;
  return Buffer.concat(pieces).toString('utf8');
}
