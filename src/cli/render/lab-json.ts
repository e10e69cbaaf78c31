import { sshUrl, webUrl } from '../../presentation/lab-url';
import { deployedServices } from '../../services/registry';
import { runsOn } from '../../services/placement';
import type { TimingProfileId } from '../../cluster/timing';
import type { LabInfo, LabPhase } from '../../lab/lab-service';
import type { ContainerState } from '../../observe/state';

/** A lab for programs, without what only the lab itself needs; docs/cli.md documents the fields. */
export interface LabJson {
  readonly name: string;
  readonly phase: LabPhase;
  readonly profile: string;
  readonly timings: TimingProfileId;
  readonly gitlabVersion: string;
  readonly domain: string;
  /** The lab's own network, in CIDR notation. */
  readonly subnet: string;
  readonly vip: string;
  readonly httpUrl: string | null;
  readonly httpsUrl: string | null;
  readonly sshUrl: string | null;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** When it was last deployed or updated. */
  readonly updatedAt: number;
  readonly nodes: readonly LabNodeJson[];
  readonly gateway: ContainerState;
  /** Address in the workspace to address in the lab. */
  readonly addresses: Readonly<Record<string, string>>;
  /** Program to version, as found in the image. */
  readonly versions: Readonly<Record<string, string>>;
}

export interface LabNodeJson {
  readonly name: string;
  readonly address: string;
  readonly state: ContainerState;
  /** What is to run there. */
  readonly services: readonly string[];
}

/** A lab as `list`, `status` and `up` give it to programs. */
export function labJson(lab: LabInfo): LabJson {
  const { cluster } = lab;
  const stateOf = (node: string): ContainerState =>
    lab.containers.find((container) => container.node === node)?.state ?? 'unknown';
  return {
    name: lab.name,
    phase: lab.phase,
    profile: cluster.lab.profile,
    timings: cluster.lab.timings,
    gitlabVersion: cluster.gitlabVersion,
    domain: cluster.domain,
    subnet: cluster.subnet,
    vip: cluster.vip,
    httpUrl: lab.httpUrl ?? null,
    httpsUrl: lab.published?.https === undefined ? null : (webUrl(lab) ?? null),
    sshUrl: sshUrl(lab) ?? null,
    createdAt: lab.createdAt,
    updatedAt: lab.updatedAt ?? lab.createdAt,
    nodes: cluster.nodes.map(({ name, address }) => ({
      name,
      address,
      state: stateOf(name),
      services: deployedServices()
        .filter((service) => runsOn(cluster, service, name))
        .map(({ id }) => id),
    })),
    gateway: stateOf('gateway'),
    addresses: lab.addresses,
    versions: lab.versions,
  };
}
