import { join } from 'node:path';
import { LAYERS, type LayerId } from '../../src/cluster/layer';
import { overrideCluster } from '../../src/lab/cluster-overrides';
import { readWorkspaceFolder } from '../../src/cli/workspace';
import { CLUSTER_FILE, textOf } from '../../src/workspace/files/workspace-files';
import { createLabService } from '../../src/lab/create-lab-service';
import type { DeployResult, LabInfo, LabService, WorkspaceFiles } from '../../src/lab/lab-service';
import type { Observer } from '../../src/observe/observer';
import { waitUntilWhole } from '../../src/lab/health/wait-until-whole';
import { LEAST_LAYERS } from '../../src/workspace/create/shapes';

/** The labs of the engine the environment points to. */
export function benchLabs(root: string): LabService {
  return createLabService({ root });
}

/** The sample workspace as a lab of its own name, with the fast timings. @param layers those that run */
export async function sampleAs(
  root: string,
  name: string,
  layers: readonly LayerId[] = LEAST_LAYERS,
): Promise<WorkspaceFiles> {
  const files = await readWorkspaceFolder(join(root, 'lab', 'sample'));
  const text = textOf(files, CLUSTER_FILE);
  if (text === undefined) throw new Error('lab/sample/cluster.yaml is missing');
  return new Map([...files, [CLUSTER_FILE, overrideCluster(text, { name, timings: 'fast', layers })]]);
}

/** The sample with a GitLab and all it needs, as a lab of its own name, with the fast timings. */
export async function wholeStack(root: string, name: string): Promise<WorkspaceFiles> {
  return sampleAs(
    root,
    name,
    LAYERS.map(({ id }) => id),
  );
}

/** Deploys the sample, hands it over, and destroys it whatever happens. */
export async function withSampleLab<T>(
  labs: LabService,
  root: string,
  name: string,
  use: (lab: LabInfo, deployed: DeployResult) => Promise<T>,
): Promise<T> {
  return withLab(labs, await sampleAs(root, name), name, use);
}

/** Deploys files, hands the lab over, and destroys it whatever happens. @param name the lab's, as the files have it */
export async function withLab<T>(
  labs: LabService,
  files: WorkspaceFiles,
  name: string,
  use: (lab: LabInfo, deployed: DeployResult) => Promise<T>,
): Promise<T> {
  try {
    const deployed = await labs.deploy(files);
    return await use(deployed.lab, deployed);
  } finally {
    await labs.destroy(name);
  }
}

/** Observes the lab, waits until it is whole, hands it over, and stops observing. */
export async function whileObserved<T>(
  labs: LabService,
  lab: LabInfo,
  use: (observer: Observer) => Promise<T>,
): Promise<T> {
  const observer = await labs.observe(lab);
  // Watchers rest while nobody looks.
  const looking = observer.onState(() => undefined);
  try {
    await waitUntilWhole(observer, lab.cluster, { timeoutMs: 180_000, stableMs: 2000 });
    return await use(observer);
  } finally {
    looking.dispose();
    await observer.dispose();
  }
}
