import { verbatim } from '../../src/words/message';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLabService } from '../../src/lab/create-lab-service';
import { LabError } from '../../src/lab/lab-error';
import type { Progress } from '../../src/lab/lab-service';
import { ROOT, until } from './support/engine';
import { engineLabs } from './support/engine-labs';
import { changed, failure, fingerprints } from './support/fingerprints';
import { remainsOf } from './support/remains';
import { sampleWorkspace } from './support/sample';

/** What a later deployment may do to a lab that has data; a lab counts as healthy when its containers run. */
const engine = engineLabs('keeps-test');

describe('a new lab that does not become whole', () => {
  it('is removed again, unless it is to stay: then the next deployment goes on with it', async () => {
    const name = engine.newLab();
    const files = await sampleWorkspace(name);
    const ill = new LabError(
      'not-healthy',
      verbatim('node1: Redis ends over and over'),
      verbatim('Look at its log.'),
    );
    const never = createLabService({
      root: ROOT,
      stateDir: engine.statePath,
      awaitHealth: async () => Promise.reject(ill),
    });
    expect(await failure(never.deploy(files))).toMatchObject({
      code: 'not-healthy',
      message: ill.message,
      details: { newLab: 'removed' },
    });
    const left = await remainsOf(engine.docker, name, engine.statePath);
    expect(left.filter((what) => !what.startsWith('file '))).toEqual([]);
    expect(await failure(never.deploy(files, { keepFailed: true }))).toMatchObject({
      code: 'not-healthy',
      details: { newLab: 'left' },
    });
    const before = await fingerprints(engine.docker, engine.labs, name);
    expect(Object.keys(before).sort()).toEqual(['gateway', 'node1', 'node2', 'node3']);
    expect((await engine.labs.deploy(files)).lab.phase).toBe('running');
    expect(changed(before, await fingerprints(engine.docker, engine.labs, name))).toEqual([]);
  });
});

describe('a new lab that nobody waits for any longer', () => {
  it.each([
    ['stays where it was asked to be kept, once its nodes have started', 'health', 'left'],
    ['is removed before', 'containers', 'removed'],
  ] as const)('%s', async (_case, step, newLab) => {
    const name = engine.newLab();
    const abort = new AbortController();
    let told: Progress['step'] | undefined;
    const waits = createLabService({
      root: ROOT,
      stateDir: engine.statePath,
      awaitHealth: ({ signal }) =>
        new Promise((_, reject) => {
          const cancelled = new LabError('cancelled', verbatim('It was cancelled.'), verbatim('Again.'));
          signal.addEventListener('abort', () => reject(cancelled));
          abort.abort();
        }),
    });
    const control = {
      keepFailed: true,
      signal: abort.signal,
      onProgress: (progress: Progress) => {
        told = progress.step;
        if (step !== 'health' && progress.step === step) abort.abort();
      },
    };
    expect(await failure(waits.deploy(await sampleWorkspace(name), control))).toMatchObject({
      code: 'cancelled',
      details: { newLab },
    });
    // By this step the command line tells what becomes of it.
    expect(told === 'health').toBe(newLab === 'left');
    const left = await remainsOf(engine.docker, name, engine.statePath);
    expect(left.some((what) => what.startsWith('container '))).toBe(newLab === 'left');
  });
});

