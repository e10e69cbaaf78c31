import type { Holders } from './holders';

/** The desired lab as pure data: what the engine makes true. */
export interface PlannedFile {
  /** Absolute path in the container. */
  readonly path: string;
  readonly content: string | Uint8Array;
  /** Unix permissions, e.g. 0o600. */
  readonly mode: number;
  /** Owner as numbers: the image fixes them (lab/services/<id>/accounts). */
  readonly uid: number;
  readonly gid: number;
}

export interface PublishedPort {
  readonly containerPort: number;
  /** Always 127.0.0.1. */
  readonly hostAddress: '127.0.0.1';
  /** 0 lets the engine choose. */
  readonly hostPort: number;
}

/** An image containers are made of: built here from the lab's recipe, or taken from a registry. */
export interface PlannedImage {
  readonly reference: string;
  readonly from: 'recipe' | 'registry';
}

/** Data that outlives its container. */
export interface PlannedVolume {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface Mount {
  readonly volume: string;
  /** Absolute path in the container. */
  readonly path: string;
}

export interface PlannedContainer {
  readonly name: string;
  /** A `service` stands beside the nodes: an object store, monitoring. */
  readonly role: 'node' | 'gateway' | 'service';
  /** Node name, or `gateway`, or the service's name. */
  readonly node: string;
  /** Reference of one of the plan's images. */
  readonly image: string;
  readonly address: string;
  readonly capabilities: readonly string[];
  readonly sysctls: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  readonly cpus: number;
  readonly publish: readonly PublishedPort[];
  /** Empty: what the image says. */
  readonly command: readonly string[];
  /** Nothing secret: whoever may inspect containers sees it. */
  readonly environment: Readonly<Record<string, string>>;
  readonly mounts: readonly Mount[];
  /** Names the engine makes known to the container when it is made: host name to address. Nodes have a file of them. */
  readonly hosts: Readonly<Record<string, string>>;
  /** Names of containers that are started before this one. */
  readonly startsAfter: readonly string[];
  readonly files: readonly PlannedFile[];
  /** Hash of the files; kept inside the container beside them, because labels cannot change. */
  readonly filesHash: string;
  /** Hash of what it cannot change while it lives; one of the labels. */
  readonly shapeHash: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface PlannedNetwork {
  readonly name: string;
  readonly subnet: string;
  readonly gateway: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface Plan {
  readonly lab: string;
  readonly images: readonly PlannedImage[];
  readonly network: PlannedNetwork;
  readonly volumes: readonly PlannedVolume[];
  /** Holds nothing; its labels say what the lab is. */
  readonly description: PlannedVolume;
  readonly containers: readonly PlannedContainer[];
  /** The nodes that have the data of each layer that keeps some. */
  readonly holders: Holders;
  /** Servers of haproxy.cfg behind which a service of the lab runs, as `backend/server`. */
  readonly serversInUse: readonly string[];
  /** Hash over everything that would change a container; labels carry it, so a redeploy knows what to do. */
  readonly hash: string;
}
