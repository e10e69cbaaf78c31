import { networkInterfaces } from 'node:os';
import type Docker from 'dockerode';
import type { Cluster } from '../../../cluster/cluster';
import { isComplete } from '../../../services/secrets';
import type { KnownSecrets } from '../../../services/secrets';
import { holdersOf } from '../../plan/holders';
import { isDescription } from '../../plan/names';
import type { ExistingContainer, ExistingNetwork, Snapshot } from '../../plan/snapshot';
import { PATHS, parseSecrets } from '../../render';
import { readApplied, readTextFile } from '../container-files';
import { isConflict, isGone } from '../docker-errors';
import { hasImage } from '../image/base-image';
import { LABEL, labFilter } from '../labels';
import { settleAll } from '../settle-all';

/** What a snapshot is taken of. */
export interface SnapshotRequest {
  readonly lab: string;
  /** References of the images the lab needs. */
  readonly images: readonly string[];
  /** True for an engine on this machine: then the machine's own interfaces count as used. */
  readonly local: boolean;
}

/** The snapshot, and beside it, because nobody may print them, the lab's secrets. */
export interface Found {
  readonly snapshot: Snapshot;
  readonly secrets: KnownSecrets;
}

/** Looks at what there is of a lab, whole or in pieces; changes nothing. */
export async function takeSnapshot(docker: Docker, request: SnapshotRequest): Promise<Found> {
  const [listed, allNetworks, volumes, images] = await Promise.all([
    docker.listContainers({ all: true, filters: labFilter(request.lab) }),
    docker.listNetworks(),
    volumesOf(docker, request.lab),
    settleAll(request.images, async (image) => ((await hasImage(docker, image)) ? [image] : [])),
  ]);
  const told = newestFirst([
    ...volumes.filter(({ Name }) => isDescription(Name)).map(({ Labels }) => Labels),
    ...listed.map(({ Labels }) => Labels),
  ]);
  const seen = await settleAll(listed, (info) => lookAt(docker, info));
  const containers = seen.filter((container) => container !== undefined);
  const isOurs = ({ Labels }: Docker.NetworkInspectInfo): boolean => Labels?.[LABEL.lab] === request.lab;
  const names = volumes.map(({ Name }) => Name);
  const snapshot = {
    containers,
    networks: allNetworks.filter(isOurs).map(asExisting),
    volumes: names.filter((name) => !isDescription(name)),
    descriptions: names.filter(isDescription),
    images: images.flat(),
    recordedSubnet: recorded(told, ({ subnet }) => subnet),
    recordedDcs: recorded(told, ({ dcs }) => dcs),
    recordedHolders: recorded(told, ({ layers }) => layers && holdersOf({ layers })) ?? {},
    foreignSubnets: [
      ...allNetworks.filter((network) => !isOurs(network)).flatMap(subnetsOf),
      ...(request.local ? interfaceSubnets() : []),
    ],
  };
  return { snapshot, secrets: await readSecrets(docker, containers) };
}

/** The lab's networks, by its label. */
export async function listLabNetworks(docker: Docker, lab: string): Promise<readonly ExistingNetwork[]> {
  return (await docker.listNetworks({ filters: labFilter(lab) })).map(asExisting);
}

/** Names of the lab's volumes, by its label. */
export async function listLabVolumes(docker: Docker, lab: string): Promise<readonly string[]> {
  return (await volumesOf(docker, lab)).map(({ Name }) => Name);
}

async function volumesOf(docker: Docker, lab: string): Promise<readonly Docker.VolumeInspectInfo[]> {
  const { Volumes } = await docker.listVolumes({ filters: labFilter(lab) });
  return Volumes ?? [];
}

function asExisting(network: Docker.NetworkInspectInfo): ExistingNetwork {
  const [config] = network.IPAM?.Config ?? [];
  return { id: network.Id, name: network.Name, subnet: config?.Subnet, gateway: config?.Gateway };
}

function subnetsOf(network: Docker.NetworkInspectInfo): readonly string[] {
  return (network.IPAM?.Config ?? []).map((config) => config.Subnet ?? '');
}

function interfaceSubnets(): readonly string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return addresses.map((address) => address.cidr ?? '');
}

type Labels = Readonly<Record<string, string>>;

/** What was made last was made of the newest files. */
function newestFirst(labels: readonly Labels[]): readonly Labels[] {
  return [...labels].sort((one, other) => Number(other[LABEL.created]) - Number(one[LABEL.created]));
}

/** What the labels say of the cluster. @param told the newest first */
function recorded<T>(
  told: readonly Labels[],
  part: (cluster: Partial<Cluster>) => T | undefined,
): T | undefined {
  for (const labels of told) {
    try {
      const value = part(JSON.parse(labels[LABEL.cluster] ?? '{}') as Partial<Cluster>);
      if (value !== undefined) return value;
    } catch {
      continue; // Damaged by hand; another member may carry it intact.
    }
  }
  return undefined;
}

async function lookAt(docker: Docker, info: Docker.ContainerInfo): Promise<ExistingContainer | undefined> {
  try {
    const networks = Object.entries(info.NetworkSettings.Networks);
    return {
      id: info.Id,
      name: (info.Names[0] ?? '').replace(/^\//, ''),
      node: info.Labels[LABEL.node] ?? '',
      role: info.Labels[LABEL.role] ?? '',
      image: info.Image,
      state: info.State,
      shapeHash: info.Labels[LABEL.hash] ?? '',
      networks: Object.fromEntries(networks.map(([name, { NetworkID }]) => [name, NetworkID])),
      publishes: info.Ports.flatMap(({ PublicPort }) => (PublicPort ? [PublicPort] : [])),
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
