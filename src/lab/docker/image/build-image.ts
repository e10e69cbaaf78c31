import { capital, say } from '../../../words/message';
import type { Message } from '../../../words/message';
import { statfs } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { LabError } from '../../lab-error';
import { hasImage } from './base-image';
import type { BuildBases } from './base-image';
import { readBuildOutput } from './build-output';
import { readTextFile } from '../container-files';
import { DISK, dockerFailure, isAbort } from '../docker-errors';
import { recipeArchive } from './image-recipe';
import type { RecipeFile } from './image-recipe';
import { CORE_PROFILE } from '../../profiles/core/profile';
import { LABEL } from '../labels';
import type { Operation } from '../operation';
import { withTemporaryContainer } from './temporary-containers';

const KEPT_LINES = 25;
const LOW_DISK_BYTES = 256 * 1024 * 1024;

/** What an image of the lab's own is built from. */
export interface ImageRecipe {
  /** Its tag is a hash over the files: a changed recipe is a new image. */
  readonly reference: string;
  /** What it is called in messages: "the node image". */
  readonly title: Message;
  readonly files: readonly RecipeFile[];
}

/**
 * Builds an image unless it is there.
 * @param findBases what it is built from; asked only when it is built
 * @returns its reference
 * @throws LabError `image-build-failed` with the end of the build's output, `no-base-image`, `no-disk`, `cancelled`
 */
export async function ensureImage(
  operation: Operation,
  recipe: ImageRecipe,
  findBases: () => Promise<BuildBases>,
): Promise<string> {
  const { reference, files, title } = recipe;
  if (await hasImage(operation.docker, reference)) return reference;
  const bases = await findBases();
  const buildargs = { BASE: bases.base, ...bases.programs };
  operation.progress('image', say('building {0} from {1}', reference, bases.base), 0.2);
  const id = await build(operation, title, recipeArchive(files), { buildargs });
  const versions = await readVersions(operation.docker, id);
  operation.throwIfCancelled();
  // Docker reads a label's value between double quotes with backslashes, as JSON writes strings, and expands $.
  const value = JSON.stringify(JSON.stringify(versions)).replaceAll('$', '\\$');
  const dockerfile = Buffer.from(`FROM ${id}\nLABEL ${LABEL.versions}=${value}\n`);
  const label = recipeArchive([{ path: 'Dockerfile', content: dockerfile, mode: 0o644 }]);
  await build(operation, title, label, { t: reference });
  operation.log(`image: ${reference} is built: ${JSON.stringify(versions)}`);
  return reference;
}

async function build(
  operation: Operation,
  title: Message,
  context: Readable,
  options: Docker.ImageBuildOptions,
): Promise<string> {
  const kept: string[] = [];
  try {
    const stream = (await operation.docker.buildImage(context, {
      ...options,
      rm: true,
      forcerm: true,
      abortSignal: operation.signal,
    })) as Readable;
    return await followBuild(operation, title, stream, kept);
  } catch (error) {
    operation.throwIfCancelled();
    if (error instanceof LabError || isAbort(error)) throw error;
    if (await diskIsFull(operation.docker)) {
      throw new LabError('no-disk', say('The image could not be built: the disk is full.'), DISK, {
        cause: error,
      });
    }
    throw dockerFailure(say('build {0}', title), error);
  }
}

async function followBuild(
  operation: Operation,
  title: Message,
  stream: Readable,
  kept: string[],
): Promise<string> {
  let id: string | undefined;
  for await (const message of readBuildOutput(stream, operation.signal)) {
    switch (message.kind) {
      case 'step':
        operation.progress(
          'image',
          say('step {0}/{1}: {2}', message.number, message.of, message.text),
          0.2 + (0.8 * message.number) / (message.of + 1),
        );
        break;
      case 'line':
        kept.push(message.text);
        if (kept.length > KEPT_LINES) kept.shift();
        operation.log(`image: | ${message.text}`);
        break;
      case 'image':
        id = message.id;
        break;
      case 'error':
        throw await buildError(operation.docker, title, message.text, kept);
    }
  }
  operation.throwIfCancelled();
  if (id === undefined) throw await buildError(operation.docker, title, say('Docker named no image'), kept);
  return id;
}

async function buildError(
  docker: Docker,
  title: Message,
  why: Message | string,
  kept: readonly string[],
): Promise<LabError> {
  if (await diskIsFull(docker)) {
    return new LabError('no-disk', say('The image could not be built: the disk is full.'), DISK, {
      cause: new Error(String(why)),
    });
  }
  return new LabError(
    'image-build-failed',
    say('{0} could not be built: {1}\n{2}', capital(title), why, kept.join('\n')),
    say(
      'Most often the Debian mirror was not reachable: check the network (and proxy) of Docker, then deploy again.',
    ),
    { cause: new Error(String(why)) },
  );
}

/** Only for an engine on this machine: elsewhere its folder is not ours to look at. */
async function diskIsFull(docker: Docker): Promise<boolean> {
  try {
    const { DockerRootDir } = (await docker.info()) as { DockerRootDir: string };
    const { bavail, bsize } = await statfs(DockerRootDir);
    return bavail * bsize < LOW_DISK_BYTES;
  } catch {
    return false;
  }
}

/** Reads a file of an image through a container that is never started. */
async function readVersions(docker: Docker, image: string): Promise<Record<string, string>> {
  try {
    return await withTemporaryContainer(docker, { Image: image }, 'versions', async (container) => {
      const text = await readTextFile(container, CORE_PROFILE.versionsFile);
      return text === undefined ? {} : (JSON.parse(text) as Record<string, string>);
    });
  } catch (error) {
    throw dockerFailure(say('read the versions in the image'), error);
  }
}
