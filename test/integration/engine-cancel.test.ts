import { verbatim } from '../../src/words/message';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { AwaitHealth } from '../../src/lab/health/await-health';
import { createLabService } from '../../src/lab/create-lab-service';
import { LabError } from '../../src/lab/lab-error';
import type { LabService, Progress } from '../../src/lab/lab-service';
import { IMAGE_DIR, ROOT, until } from './support/engine';
import { engineLabs } from './support/engine-labs';
import { failure } from './support/fingerprints';
import { remainsOf } from './support/remains';
import { sampleWorkspace } from './support/sample';
import { pace } from '../support/pace';

/** How often each moment is tried; CI takes the least (docs/contributing.md). */
const REPEATS = Number(process.env['CANCEL_REPEATS'] ?? 1);
/** From the wish to cancel to the end of the deployment, with all clean-up. */
const LIMIT_MS = 2_000;
/** What nodes of a lab that is kept get to end in order before the engine kills them. */
const STOP_TIMEOUT_MS = 8_000;
/** Services take longer to stop than the engine waits, as a database with much to write does. */
const STOP_LATE = 'printf "#!/bin/sh\\nsleep 60\\n" > /usr/local/bin/sv && chmod +x /usr/local/bin/sv';
const BUILDER_LABEL = 'gitlab-ha-lab-test.cancel';

interface Moment {
  readonly name: string;
  readonly when: (progress: Progress) => boolean;
  /** After that word, milliseconds: in the middle of the work it announces. */
  readonly delayMs?: number;
  /** Uses a recipe that nobody has built yet. */
  readonly builds?: boolean;
  /** Waits for health as users do, by looking at the services. */
  readonly observes?: boolean;
}

const MOMENTS: readonly Moment[] = [
  { name: 'check', when: ({ step }) => step === 'check' },
  { name: 'image, before the build', when: ({ step }) => step === 'image', builds: true },
  {
    name: 'image, while a step of the build is silent',
    when: ({ step, message }) => step === 'image' && String(message).includes('RUN sleep'),
    delayMs: 500,
    builds: true,
  },
  {
    name: 'image, while the versions are read',
    when: ({ step, message }) => step === 'image' && String(message).includes('RUN echo last'),
    delayMs: 150,
    builds: true,
  },
  { name: 'network', when: ({ step }) => step === 'network' },
  { name: 'containers', when: ({ step }) => step === 'containers' },
  { name: 'containers, in the middle', when: ({ step }) => step === 'containers', delayMs: 120 },
  { name: 'start', when: ({ step }) => step === 'start' },
  { name: 'start, in the middle', when: ({ step }) => step === 'start', delayMs: 300 },
  { name: 'health', when: ({ step }) => step === 'health' },
  {
    name: 'health, while the services are looked at',
    when: ({ step }) => step === 'health',
    delayMs: 1_500,
    observes: true,
  },
];

const engine = engineLabs('cancel-test');

afterAll(async () => {
  for (const { Id } of await engine.docker.listImages({ filters: { label: [BUILDER_LABEL] } })) {
    await engine.docker
      .getImage(Id)
      .remove({ force: true })
      .catch(() => undefined);
  }
});

/** A recipe whose hash is new, and whose build takes a moment in which it says nothing. */
async function newRecipe(name: string): Promise<string> {
  const folder = join(engine.statePath, '..', `${name}-recipe`);
  await mkdir(folder);
  const steps = ['sleep 2', `echo last ${name} > /made`].map((command) => `RUN ${command}\n`).join('');
  await writeFile(
    join(folder, 'Dockerfile'),
    `FROM ${engine.image}\nLABEL ${BUILDER_LABEL}=${name}\n${steps}`,
  );
  return folder;
}

const untilCancelled: AwaitHealth = ({ signal, onWaiting }) =>
  new Promise((_resolve, reject) => {
    const cancel = (): void => reject(new LabError('cancelled', verbatim('cancelled'), verbatim('again')));
    if (signal.aborted) return cancel();
    signal.addEventListener('abort', cancel, { once: true });
    onWaiting([verbatim('node1: nothing is known')]);
  });

/** A service whose health takes until it is cancelled, and a signal that fires at the moment. */
function cancelAt(
  { when, delayMs, observes }: Pick<Moment, 'when' | 'delayMs' | 'observes'>,
  imageDir = IMAGE_DIR,
): {
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
  service: LabService;
  /** Milliseconds since the signal fired. */
  elapsed: () => number;
} {
  const abort = new AbortController();
  let firedAt: number | undefined;
  let ordered = false;
  const fire = (): void => {
    firedAt = performance.now();
    abort.abort();
  };
  const service = createLabService({
    root: ROOT,
    stateDir: engine.statePath,
    imageDir,
    ...(observes ? {} : { awaitHealth: untilCancelled }),
  });
  const onProgress = (progress: Progress): void => {
    if (ordered || !when(progress)) return;
    ordered = true;
    if (delayMs === undefined) fire();
    else setTimeout(fire, delayMs);
  };
  return {
    signal: abort.signal,
    onProgress,
    service,
    elapsed: () => performance.now() - (firedAt ?? NaN),
  };
}

