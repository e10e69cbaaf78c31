import type { Progress } from '../../../src/lab/lab-service';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { connectDocker } from '../../../src/lab/docker/endpoint/connect';
import { ensureNodeImage } from '../../../src/lab/docker/image/node-image';
import { Operation } from '../../../src/lab/docker/operation';
import type { Figure } from '../figure';
import type { Measurement } from '../measurement';

/** The base the lab makes itself where no registry answers. */
const OWN_BASE = 'gitlab-ha-lab/base:trixie';

interface Build {
  readonly base: number;
  readonly node: number;
  readonly bytes: number;
}

/** Building the node image with nothing there: its base, then everything on top without the builder's cache. */
export const image: Measurement = {
  id: 'image',
  title: 'Image build, cold',
  async measure({ root, runs, log }) {
    const { docker } = await connectDocker();
    const builds: Build[] = [];
    while (builds.length < runs) {
      const build = await buildCold(docker, join(root, 'lab', 'image'), `${Date.now()}-${builds.length}`);
      log(`base ${build.base.toFixed(1)} s, node ${build.node.toFixed(1)} s`);
      builds.push(build);
    }
    return figuresOf(builds);
  },
};

async function buildCold(docker: Docker, recipe: string, salt: string): Promise<Build> {
  const folder = mkdtempSync(join(tmpdir(), 'gitlab-ha-bench-'));
  const steps: { readonly at: number; readonly message: string }[] = [];
  const onProgress = (progress: Progress): void => {
    const message = String(progress.message);
    if (steps.at(-1)?.message !== message) steps.push({ at: performance.now(), message });
  };
  let reference: string | undefined;
  try {
    cpSync(recipe, folder, { recursive: true });
    salted(join(folder, 'Dockerfile'), salt);
    // Only the name goes: images that were built on it keep its layers.
    await removeImage(docker, OWN_BASE);
    const started = performance.now();
    reference = await ensureNodeImage(new Operation(docker, { onProgress }, {}), folder);
    const ended = performance.now();
    const building = steps.find(({ message }) => message.startsWith('building '))?.at ?? started;
    const { Size } = await docker.getImage(reference).inspect();
    return { base: (building - started) / 1000, node: (ended - building) / 1000, bytes: Size };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    if (reference !== undefined) await removeImage(docker, reference);
  }
}

/** A value nobody used before, set in every stage: nothing after it can come from the builder's cache. */
function salted(dockerfile: string, salt: string): void {
  const lines = readFileSync(dockerfile, 'utf8').split('\n');
  const changed = lines.flatMap((line) =>
    line.startsWith('FROM ') ? [line, `ENV LAB_BENCH=${salt}`] : [line],
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

function figuresOf(builds: readonly Build[]): Figure[] {
  return [
    {
      id: 'image.build',
      title: 'Image build, cold',
      unit: 's',
      values: builds.map(({ base, node }) => base + node),
      bound: 90,
      phases: builds.map(({ base, node }) => ({ base, 'node image on top': node })),
      note: 'the base is made with mmdebstrap, or pulled where a registry answers',
    },
    {
      id: 'image.size',
      title: 'Image size',
      unit: 'MB',
      values: builds.map(({ bytes }) => bytes / 1e6),
      bound: 700,
    },
  ];
}
