import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createLabService } from '../../src/lab/create-lab-service';
import type { LabService } from '../../src/lab/lab-service';
import { ROOT, temporaryFolder, testDocker, testImage, uniqueName, until } from './support/engine';
import { changed, failure, fingerprints } from './support/fingerprints';
import { remainsOf } from './support/remains';
import { sampleWorkspace } from './support/sample';

/** What a later deployment may do to a lab that has data; a lab counts as healthy when its containers run. */
let docker: Docker;
let state: Awaited<ReturnType<typeof temporaryFolder>>;
let labs: LabService;
const names: string[] = [];

function newLab(): string {
  const name = uniqueName('keeps-test');
  names.push(name);
  return name;
}

beforeAll(async () => {
  docker = await testDocker();
  await testImage(docker);
  state = await temporaryFolder();
  labs = createLabService({ root: ROOT, stateDir: state.path, awaitHealth: async () => undefined });
});

afterEach(async () => {
  for (const name of names.splice(0)) await labs.destroy(name);
});

afterAll(async () => {
  await state.remove();
});

describe('a lab that is deployed again', () => {
  it('makes a removed network again and attaches what there is', async () => {
    const name = newLab();
    const files = await sampleWorkspace(name);
    await labs.deploy(files);
    const before = await fingerprints(docker, labs, name);
    const network = docker.getNetwork(`gitlab-ha-lab-${name}`);
    for (const node of ['node1', 'node2', 'node3', 'gateway']) {
      await network.disconnect({ Container: `${name}-${node}`, Force: true });
    }
    await network.remove();
    const { lab } = await labs.deploy(files);
    expect(lab.phase).toBe('running');
    expect(changed(before, await fingerprints(docker, labs, name))).toEqual([]);
    for (const { name: node, address } of lab.cluster.nodes) {
      const reach = await labs.transport(name, node);
      const addresses = async (): Promise<string> => (await reach.exec(['ip', '-4', '-o', 'addr'])).stdout;
      await until('it has its address', async () => (await addresses()).includes(` ${address}/24 `));
    }
    expect((await labs.deploy(files)).unchanged).toBe(true);
  });

  it('says that its subnet is used by others now, and touches nothing', async () => {
    const name = newLab();
    const files = await sampleWorkspace(name);
    const { lab } = await labs.deploy(files);
    for (const { id } of lab.containers) await docker.getContainer(id).stop({ t: 0 });
    await docker.getNetwork(`gitlab-ha-lab-${name}`).remove();
    const before = await fingerprints(docker, labs, name);
    const Config = [{ Subnet: lab.cluster.subnet }];
    const other = await docker.createNetwork({ Name: `${name}-other`, IPAM: { Driver: 'default', Config } });
    try {
      const error = await failure(labs.deploy(files));
      expect(error.code).toBe('subnet-clash');
      expect(error.message).toContain(lab.cluster.subnet);
      expect(await fingerprints(docker, labs, name)).toEqual(before);
    } finally {
      await other.remove();
    }
    expect((await labs.deploy(files)).lab.phase).toBe('running');
  });

  it('destroys no data for a changed image unless the user agrees', async () => {
    const name = newLab();
    const files = await sampleWorkspace(name);
    await labs.deploy(files);
    const before = await fingerprints(docker, labs, name);
    const imageDir = `${state.path}-recipe`;
    await mkdir(imageDir);
    const from = `FROM ${await testImage(docker)}\nLABEL gitlab-ha-lab-test=${name}\n`;
    await writeFile(join(imageDir, 'Dockerfile'), from);
    const newer = createLabService({
      root: ROOT,
      stateDir: state.path,
      imageDir,
      awaitHealth: async () => undefined,
    });
    try {
      const error = await failure(newer.deploy(files));
      expect(error.code).toBe('would-lose-data');
      expect(error.message).toContain(`${name}-node1: it was made of gitlab-ha-lab/node:`);
      expect(await fingerprints(docker, labs, name)).toEqual(before);
      expect(await docker.listImages({ filters: { label: [`gitlab-ha-lab-test=${name}`] } })).toEqual([]);
      const asked: string[] = [];
      await newer.deploy(files, {
        confirmLoss: async (losses) => {
          asked.push(...losses.map(({ target }) => target));
          return true;
        },
      });
      expect(asked.sort()).toEqual([`${name}-node1`, `${name}-node2`, `${name}-node3`]);
      expect(changed(before, await fingerprints(docker, labs, name))).toEqual([
        'node1',
        'node2',
        'node3',
        'gateway',
      ]);
    } finally {
      await labs.destroy(name);
      for (const { Id } of await docker.listImages({ filters: { label: [`gitlab-ha-lab-test=${name}`] } }))
        await docker.getImage(Id).remove({ force: true });
      await rm(imageDir, { recursive: true });
    }
  });

  it('is foretold by a preview, which changes nothing', async () => {
    const name = newLab();
    const files = await sampleWorkspace(name);
    const first = await labs.preview(files);
    expect(first.operations.map(({ id }) => id)).toEqual([
      `create-network gitlab-ha-lab-${name}`,
      ...['node1', 'node2', 'node3', 'gateway'].flatMap((node) => [
        `create-container ${name}-${node}`,
        `fill-container ${name}-${node}`,
      ]),
      ...['node1', 'node2', 'node3', 'gateway'].map((node) => `start-container ${name}-${node}`),
    ]);
    expect(await remainsOf(docker, name, state.path)).toEqual([]);
    await labs.deploy(files);
    expect((await labs.preview(files)).operations).toEqual([]);
    await labs.node(name, 'node2', 'stop');
    expect((await labs.preview(files)).operations.map(({ id, cause }) => `${id}: ${cause}`)).toEqual([
      `start-container ${name}-node2: it is exited`,
    ]);
  });
});
