import { networkInterfaces } from 'node:os';
import type Docker from 'dockerode';
import type { Cluster } from '../../../cluster/cluster';
import { isComplete } from '../../../services/secrets';
import type { KnownSecrets } from '../../../services/secrets';
import type { RunningNodes } from '../../plan/effects/cluster-effects';
import { parseInForce } from '../../plan/effects/in-force';
import type { InForce } from '../../plan/effects/in-force';
import type { NodeTransport } from '../../../transport/transport';
import { holdersOf } from '../../plan/holders';
import { isDescription } from '../../plan/names';
import type { Applied, ExistingContainer, ExistingNetwork, Snapshot } from '../../plan/snapshot';
import { PATHS, parseSecrets } from '../../render';
import {
  APPLIED_PATH,
  IN_FORCE_PATH,
  parseApplied,
  readApplied,
  readInForce,
  readTextFile,
} from '../container-files';
import { unlessGone } from '../docker-errors';
import { hasImage } from '../image/base-image';
import { LABEL, labFilter } from '../labels';
import { settleAll } from '../settle-all';
import { readTexts } from './kept-texts';

/** What a snapshot is taken of. */
export interface SnapshotRequest {
  readonly lab: string;
  /** References of the images the lab needs; those may still be looked up. */
  readonly images: readonly string[] | Promise<readonly string[]>;
  /** True for an engine on this machine: then the machine's own interfaces count as used. */
  readonly local: boolean;
  /** The way into running containers; without it the engine is asked for their files. */
  readonly ask?: AskContainer | undefined;
}

export type AskContainer = (id: string, node: string) => Promise<Pick<NodeTransport, 'exec'>>;

/** The snapshot, and beside it, because nobody may print them, what holds the lab's secrets. */
export interface Found {
  readonly snapshot: Snapshot;
  readonly secrets: KnownSecrets;
  /** What the programs of running containers go by. */
  readonly inForce: RunningNodes['inForce'];
}

/** Looks at what there is of a lab, whole or in pieces; changes nothing. */
export async function takeSnapshot(docker: Docker, request: SnapshotRequest): Promise<Found> {
  const [{ listed, seen, secrets }, allNetworks, volumes, images] = await Promise.all([
    lookAtContainers(docker, request),
    docker.listNetworks(),
    volumesOf(docker, request.lab),
    presentImages(docker, request.images),
  ]);
  const told = newestFirst([
    ...volumes.filter(({ Name }) => isDescription(Name)).map(({ Labels }) => Labels),
    ...listed.map(({ Labels }) => Labels),
  ]);
  const containers = seen.map(({ container }) => container);
  const isOurs = ({ Labels }: Docker.NetworkInspectInfo): boolean => Labels?.[LABEL.lab] === request.lab;
  const names = volumes.map(({ Name }) => Name);
  const snapshot = {
    containers,
    networks: allNetworks.filter(isOurs).map(asExisting),
    volumes: names.filter((name) => !isDescription(name)),
    descriptions: names.filter(isDescription),
    images,
    recordedSubnet: recorded(told, ({ subnet }) => subnet),
    recordedDcs: recorded(told, ({ dcs }) => dcs),
    recordedHolders: recorded(told, ({ layers }) => layers && holdersOf({ layers })) ?? {},
    foreignSubnets: [
      ...allNetworks.filter((network) => !isOurs(network)).flatMap(subnetsOf),
      ...(request.local ? interfaceSubnets() : []),
    ],
  };
  const inForce = seen.flatMap(({ container, inForce }) =>
    inForce ? [[container.name, inForce] as const] : [],
  );
  return { snapshot, secrets, inForce: new Map(inForce) };
}

interface SeenContainers {
  readonly listed: readonly Docker.ContainerInfo[];
  readonly seen: readonly SeenContainer[];
  readonly secrets: KnownSecrets;
}

