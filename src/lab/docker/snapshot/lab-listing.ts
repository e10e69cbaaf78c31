import type Docker from 'dockerode';
import type { Cluster } from '../../../cluster/cluster';
import type { ContainerState } from '../../../observe/state';
import { labCluster } from '../../../services/lab-layers';
import type { LabInfo, LabPhase } from '../../lab-service';
import { LABEL, labFilter } from '../labels';

/** What Docker's list of containers says about one of ours. */
export type ListedContainer = Pick<Docker.ContainerInfo, 'Id' | 'State' | 'Labels' | 'Ports'>;

/** All labs of this engine, by name. */
export async function listLabs(docker: Docker): Promise<readonly LabInfo[]> {
  return describeLabs(await docker.listContainers({ all: true, filters: labFilter() }));
}

/** Puts containers together to labs; pure. Containers whose labels are damaged are left out. */
export function describeLabs(containers: readonly ListedContainer[]): readonly LabInfo[] {
  const byLab = new Map<string, ListedContainer[]>();
  for (const container of containers) {
    const name = container.Labels[LABEL.lab] ?? '';
    byLab.set(name, [...(byLab.get(name) ?? []), container]);
  }
  return [...byLab]
    .map(([name, members]) => describeLab(name, members))
    .filter((lab) => lab !== undefined)
    .sort((one, other) => one.name.localeCompare(other.name));
}

function describeLab(name: string, unordered: readonly ListedContainer[]): LabInfo | undefined {
  // The gateway is replaced whenever its labels change, so it is asked first.
  const members = [...unordered].sort((one, other) => Number(isGateway(other)) - Number(isGateway(one)));
  const labelled = firstParsed<Cluster>(members, LABEL.cluster);
  if (!name || !labelled) return undefined;
  // Of a lab that an earlier version made, layers that this one could run count as switched on.
  const cluster = labCluster(labelled);
  const containers = members
    .map((member) => ({
      node: member.Labels[LABEL.node] ?? '',
      role: isGateway(member) ? ('gateway' as const) : ('node' as const),
      id: member.Id,
      state: containerState(member.State),
    }))
    .sort((one, other) => one.role.localeCompare(other.role) * -1 || one.node.localeCompare(other.node));
  return {
    name,
    phase: phaseOf(
      containers.map((container) => container.state),
      cluster.nodes.length + 1,
    ),
    cluster,
    addresses: firstParsed<Record<string, string>>(members, LABEL.addresses) ?? {},
    containers,
    httpUrl: httpUrl(members),
    sources: firstParsed<NonNullable<LabInfo['sources']>>(members, LABEL.sources) ?? {},
    versions: firstParsed<Record<string, string>>(members, LABEL.versions) ?? {},
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

function isGateway(member: ListedContainer): boolean {
  return member.Labels[LABEL.role] === 'gateway';
}

function httpUrl(members: readonly ListedContainer[]): string | undefined {
  const gateway = members.find(isGateway);
  const port = gateway?.Ports.find((candidate) => candidate.PublicPort && candidate.IP === '127.0.0.1');
  return port ? `http://127.0.0.1:${port.PublicPort}/` : undefined;
}

function firstParsed<T>(members: readonly ListedContainer[], label: string): T | undefined {
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
