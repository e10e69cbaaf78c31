import Docker from 'dockerode';
import { createLabService } from '../../../src/lab/create-lab-service';
import { LabError } from '../../../src/lab/lab-error';
import type { LabInfo } from '../../../src/lab/lab-service';
import { ROOT } from './paths';

const LABEL = 'gitlab-ha-lab.lab';

/** Everything Docker holds of a lab, as `kind name` lines; empty when it is really gone. */
export async function leftInDocker(lab: string): Promise<readonly string[]> {
  const docker = new Docker();
  const filters = { label: [`${LABEL}=${lab}`] };
  const containers = await docker.listContainers({ all: true, filters });
  const networks = await docker.listNetworks({ filters });
  const { Volumes: volumes } = await docker.listVolumes({ filters });
  return [
    ...containers.map((container) => `container ${container.Names.join()}`),
    ...networks.map((network) => `network ${network.Name}`),
    ...(volumes ?? []).map((volume) => `volume ${volume.Name}`),
  ];
}

/** What a command on a node prints. */
export async function outputOnNode(lab: string, node: string, ...command: string[]): Promise<string> {
  const transport = await createLabService({ root: ROOT }).transport(lab, node);
  return (await transport.exec(command)).stdout;
}

/** The containers of a lab and what they do, as Docker knows them. */
export async function containersOf(lab: string): Promise<LabInfo['containers']> {
  return (await createLabService({ root: ROOT }).get(lab)).containers;
}

/** Removes a lab a failed test left behind; nothing when there is none. */
export async function removeLab(lab: string): Promise<void> {
  try {
    await createLabService({ root: ROOT }).destroy(lab);
  } catch (error) {
    if (!(error instanceof LabError) || error.code !== 'no-lab') throw error;
  }
}
