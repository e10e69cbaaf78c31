import type Docker from 'dockerode';
import { PATHS, parseSecrets } from '../../render';
import { isComplete } from '../../../services/secrets';
import type { KnownSecrets } from '../../../services/secrets';
import type { Applied } from '../container-files';
import { readApplied, readTextFile } from '../container-files';
import { isConflict, isGone } from '../docker-errors';
import { LABEL, labFilter } from '../labels';
import { settleAll } from '../settle-all';

/** A container of the lab as it is now. */
export interface ExistingContainer {
  readonly id: string;
  readonly name: string;
  readonly node: string;
  readonly role: string;
  /** Docker's word: created, running, paused, exited, dead… */
  readonly state: string;
  readonly shapeHash: string;
  /** Names of the networks it is attached to. */
  readonly networks: readonly string[];
  /** Undefined when its files were never completely put in. */
  readonly applied: Applied | undefined;
}

export interface ExistingNetwork {
  readonly id: string;
  readonly name: string;
  readonly subnet: string | undefined;
  readonly gateway: string | undefined;
}

/** Everything that carries a lab's label. */
export interface Inventory {
  readonly containers: readonly ExistingContainer[];
  readonly networks: readonly ExistingNetwork[];
  readonly secrets: KnownSecrets;
}

/** Looks at what there is of a lab, whole or in pieces. */
export async function takeInventory(docker: Docker, lab: string): Promise<Inventory> {
  const [listed, networks] = await Promise.all([
    docker.listContainers({ all: true, filters: labFilter(lab) }),
    listLabNetworks(docker, lab),
  ]);
  const containers = await settleAll(listed, (info) => lookAt(docker, info));
  const found = containers.filter((container) => container !== undefined);
  return { containers: found, networks, secrets: await readSecrets(docker, found) };
}

/** The lab's networks, by its label. */
export async function listLabNetworks(docker: Docker, lab: string): Promise<readonly ExistingNetwork[]> {
  const networks = await docker.listNetworks({ filters: labFilter(lab) });
  return networks.map((network) => ({
    id: network.Id,
    name: network.Name,
    subnet: network.IPAM?.Config?.[0]?.Subnet,
    gateway: network.IPAM?.Config?.[0]?.Gateway,
  }));
}

async function lookAt(docker: Docker, info: Docker.ContainerInfo): Promise<ExistingContainer | undefined> {
  try {
    return {
      id: info.Id,
      name: (info.Names[0] ?? '').replace(/^\//, ''),
      node: info.Labels[LABEL.node] ?? '',
      role: info.Labels[LABEL.role] ?? '',
      state: info.State,
      shapeHash: info.Labels[LABEL.hash] ?? '',
      networks: Object.keys(info.NetworkSettings.Networks),
      applied: await readApplied(docker.getContainer(info.Id)),
    };
  } catch (error) {
    // Removed since it was listed, or on its way.
    if (isGone(error) || isConflict(error)) return undefined;
    throw error;
  }
}

/** What the nodes' files hold together; all have the same, but a deployment may have been killed halfway. */
async function readSecrets(docker: Docker, containers: readonly ExistingContainer[]): Promise<KnownSecrets> {
  let known: KnownSecrets = {};
  for (const { id, role } of containers) {
    if (role !== 'node') continue;
    const text = await readTextFile(docker.getContainer(id), PATHS.secrets);
    if (text !== undefined) known = { ...parseSecrets(text), ...known };
    if (isComplete(known)) break;
  }
  return known;
}
