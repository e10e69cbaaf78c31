import type Docker from 'dockerode';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { createLabService } from '../../../src/lab/create-lab-service';
import type { LabService } from '../../../src/lab/lab-service';
import { ROOT, temporaryFolder, testDocker, testImage, uniqueName } from './engine';

/** The engine of one test file, and labs on it that are gone after each test. All but `newLab` is there once tests run. */
export interface EngineLabs {
  readonly docker: Docker;
  /** Reference of the node image. */
  readonly image: string;
  /** Takes a lab for healthy when its containers run: whether services become healthy is the matter of other tests. */
  readonly labs: LabService;
  /** Folder of the labs' state, removed in the end. */
  readonly statePath: string;
  /** A name for a lab that no other test uses; what has it is destroyed after the test. */
  newLab(): string;
}

type Made = Omit<EngineLabs, 'newLab'> & { readonly removeState: () => Promise<void> };

/** Prepares the engine before the file's tests, and removes their labs. @param prefix of the labs' names */
export function engineLabs(prefix: string): EngineLabs {
  const names: string[] = [];
  let made: Made | undefined;
  const ready = (): Made => {
    if (!made) throw new Error('the engine is there once tests run');
    return made;
  };
  beforeAll(async () => {
    made = await make();
  });
  afterEach(async () => {
    for (const name of names.splice(0)) await ready().labs.destroy(name);
  });
  afterAll(async () => {
    await made?.removeState();
  });
  return {
    get docker() {
      return ready().docker;
    },
    get image() {
      return ready().image;
    },
    get labs() {
      return ready().labs;
    },
    get statePath() {
      return ready().statePath;
    },
    newLab() {
      const name = uniqueName(prefix);
      names.push(name);
      return name;
    },
  };
}

async function make(): Promise<Made> {
  const docker = await testDocker();
  const image = await testImage(docker);
  const state = await temporaryFolder();
  const statePath = state.path;
  const labs = createLabService({ root: ROOT, stateDir: statePath, awaitHealth: async () => undefined });
  return { docker, image, labs, statePath, removeState: () => state.remove() };
}
