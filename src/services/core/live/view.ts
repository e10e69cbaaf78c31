import type { Cluster } from '../../../cluster/cluster';
import { nodeFact } from './fact';
import type { Believed, ClusterFact, NodeFact, Source } from './fact';

export type ContainerState = 'running' | 'paused' | 'stopped' | 'missing' | 'unknown';

/** runit's view of one service (supervise/stat and supervise/pid). */
export interface RunitStatus {
  readonly state: 'run' | 'down' | 'finish';
  /** 0 when nothing runs. */
  readonly pid: number;
  /** What the administrator asked for; differs from `state` while runit works on it. */
  readonly wanted: 'up' | 'down';
  /** Its process was told to stand still. */
  readonly paused?: true;
}

/** The script in each node: what its own files and interfaces say. */
export const NODE_SOURCE: Source = { id: 'node', freshMs: 15_000 };
/** Every supervised process of the node by its runit name. */
export const PROCESSES = nodeFact<Readonly<Record<string, RunitStatus>>>('processes', NODE_SOURCE);
/** IPv4 addresses the node carries. */
export const ADDRESSES = nodeFact<readonly string[]>('addresses', NODE_SOURCE);

/** True when nothing more can be written where the node keeps its data. */
export const DISK_FULL = nodeFact<boolean>('disk-full', NODE_SOURCE);
/** Milliseconds since the node's first process was started, when its script began to look. */
export const NODE_AGE = nodeFact<number>('node-age', NODE_SOURCE);

/** What is believed about one node at the view's time. */
export interface NodeView {
  readonly name: string;
  readonly address: string;
  readonly container: ContainerState;
  readonly connected: boolean | undefined;
  /** May take part: not known to be paused, stopped, missing or cut off. */
  readonly usable: boolean;
  /** A fact that is still believed; undefined for every fact of a node that does not run. */
  fact<T>(fact: NodeFact<T>): Believed<T>;
}

/** Which service is expected where; follows from the cluster alone. */
export interface Placement {
  /** The services a node is expected to run, in start order. */
  servicesOn(node: string): readonly string[];
  /** Nodes that are expected to run the service, in the cluster's order. */
  nodesOf(service: string): readonly string[];
  /** Those of them that run it in full; the others are its clients. */
  membersOf(service: string): readonly string[];
  /** The node with this address, if it is one of the cluster's. */
  nodeAt(address: string | undefined): string | undefined;
}

/** Who holds something only one may hold, as far as known. */
export interface Held {
  /** True when `holder` undefined means "nobody", false when it means "not known". */
  readonly known: boolean;
  readonly holder: string | undefined;
}

/** All that is believed at one moment; services conclude from it. */
export interface View {
  readonly cluster: Cluster;
  readonly placement: Placement;
  readonly nodes: readonly NodeView[];
  node(name: string | undefined): NodeView | undefined;
  /** A fact about the cluster that is still believed, with the index it came with. */
  fact<T>(fact: ClusterFact<T>): (Believed<T> & { readonly index?: number }) | undefined;
  /** What a pure function concludes from this view; computed at first use, once per view. */
  conclude<T>(conclusion: (view: View) => T): T;
}

/** Process of a service as the supervisor says; undefined while it is not known. */
export function processOf(node: NodeView, service: string): RunitStatus | undefined {
  return node.fact(PROCESSES)?.value[service];
}

/** Usable, and the supervisor does not say that the service is down. */
export function mayServe(node: NodeView | undefined, service: string): boolean {
  if (!node?.usable) return false;
  const process = processOf(node, service);
  return process === undefined || process.state === 'run';
}

/** True when it is known that nobody holds it. */
export function vacant({ known, holder }: Held): boolean {
  return known && holder === undefined;
}
