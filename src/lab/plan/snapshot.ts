import type { Holders } from './holders';

/** What an engine holds of one lab at one moment, as pure data without secrets. */
export interface Snapshot {
  readonly containers: readonly ExistingContainer[];
  /** The lab's networks, by its label. */
  readonly networks: readonly ExistingNetwork[];
  /** Names of the lab's volumes that hold something. */
  readonly volumes: readonly string[];
  /** Names of those whose labels say what the lab is: one, or several when a deployment was killed. */
  readonly descriptions: readonly string[];
  /** References of the images the lab needs that are there. */
  readonly images: readonly string[];
  /** Where the lab's containers were made to live, as they carry it; undefined when there are none. */
  readonly recordedSubnet: string | undefined;
  /** Where the lab's Patroni keeps who leads, as they carry it. */
  readonly recordedDcs?: string | undefined;
  /** The nodes that had the data of each layer, as they carry it. */
  readonly recordedHolders?: Holders;
  /** Subnets others use, in CIDR notation: networks of the engine, interfaces of this machine. */
  readonly foreignSubnets: readonly string[];
}

/** A container of the lab as it is now. */
export interface ExistingContainer {
  readonly id: string;
  readonly name: string;
  readonly node: string;
  readonly role: string;
  readonly image: string;
  /** Docker's word: created, running, paused, exited, dead… */
  readonly state: string;
  readonly shapeHash: string;
  /** The networks it is attached to, name to id; a stopped one also names those that are gone. */
  readonly networks: Readonly<Record<string, string>>;
  /** Ports of this machine that lead into it at the moment. */
  readonly publishes?: readonly number[];
  /** Undefined when its files were never completely put in. */
  readonly applied: Applied | undefined;
}

/** What was last put into a container. */
export interface Applied {
  /** Missing while files are being replaced: a deployment that was killed then left some of each. */
  readonly hash?: string;
  /** Every file that may be there. */
  readonly paths: readonly string[];
}

export interface ExistingNetwork {
  readonly id: string;
  readonly name: string;
  readonly subnet: string | undefined;
  readonly gateway: string | undefined;
}

/** True when the container was filled and has run, so that it may hold data. */
export function hasRun(container: ExistingContainer): boolean {
  return container.applied !== undefined && container.state !== 'created';
}

/**
 * True when the lab was complete and had run: then a deployment that fails leaves it alone, else it takes away
 * all of it.
 */
export function hasWorked(snapshot: Snapshot): boolean {
  const nodes = snapshot.containers.filter((container) => container.role === 'node');
  return nodes.length > 0 && snapshot.containers.every(hasRun);
}

/**
 * True when what there is of a lab may hold data somebody wants: it had worked, or so many nodes have run that they were
 * a cluster.
 * @param nodes how many nodes the lab has
 */
export function isWorthKeeping(snapshot: Snapshot, nodes: number): boolean {
  const holders = snapshot.containers.filter((container) => container.role === 'node' && hasRun(container));
  return hasWorked(snapshot) || holders.length > nodes / 2;
}
