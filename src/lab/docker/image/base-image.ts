import { say } from '../../../words/message';
import { execFile } from 'node:child_process';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import type Docker from 'dockerode';
import { deployedServices } from '../../../services/registry';
import { LabError } from '../../lab-error';
import { readBuildOutput } from './build-output';
import { consumeOutput } from './process-group';
import { isGone, reasonOf } from '../docker-errors';
import type { Operation } from '../operation';

export const OFFICIAL_BASE = 'debian:trixie-slim';
export const OWN_BASE = { repo: 'gitlab-ha-lab/base', tag: 'trixie' };
/** Until a registry says its first word, and between two words. Milliseconds. */
const FIRST_ANSWER_MS = 10_000;
const STALL_MS = 60_000;

export interface BuildBases {
  readonly base: string;
  /** Images that programs are taken from, by the build argument for each; of those absent Debian's package is taken. */
  readonly programs: Readonly<Record<string, string>>;
}

/**
 * What the node image is built from: Debian from the registry, or made here by mmdebstrap; single programs from the
 * registry, or left to Debian's packages.
 * @throws LabError `no-base-image` or `cancelled`
 */
export async function findBases(operation: Operation): Promise<BuildBases> {
  const { docker } = operation;
  const own = `${OWN_BASE.repo}:${OWN_BASE.tag}`;
  const fromRegistry = (reference: string): Promise<boolean> => obtain(operation, reference);
  const fromHere = (reference: string): Promise<boolean> => hasImage(docker, reference);
  if (await hasImage(docker, OFFICIAL_BASE))
    return { base: OFFICIAL_BASE, programs: await programImages(fromRegistry) };
  if (await hasImage(docker, own)) return { base: own, programs: await programImages(fromHere) };
  if (await obtain(operation, OFFICIAL_BASE))
    return { base: OFFICIAL_BASE, programs: await programImages(fromRegistry) };
  // No registry for Debian means none for programs either: do not wait for it a second time.
  await makeBase(operation);
  return { base: own, programs: await programImages(fromHere) };
}

/** The images of the services' programs that can be had, by build argument. */
async function programImages(
  isThere: (reference: string) => Promise<boolean>,
): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for (const { argument, reference } of deployedServices().flatMap(({ programImage }) => programImage ?? []))
    if (await isThere(reference)) found[argument] = reference;
  return found;
}

/** True when the engine has the image. */
export async function hasImage(docker: Docker, reference: string): Promise<boolean> {
  try {
    await docker.getImage(reference).inspect();
    return true;
  } catch (error) {
    if (isGone(error)) return false;
    throw error;
  }
}

/** True when the image is here or could be pulled. */
async function obtain(operation: Operation, reference: string): Promise<boolean> {
  if (await hasImage(operation.docker, reference)) return true;
  operation.progress('image', say('pulling {0}', reference), 0);
  try {
    await pull(operation, reference);
    return true;
  } catch (error) {
    operation.throwIfCancelled();
    operation.log(`image: ${reference} cannot be pulled: ${reasonOf(error)}`);
    return false;
  }
}

/**
 * Takes an image from its registry.
 * @throws LabError `docker-failed` with what the registry or the engine said, or `cancelled`
 */
export async function pullImage(operation: Operation, reference: string): Promise<void> {
  operation.progress('image', say('pulling {0}', reference), 0);
  try {
    await pull(operation, reference);
  } catch (error) {
    operation.throwIfCancelled();
    throw new LabError(
      'docker-failed',
      say('Image {0} cannot be pulled: {1}', reference, reasonOf(error)),
      say('Check that Docker reaches its registry ("docker pull {0}").', reference),
      { cause: error },
    );
  }
}

async function pull(operation: Operation, reference: string): Promise<void> {
  const stalled = new AbortController();
  const stall = (): void => stalled.abort(new Error('the registry does not answer'));
  let timer = setTimeout(stall, FIRST_ANSWER_MS);
  const signal = AbortSignal.any([operation.signal, stalled.signal]);
  try {
    const stream = (await operation.docker.pull(reference, { abortSignal: signal })) as Readable;
    for await (const message of readBuildOutput(stream, signal)) {
      clearTimeout(timer);
      timer = setTimeout(stall, STALL_MS);
      if (message.kind === 'error') throw new Error(message.text);
    }
  } finally {
    clearTimeout(timer);
  }
}

/** Makes a small Debian image with the machine's own tools. */
async function makeBase(operation: Operation): Promise<void> {
  if (process.getuid?.() !== 0 || !(await runs('mmdebstrap', ['--version']))) {
    throw new LabError(
      'no-base-image',
      say(
        'The lab is built on {0}, but no registry gave it and it cannot be made on this machine.',
        OFFICIAL_BASE,
      ),
      say(
        'Get it once with "docker pull {0}" where a registry answers; or, on Debian or Ubuntu, "apt-get install mmdebstrap" and deploy as root.',
        OFFICIAL_BASE,
      ),
    );
  }
  operation.progress('image', say('making a Debian base image with mmdebstrap'), 0.05);
  try {
    await consumeOutput('mmdebstrap', MMDEBSTRAP, operation.signal, async (archive) =>
      importBase(operation, archive),
    );
  } catch (error) {
    // What was imported before mmdebstrap failed is half an image.
    await operation.docker
      .getImage(`${OWN_BASE.repo}:${OWN_BASE.tag}`)
      .remove()
      .catch(() => undefined);
    operation.throwIfCancelled();
    throw new LabError(
      'no-base-image',
      say('mmdebstrap could not make a Debian base image: {0}', reasonOf(error)),
      say('Check that this machine reaches a Debian mirror, then deploy again.'),
      { cause: error },
    );
  }
}

async function importBase(operation: Operation, archive: Readable): Promise<void> {
  const output = (await operation.docker.importImage(archive, {
    ...OWN_BASE,
    abortSignal: operation.signal,
  })) as Readable;
  for await (const message of readBuildOutput(output, operation.signal))
    if (message.kind === 'error') throw new Error(message.text);
}

const MMDEBSTRAP = [
  '--variant=minbase',
  '--aptopt=Acquire::Languages "none"',
  '--dpkgopt=force-unsafe-io',
  ...['doc', 'man', 'info', 'locale'].map((folder) => `--dpkgopt=path-exclude=/usr/share/${folder}/*`),
  'trixie',
  '-',
];

async function runs(program: string, args: readonly string[]): Promise<boolean> {
  try {
    await promisify(execFile)(program, [...args]);
    return true;
  } catch {
    return false;
  }
}
