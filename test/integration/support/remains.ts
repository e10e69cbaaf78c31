import { readdir } from 'node:fs/promises';
import type Docker from 'dockerode';

/** Everything in Docker and in the state folder that belongs to a lab, one word each. */
export async function remainsOf(docker: Docker, lab: string, stateDir: string): Promise<readonly string[]> {
  const [containers, networks, { Volumes }] = await Promise.all([
    docker.listContainers({ all: true }),
    docker.listNetworks(),
    docker.listVolumes(),
  ]);
  const ours = (name: string | undefined, labels: Record<string, string> | undefined): boolean =>
    labels?.['gitlab-ha-lab.lab'] === lab || (name?.includes(lab) ?? false);
  const files = await readdir(stateDir, { recursive: true }).catch(() => []);
  return [
    ...containers.filter((one) => ours(one.Names[0], one.Labels)).map((one) => `container ${one.Names[0]}`),
    ...networks.filter((one) => ours(one.Name, one.Labels)).map((one) => `network ${one.Name}`),
    ...Volumes.filter((one) => ours(one.Name, one.Labels)).map((one) => `volume ${one.Name}`),
    ...files.map((name) => `file ${name}`),
  ];
}