/** Containers of a build under this name. */
async function builders(name: string): Promise<number> {
  const filters = { label: [`${BUILDER_LABEL}=${name}`] };
  const found = await engine.docker.listContainers({ all: true, filters });
  return found.filter(({ Labels }) => Labels['gitlab-ha-lab.lab'] === undefined).length;
}

const REPEATED = MOMENTS.flatMap((moment) =>
  Array.from({ length: REPEATS }, (_value, index) => ({ ...moment, round: index + 1 })),
);

describe('cancelling a first deployment', () => {
  it.each(REPEATED)(
    'in $name (round $round): ends within 2 s, leaves nothing, and the next one works',
    async (moment) => {
      const name = engine.newLab();
      const recipe = moment.builds ? await newRecipe(name) : undefined;
      try {
        const limitMs = LIMIT_MS * (await pace());
        const { signal, onProgress, service, elapsed } = cancelAt(moment, recipe);
        const lines: string[] = [];
        const log = (line: string): void => void lines.push(line);
        const files = await sampleWorkspace(name);
        const error = await failure(service.deploy(files, { signal, onProgress, log }));
        const tookMs = Math.round(elapsed());
        expect(error.code).toBe('cancelled');
        expect(lines.join('\n')).toContain('failed: ');
        expect(await remainsOf(engine.docker, name, engine.statePath)).toEqual([]);
        if (process.env['CANCEL_REPEATS']) process.stdout.write(`${moment.name}: ${tookMs} ms\n`);
        expect(tookMs).toBeLessThan(limitMs);
        await until('the engine has put the builder away', async () => (await builders(name)) === 0, 30_000);
        const next = createLabService({
          root: ROOT,
          stateDir: engine.statePath,
          ...(recipe ? { imageDir: recipe } : {}),
          awaitHealth: async () => undefined,
        });
        expect((await next.deploy(files)).lab.phase).toBe('running');
        await next.destroy(name);
        expect(await remainsOf(engine.docker, name, engine.statePath)).toEqual([]);
        expect(await builders(name)).toBe(0);
      } finally {
        if (recipe) await rm(recipe, { recursive: true, force: true });
      }
    },
    60_000,
  );

  it('before anything began, makes nothing', async () => {
    const name = engine.newLab();
    const error = await failure(
      engine.labs.deploy(await sampleWorkspace(name), { signal: AbortSignal.abort() }),
    );
    expect(error.code).toBe('cancelled');
    expect(await remainsOf(engine.docker, name, engine.statePath)).toEqual([]);
  });
});

describe('cancelling a later deployment', () => {
  const changed = (name: string): ReturnType<typeof sampleWorkspace> =>
    sampleWorkspace(name, (path, text) => (path.endsWith('gitlab.rb') ? `${text}\n# new\n` : text));

  it('keeps the lab that worked', async () => {
    const name = engine.newLab();
    await engine.labs.deploy(await sampleWorkspace(name));
    const { signal, onProgress, service } = cancelAt({ when: ({ step }) => step === 'health' });
    const error = await failure(service.deploy(await changed(name), { signal, onProgress }));
    expect(error.code).toBe('cancelled');
    expect((await engine.labs.get(name)).phase).toBe('running');
  });

  it('gives nodes that are stopped for their new files their time to end, and the next one works', async () => {
    const name = engine.newLab();
    await engine.labs.deploy(await sampleWorkspace(name));
    for (const node of ['node1', 'node2', 'node3']) {
      const reach = await engine.labs.transport(name, node);
      await reach.exec(['sh', '-c', STOP_LATE]);
    }
    const moment = { when: ({ step }: Progress) => step === 'containers', delayMs: 300 };
    const limitMs = LIMIT_MS * (await pace());
    const { signal, onProgress, service, elapsed } = cancelAt(moment);
    // The cluster's name is one for all: the nodes cannot have it one after the other.
    const files = await sampleWorkspace(name, (path, text) =>
      path.endsWith('gitlab.rb') ? text.replaceAll('postgresql-ha', 'other-ha') : text,
    );
    const error = await failure(service.deploy(files, { signal, onProgress }));
    const tookMs = Math.round(elapsed());
    expect(error.code).toBe('cancelled');
    // Redis saves, and PostgreSQL writes, only when it is stopped in order.
    expect(tookMs).toBeGreaterThan(STOP_TIMEOUT_MS - LIMIT_MS);
    expect(tookMs).toBeLessThan(STOP_TIMEOUT_MS + limitMs);
    expect((await engine.labs.get(name)).containers.map(({ node, state: now }) => [node, now])).toEqual([
      ['node1', 'stopped'],
      ['node2', 'stopped'],
      ['node3', 'stopped'],
      // It has nothing of the change, so clients keep their way in.
      ['gateway', 'running'],
    ]);
    expect((await engine.labs.deploy(files)).lab.phase).toBe('running');
  });
});