/** All questions at once: each of them is a way to the engine and back. */
async function lookAtContainers(docker: Docker, { lab, ask }: SnapshotRequest): Promise<SeenContainers> {
  const listed = await docker.listContainers({ all: true, filters: labFilter(lab) });
  const kept = new Map(
    listed.map((info) => [info.Id, ask && info.State === 'running' ? keptIn(ask, info) : NOT_ASKED]),
  );
  const [seen, secrets] = await Promise.all([
    settleAll(listed, async (info) => lookAt(docker, info, await kept.get(info.Id))),
    readSecrets(docker, listed, kept),
  ]);
  return { listed, seen: seen.filter((container) => container !== undefined), secrets };
}

/** What a container keeps, as texts; absent where it keeps nothing of the kind. */
interface Kept {
  readonly applied: string | undefined;
  readonly inForce: string | undefined;
  readonly secrets: string | undefined;
}

const NOT_ASKED = Promise.resolve(undefined);

/** Undefined when the container does not say it. */
async function keptIn(ask: AskContainer, { Id, Labels }: Docker.ContainerInfo): Promise<Kept | undefined> {
  const transport = await ask(Id, Labels[LABEL.node] ?? '');
  const texts = await readTexts(transport, [APPLIED_PATH, IN_FORCE_PATH, PATHS.secrets]);
  if (texts === undefined) return undefined;
  const [applied, inForce, secrets] = texts;
  return { applied, inForce, secrets };
}

/** Those of the images that the engine has. */
async function presentImages(docker: Docker, images: SnapshotRequest['images']): Promise<readonly string[]> {
  const found = await settleAll(await images, async (image) =>
    (await hasImage(docker, image)) ? [image] : [],
  );
  return found.flat();
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

interface SeenContainer {
  readonly container: ExistingContainer;
  readonly inForce: InForce | undefined;
}

/**
 * Undefined when it was removed since it was listed, or is on its way.
 * @param kept what it said itself
 */
async function lookAt(
  docker: Docker,
  info: Docker.ContainerInfo,
  kept: Kept | undefined,
): Promise<SeenContainer | undefined> {
  const networks = Object.entries(info.NetworkSettings.Networks);
  const { applied, inForce } = kept ? saidIn(kept) : await readRecords(docker, info);
  if (applied === undefined) return undefined;
  return {
    inForce,
    container: {
      id: info.Id,
      name: (info.Names[0] ?? '').replace(/^\//, ''),
      node: info.Labels[LABEL.node] ?? '',
      role: info.Labels[LABEL.role] ?? '',
      image: info.Image,
      state: info.State,
      shapeHash: info.Labels[LABEL.hash] ?? '',
      networks: Object.fromEntries(networks.map(([name, { NetworkID }]) => [name, NetworkID])),
      publishes: info.Ports.flatMap(({ PublicPort }) => (PublicPort ? [PublicPort] : [])),
      applied: applied.known,
    },
  };
}

interface Records {
  readonly inForce: InForce | undefined;
  /** Absent when the container is gone. */
  readonly applied: { readonly known: Applied | undefined } | undefined;
}

function saidIn({ applied, inForce }: Kept): Records {
  return {
    inForce: inForce === undefined ? undefined : parseInForce(inForce),
    applied: { known: parseApplied(applied) },
  };
}

async function readRecords(docker: Docker, { Id, State }: Docker.ContainerInfo): Promise<Records> {
  const container = docker.getContainer(Id);
  const [inForce, applied] = await Promise.all([
    State === 'running' ? unlessGone(readInForce(container)) : undefined,
    unlessGone(readApplied(container).then((known) => ({ known }))),
  ]);
  return { inForce, applied };
}

/** What the nodes' files hold together; all have the same, but a deployment may have been killed halfway. */
async function readSecrets(
  docker: Docker,
  listed: readonly Docker.ContainerInfo[],
  kept: ReadonlyMap<string, Promise<Kept | undefined>>,
): Promise<KnownSecrets> {
  let known: KnownSecrets = {};
  for (const { Id, Labels } of listed) {
    if (Labels[LABEL.role] !== 'node') continue;
    const said = await kept.get(Id);
    const text = said ? said.secrets : await unlessGone(readTextFile(docker.getContainer(Id), PATHS.secrets));
    if (text !== undefined) known = { ...parseSecrets(text), ...known };
    if (isComplete(known)) break;
  }
  return known;
}
