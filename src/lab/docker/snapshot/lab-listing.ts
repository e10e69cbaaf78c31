import type Docker from 'dockerode';
import type { Cluster } from '../../../cluster/cluster';
import { machinesOf } from '../../../cluster/machines';
import type { ContainerState } from '../../../observe/state';
import { labCluster } from '../../../services/lab-layers';
import type { LabInfo, LabPhase } from '../../lab-service';
import { publishedPorts } from '../../published';
import { isDescription } from '../../plan/names';
import { LABEL, labFilter } from '../labels';

/** What Docker's list of containers says about one of ours. */
export type ListedContainer = Pick<Docker.ContainerInfo, 'Id' | 'State' | 'Labels' | 'Ports'>;

/** All labs of this engine, by name. @param lab only the one of this name */
export async function listLabs(docker: Docker, lab?: string): Promise<readonly LabInfo[]> {
  const filters = labFilter(lab);
  const [containers, { Volumes }] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listVolumes({ filters }),
  ]);
  const volumes = (Volumes as Docker.VolumeInspectInfo[] | null) ?? [];
  const descriptions = volumes.filter(({ Name }) => isDescription(Name));
  return describeLabs(
    containers,
    descriptions.map(({ Labels }) => Labels),
  );
}

type Labels = Readonly<Record<string, string>>;

/**
 * Puts containers together to labs; pure. Containers whose labels are damaged are left out.
 * @param descriptions labels of the volumes that say what a lab is; without one the containers' own count
 */
export function describeLabs(
  containers: readonly ListedContainer[],
  descriptions: readonly Labels[] = [],
): readonly LabInfo[] {
  const byLab = new Map<string, ListedContainer[]>();
  for (const container of containers) {
    const name = container.Labels[LABEL.lab] ?? '';
    byLab.set(name, [...(byLab.get(name) ?? []), container]);
  }
  return [...byLab]
    .map(([name, members]) => describeLab(name, members, descriptionsOf(name, descriptions)))
    .filter((lab) => lab !== undefined)
    .sort((one, other) => one.name.localeCompare(other.name));
}

/** The newest first: a deployment that was killed leaves two. */
function descriptionsOf(
  lab: string,
  descriptions: readonly Labels[],
): readonly Pick<ListedContainer, 'Labels'>[] {
  return descriptions
    .filter((labels) => labels[LABEL.lab] === lab)
    .sort((one, other) => Number(other[LABEL.created]) - Number(one[LABEL.created]))
    .map((labels) => ({ Labels: labels }));
}

function describeLab(
  name: string,
  unordered: readonly ListedContainer[],
  descriptions: readonly Pick<ListedContainer, 'Labels'>[],
): LabInfo | undefined {
  // Labs of earlier versions have no description: their gateway was replaced whenever its labels changed.
  const members = [...unordered].sort((one, other) => Number(isGateway(other)) - Number(isGateway(one)));
  const telling = [...descriptions, ...members];
  const labelled = firstParsed<Cluster>(telling, LABEL.cluster);
  if (!name || !labelled) return undefined;
  // Of a lab that an earlier version made, layers that this one could run count as switched on.
  const cluster = labCluster(labelled);
  const published = publishedPorts(members.find(isGateway)?.Ports ?? []);
  const containers = members
    .map((member) => ({
      node: member.Labels[LABEL.node] ?? '',
      role: roleOf(member),
      id: member.Id,
      state: containerState(member.State),
    }))
    .sort((one, other) => rankOf(one) - rankOf(other) || one.node.localeCompare(other.node));
  return {
    name,
    phase: phaseOf(
      containers.map((container) => container.state),
      machinesOf(cluster).length + 1,
    ),
    cluster,
    addresses: firstParsed<Record<string, string>>(telling, LABEL.addresses) ?? {},
    containers,
    httpUrl: published.http === undefined ? undefined : `http://127.0.0.1:${published.http}/`,
    published,
    sources: firstParsed<NonNullable<LabInfo['sources']>>(telling, LABEL.sources) ?? {},
    versions: versionsOf(members),
    createdAt: Math.min(...members.map((member) => Number(member.Labels[LABEL.created]) || Infinity)),
  };
}

/** Docker's word for a container's state in ours. */
export function containerState(state: string): ContainerState {
  switch (state) {
    case 'running':
    case 'restarting':
      return 'running';
    case 'paused':
      return 'paused';
    case 'created':
    case 'exited':
    case 'dead':
    case 'removing':
      return 'stopped';
    default:
      return 'unknown';
  }
}

function phaseOf(states: readonly ContainerState[], expected: number): LabPhase {
  const running = states.filter((state) => state === 'running').length;
  if (running === expected) return 'running';
  return states.some((state) => state === 'running' || state === 'paused') ? 'partial' : 'stopped';
}

/** Nodes first, the gateway last. */
function rankOf({ role }: LabInfo['containers'][number]): number {
  return ['node', 'service', 'gateway'].indexOf(role);
}

function roleOf({ Labels }: ListedContainer): LabInfo['containers'][number]['role'] {
  const role = Labels[LABEL.role];
  return role === 'gateway' || role === 'service' ? role : 'node';
}

/** Of all images: the nodes', and those of the machines outside. */
function versionsOf(members: readonly ListedContainer[]): Readonly<Record<string, string>> {
  const outside = members.filter((member) => roleOf(member) === 'service');
  const inside = members.filter((member) => roleOf(member) !== 'service');
  return Object.assign(
    {},
    ...[...outside.map((member) => [member]), inside].map(
      (some) => firstParsed<Record<string, string>>(some, LABEL.versions) ?? {},
    ),
  ) as Record<string, string>;
}

function isGateway(member: ListedContainer): boolean {
  return member.Labels[LABEL.role] === 'gateway';
}

function firstParsed<T>(members: readonly Pick<ListedContainer, 'Labels'>[], label: string): T | undefined {
  for (const member of members) {
    const text = member.Labels[label];
    if (text === undefined) continue;
    try {
      return JSON.parse(text) as T;
    } catch {
      continue; // Damaged by hand; another member may carry it intact.
    }
  }
  return undefined;
}
