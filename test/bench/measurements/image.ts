import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type Docker from 'dockerode';
import { findBases } from '../../../src/lab/docker/image/base-image';
import { connectDocker } from '../../../src/lab/docker/endpoint/connect';
import { ensureNodeImage, nodeImageReferences } from '../../../src/lab/docker/image/node-image';
import { ensureServiceImage } from '../../../src/lab/docker/image/service-image';
import { Operation } from '../../../src/lab/docker/operation';
import type { Progress } from '../../../src/lab/lab-service';
import { deployedServices } from '../../../src/services/registry';
import type { Figure } from '../figure';
import type { Measurement } from '../measurement';

/** The base the lab makes itself where no registry answers. */
const OWN_BASE = 'gitlab-ha-lab/base:trixie';
/** What is built for nothing but the sample with every layer. */
const SERVICES = deployedServices();
const ADDED = SERVICES.flatMap(({ added, id }) => (added === 'gitlab' ? [id] : []));
const OUTSIDE = SERVICES.flatMap(({ outside, id }) => (outside === true ? [id] : []));

interface Build {
  readonly base: number;
  readonly images: number;
  readonly bytes: number;
}

/** Building images with nothing there: their base, then everything on top without the builder's cache. */
export const image: Measurement = {
  id: 'image',
  title: 'Image build, cold',
  async measure({ root, runs, log }) {
    const { docker } = await connectDocker();
    const built = async (title: string, added: readonly string[], outside: readonly string[]) => {
      const builds: Build[] = [];
      while (builds.length < runs) {
        const salt = `${Date.now()}-${builds.length}`;
        const build = await buildCold(docker, join(root, 'lab'), salt, { added, outside });
        log(`${title}: base ${build.base.toFixed(1)} s, images ${build.images.toFixed(1)} s`);
        builds.push(build);
      }
      return builds;
    };
    const common = await built('what every lab has', [], []);
    return figuresOf(common, await built('every layer', ADDED, OUTSIDE));
  },
};

/** @param parts services that add to the node image, and those outside the nodes */
async function buildCold(
  docker: Docker,
  lab: string,
  salt: string,
  parts: { readonly added: readonly string[]; readonly outside: readonly string[] },
): Promise<Build> {
  const folder = mkdtempSync(join(tmpdir(), 'gitlab-ha-bench-'));
  const steps: { readonly at: number; readonly message: string }[] = [];
  const onProgress = (progress: Progress): void => {
    const message = String(progress.message);
    if (steps.at(-1)?.message !== message) steps.push({ at: performance.now(), message });
  };
  let references: readonly string[] = [];
  try {
    const recipe = saltedCopy(lab, folder, salt);
    references = await nodeImageReferences(recipe, parts.added);
    // Only the name goes: images that were built on it keep its layers.
    await removeImage(docker, OWN_BASE);
    const operation = new Operation(docker, { onProgress }, {});
    const started = performance.now();
    let found: ReturnType<typeof findBases> | undefined;
    const bases = (): ReturnType<typeof findBases> => (found ??= findBases(operation));
    const [whole, ...outside] = await Promise.all([
      ensureNodeImage(operation, recipe, bases, parts.added),
      ...parts.outside.map((service) => ensureServiceImage(operation, recipe, service, bases)),
    ]);
    const ended = performance.now();
    // What is built on another one goes first.
    references = [...outside, whole, ...references.filter((reference) => reference !== whole)];
    const building = steps.find(({ message }) => message.startsWith('building '))?.at ?? started;
    const { Size } = await docker.getImage(whole).inspect();
    return { base: (building - started) / 1000, images: (ended - building) / 1000, bytes: Size };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    for (const reference of references) await removeImage(docker, reference);
  }
}

/** The recipes of all images, as nobody built them before. @returns the folder of the node image's */
function saltedCopy(lab: string, folder: string, salt: string): string {
  for (const part of ['image', 'services']) cpSync(join(lab, part), join(folder, part), { recursive: true });
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const file of files) if (basename(file) === 'Dockerfile') salted(join(folder, file), salt);
  return join(folder, 'image');
}

/** A value nobody used before, set in every stage: nothing after it can come from the builder's cache. */
function salted(dockerfile: string, salt: string): void {
  const lines = readFileSync(dockerfile, 'utf8').split('\n');
  const changed = lines.flatMap((line) =>
    line.startsWith('FROM ') && line !== 'FROM scratch' ? [line, `ENV LAB_BENCH=${salt}`] : [line],
  );
  writeFileSync(dockerfile, changed.join('\n'));
}

async function removeImage(docker: Docker, reference: string): Promise<void> {
  try {
    await docker.getImage(reference).remove();
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode !== 404) throw error;
  }
}

function figuresOf(common: readonly Build[], whole: readonly Build[]): Figure[] {
  return [
    timed('image.build', 'Image build, cold', common, 90),
    sized('image.size', 'Image size', common, 700),
    timed('image.whole-build', 'Image build, cold, every layer', whole, 300),
    sized('image.whole-size', 'Image size, every layer', whole, 900),
  ];
}

function timed(id: string, title: string, builds: readonly Build[], bound: number): Figure {
  return {
    ...{ id, title, unit: 's', bound },
    values: builds.map(({ base, images }) => base + images),
    phases: builds.map(({ base, images }) => ({ base, 'images on top': images })),
    note: 'the base is made with mmdebstrap, or pulled where a registry answers',
  };
}

function sized(id: string, title: string, builds: readonly Build[], bound: number): Figure {
  return { id, title, unit: 'MB', values: builds.map(({ bytes }) => bytes / 1e6), bound };
}
