import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import type Docker from 'dockerode';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import type { LayerId } from '../../src/cluster/layer';
import { createLabService } from '../../src/lab/create-lab-service';
import type { LabService } from '../../src/lab/lab-service';
import { IMAGE_DIR, ROOT, temporaryFolder, testDocker, testImage, uniqueName, until } from './support/engine';
import { remainsOf } from './support/remains';
import { LEAST, sampleOf } from './support/sample';

/** The deploying process is killed without warning, at moments spread over the time a deployment takes. */
let docker: Docker;
let image: string;
let state: Awaited<ReturnType<typeof temporaryFolder>>;
let labs: LabService;
/** Inside the checkout, where packages are found. */
let folder: string;
let deployer: string;

/** What is deployed, and when the deploying process is killed: shares of the time that takes. */
interface Extent {
  readonly layers: readonly LayerId[];
  readonly machines: readonly string[];
  readonly moments: readonly number[];
  /** Milliseconds; measured first. */
  durationMs: number;
}

const EVERY_TENTH = Array.from({ length: 10 }, (_value, index) => index / 10);
const NODES = ['gateway', 'node1', 'node2', 'node3'];
const CORE: Extent = {
  layers: LEAST,
  machines: NODES,
  moments: EVERY_TENTH,
  durationMs: 0,
};
/** A machine outside the nodes, and a volume. */
const WHOLE: Extent = {
  layers: [...CORE.layers, 'git', 'application', 'objects'],
  machines: [...NODES, 'object-storage'],
  moments: [0.4, 0.8],
  durationMs: 0,
};
const EXTENTS = [
  ['four layers', CORE],
  ['every layer', WHOLE],
] as const;
const MOMENTS = EXTENTS.flatMap(([title, extent]) =>
  extent.moments.map((share) => ({ title, share, extent })),
);

beforeAll(async () => {
  docker = await testDocker();
  image = await testImage(docker);
  state = await temporaryFolder();
  labs = createLabService({ root: ROOT, stateDir: state.path, awaitHealth: async () => undefined });
  folder = join(ROOT, 'test-results', uniqueName('kill-test'));
  deployer = await bundleDeployer(folder);
  for (const [, extent] of EXTENTS) {
    // Images are there before the time is taken.
    if (extent !== CORE) await measure(extent);
    extent.durationMs = await measure(extent);
  }
});

afterAll(async () => {
  await state.remove();
  await rm(folder, { recursive: true, force: true });
});

/** Milliseconds of a deployment that nobody disturbs. */
async function measure({ layers }: Extent): Promise<number> {
  const name = uniqueName('kill-test');
  const child = await startDeploying(name, IMAGE_DIR, layers);
  const started = performance.now();
  const [code] = (await once(child, 'exit')) as [number];
  const durationMs = performance.now() - started;
  await labs.destroy(name);
  expect(code).toBe(0);
  return durationMs;
}

/** The deploying program as one file, so that each of its many starts takes a moment. @returns its path */
async function bundleDeployer(folder: string): Promise<string> {
  const outfile = join(folder, 'deploy-child.mjs');
  const support = join(ROOT, 'test', 'integration', 'support');
  await build({
    entryPoints: [join(support, 'deploy-child.ts')],
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(join(support, 'engine.ts')).href) },
    outfile,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  });
  return outfile;
}

/** Resolves when the child has read its workspace and begins. */
async function startDeploying(
  name: string,
  imageDir: string,
  layers: readonly LayerId[] = CORE.layers,
): Promise<ChildProcess> {
  const child = spawn(process.execPath, [deployer, name, state.path, imageDir, layers.join(',')], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  expect(line).toBe('begin');
  return child;
}

async function killAfter(child: ChildProcess, milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  const ended = child.exitCode === null ? once(child, 'exit') : undefined;
  child.kill('SIGKILL');
  await ended;
}

describe('a deployment that was killed', () => {
  it.each(MOMENTS)(
    '$title, after $share of its time: the next deployment succeeds and nothing is left behind',
    async ({ share, extent: { layers, machines, durationMs } }) => {
      const name = uniqueName('kill-test');
      onTestFailed(async () => {
        await labs.destroy(name);
      });
      await killAfter(await startDeploying(name, IMAGE_DIR, layers), share * durationMs);
      const { lab } = await labs.deploy(await sampleOf(name, layers));
      expect(lab.phase).toBe('running');
      expect([...(await remainsOf(docker, name, state.path))].sort()).toEqual([
        ...machines.map((machine) => `container /${name}-${machine}`),
        `network gitlab-ha-lab-${name}`,
        // What the lab is, once: not also what the killed process had written of it.
        expect.stringMatching(`^volume gitlab-ha-lab-${name}\\.about\\.[0-9a-f]{16}$`),
        ...(machines.includes('object-storage') ? [`volume gitlab-ha-lab-${name}.object-storage`] : []),
      ]);
      await labs.destroy(name);
      expect(await remainsOf(docker, name, state.path)).toEqual([]);
    },
  );

  it.each(MOMENTS)(
    '$title, after $share of its time: destroying succeeds and leaves nothing',
    async ({ share, extent }) => {
      const name = uniqueName('kill-test');
      await killAfter(await startDeploying(name, IMAGE_DIR, extent.layers), share * extent.durationMs);
      await labs.destroy(name);
      expect(await remainsOf(docker, name, state.path)).toEqual([]);
      // What the killed process had ordered must not arrive later either.
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      expect(await remainsOf(docker, name, state.path)).toEqual([]);
    },
  );
});

describe('an image build that was killed', () => {
  it.each([300, 2_500])(
    'after %i ms: leaves no container, and the next one succeeds',
    async (milliseconds) => {
      const name = uniqueName('kill-test');
      const recipe = join(state.path, '..', `${name}-recipe`);
      await mkdir(recipe);
      const label = `gitlab-ha-lab-test=${name}`;
      const dockerfile = `FROM ${image}\nLABEL ${label}\nRUN sleep 3\nRUN echo ${name} > /made\n`;
      await writeFile(join(recipe, 'Dockerfile'), dockerfile);
      const builders = async (): Promise<number> =>
        (await docker.listContainers({ all: true, filters: { label: [label] } })).length;
      try {
        await killAfter(await startDeploying(name, recipe), milliseconds);
        await until('the builder has gone', async () => (await builders()) === 0);
        const service = createLabService({
          root: ROOT,
          stateDir: state.path,
          imageDir: recipe,
          awaitHealth: async () => undefined,
        });
        expect((await service.deploy(await sampleOf(name, CORE.layers))).lab.phase).toBe('running');
        await service.destroy(name);
        expect(await remainsOf(docker, name, state.path)).toEqual([]);
        expect(await builders()).toBe(0);
      } finally {
        const made = await docker.listImages({ filters: { label: [label] } });
        for (const { Id } of made)
          await docker
            .getImage(Id)
            .remove({ force: true })
            .catch(() => undefined);
        await rm(recipe, { recursive: true, force: true });
      }
    },
  );
});
