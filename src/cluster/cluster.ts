import type { LayerId } from './layer';
import type { TimingProfileId } from './timing';

/** A machine of the cluster. */
export interface ClusterNode {
  /** Host name, unique in the cluster, a DNS label. */
  readonly name: string;
  /** IPv4 address inside the cluster's subnet, or a host name; unique in the cluster. */
  readonly address: string;
  /** The host name cluster.yaml has for it, beside its address or instead of one that was found elsewhere. */
  readonly host?: string;
}

export interface LayerPlacement {
  readonly enabled: boolean;
  /** Names of the nodes the layer runs on. */
  readonly nodes: readonly string[];
  /** Names of further nodes that hold no data of the layer and only vote in it. */
  readonly voters?: readonly string[];
  /** Names of the nodes where clients' connections are pooled, where those are not the layer's own. */
  readonly poolers?: readonly string[];
}

export type ProfileId = 'core' | 'omnibus';
/** Where the cluster may keep who leads; the first is the package's. */
export const DCS_IDS = ['consul', 'etcd'] as const;
export type DcsId = (typeof DCS_IDS)[number];

/** What only the lab needs to know; a production cluster has no such section. */
export interface LabOptions {
  readonly profile: ProfileId;
  readonly timings: TimingProfileId;
  /** Memory limit of one node container in MiB. */
  readonly memoryMb: number;
  /** CPU limit of one node container in cores; 0 means no limit. */
  readonly cpus: number;
  /** Loopback port of the host that reaches the VIP's HTTP; 0 means any free port. */
  readonly httpPort: number;
  /** The same for its HTTPS and its SSH, where the cluster has them; absent: any free port. */
  readonly httpsPort?: number;
  readonly sshPort?: number;
  /**
   * The layers the lab is asked to run, in the model's order; what they need comes along (services/lab-layers.ts). Absent:
   * the usual ones.
   */
  readonly layers?: readonly LayerId[];
}

/** The cluster as the user describes it in cluster.yaml. */
export interface Cluster {
  /** Also the lab's name: one lab per name. */
  readonly name: string;
  readonly domain: string;
  readonly gitlabVersion: string;
  /** HAProxy version the configuration is meant for, as `major.minor`. */
  readonly haproxyVersion: string;
  readonly dcs: DcsId;
  /** The nodes' network in CIDR notation. */
  readonly subnet: string;
  readonly vip: string;
  readonly nodes: readonly ClusterNode[];
  /** Machines outside the nodes, which only a lab knows: each has the name of the one service it runs. */
  readonly outside?: readonly ClusterNode[];
  readonly layers: Readonly<Record<LayerId, LayerPlacement>>;
  readonly lab: LabOptions;
}