describe('a lab that is deployed again', () => {
  it('makes a removed network again and attaches what there is', async () => {
    const name = engine.newLab();
    const files = await sampleWorkspace(name);
    await engine.labs.deploy(files);
    const before = await fingerprints(engine.docker, engine.labs, name);
    const network = engine.docker.getNetwork(`gitlab-ha-lab-${name}`);
    for (const node of ['node1', 'node2', 'node3', 'gateway']) {
      await network.disconnect({ Container: `${name}-${node}`, Force: true });
    }
    await network.remove();
    const { lab } = await engine.labs.deploy(files);
    expect(lab.phase).toBe('running');
    expect(changed(before, await fingerprints(engine.docker, engine.labs, name))).toEqual([]);
    for (const { name: node, address } of lab.cluster.nodes) {
      const reach = await engine.labs.transport(name, node);
      const addresses = async (): Promise<string> => (await reach.exec(['ip', '-4', '-o', 'addr'])).stdout;
      await until('it has its address', async () => (await addresses()).includes(` ${address}/24 `));
    }
    expect((await engine.labs.deploy(files)).unchanged).toBe(true);
  });

  it('says that its subnet is used by others now, and touches nothing', async () => {
    const name = engine.newLab();
    const files = await sampleWorkspace(name);
    const { lab } = await engine.labs.deploy(files);
    for (const { id } of lab.containers) await engine.docker.getContainer(id).stop({ t: 0 });
    await engine.docker.getNetwork(`gitlab-ha-lab-${name}`).remove();
    const before = await fingerprints(engine.docker, engine.labs, name);
    const Config = [{ Subnet: lab.cluster.subnet }];
    const other = await engine.docker.createNetwork({
      Name: `${name}-other`,
      IPAM: { Driver: 'default', Config },
    });
    try {
      const error = await failure(engine.labs.deploy(files));
      expect(error.code).toBe('subnet-clash');
      expect(error.message).toContain(lab.cluster.subnet);
      expect(await fingerprints(engine.docker, engine.labs, name)).toEqual(before);
    } finally {
      await other.remove();
    }
    expect((await engine.labs.deploy(files)).lab.phase).toBe('running');
  });

  it('destroys no data for a changed image unless the user agrees', async () => {
    const name = engine.newLab();
    const files = await sampleWorkspace(name);
    await engine.labs.deploy(files);
    const before = await fingerprints(engine.docker, engine.labs, name);
    const imageDir = `${engine.statePath}-recipe`;
    await mkdir(imageDir);
    const from = `FROM ${engine.image}\nLABEL gitlab-ha-lab-test=${name}\n`;
    await writeFile(join(imageDir, 'Dockerfile'), from);
    const newer = createLabService({
      root: ROOT,
      stateDir: engine.statePath,
      imageDir,
      awaitHealth: async () => undefined,
    });
    try {
      const error = await failure(newer.deploy(files));
      expect(error.code).toBe('would-lose-data');
      expect(error.message).toContain(`${name}-node1: it was made of gitlab-ha-lab/node:`);
      expect(await fingerprints(engine.docker, engine.labs, name)).toEqual(before);
      expect(await engine.docker.listImages({ filters: { label: [`gitlab-ha-lab-test=${name}`] } })).toEqual(
        [],
      );
      const asked: string[] = [];
      await newer.deploy(files, {
        confirmLoss: async (losses) => {
          asked.push(...losses.map(({ target }) => target));
          return true;
        },
      });
      expect(asked.sort()).toEqual([`${name}-node1`, `${name}-node2`, `${name}-node3`]);
      expect(changed(before, await fingerprints(engine.docker, engine.labs, name))).toEqual([
        'node1',
        'node2',
        'node3',
        'gateway',
      ]);
    } finally {
      await engine.labs.destroy(name);
      for (const { Id } of await engine.docker.listImages({
        filters: { label: [`gitlab-ha-lab-test=${name}`] },
      }))
        await engine.docker.getImage(Id).remove({ force: true });
      await rm(imageDir, { recursive: true });
    }
  });

  it('is foretold by a preview, which changes nothing', async () => {
    const name = engine.newLab();
    const files = await sampleWorkspace(name);
    const first = await engine.labs.preview(files);
    expect(first.operations.map(({ id }) => id)).toEqual([
      `create-network gitlab-ha-lab-${name}`,
      expect.stringMatching(`^create-volume gitlab-ha-lab-${name}\\.about\\.[0-9a-f]{16}$`),
      ...['node1', 'node2', 'node3', 'gateway'].flatMap((node) => [
        `create-container ${name}-${node}`,
        `fill-container ${name}-${node}`,
      ]),
      ...['node1', 'node2', 'node3', 'gateway'].map((node) => `start-container ${name}-${node}`),
    ]);
    expect(await remainsOf(engine.docker, name, engine.statePath)).toEqual([]);
    await engine.labs.deploy(files);
    expect((await engine.labs.preview(files)).operations).toEqual([]);
    await engine.labs.node(name, 'node2', 'stop');
    expect(
      (await engine.labs.preview(files)).operations.map(({ id, cause }) => `${id}: ${String(cause)}`),
    ).toEqual([`start-container ${name}-node2: it is exited`]);
  });
});
