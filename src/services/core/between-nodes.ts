import type { Cluster } from '../../cluster/cluster';
import type { Range, Severity } from '../../finding/finding';
import type { ConfigValue } from './config-value';
import type { SettingsSection } from './settings';

/** One node as what stands between the nodes is judged by. Addresses are the workspace's. */
export interface Peer {
  readonly name: string;
  readonly address: string;
  /** The host name it is known by, beside its address. */
  readonly host?: string;
  /** Its settings of a section. */
  settings<T extends object>(section: SettingsSection<string, T>): T;
  /** What its gitlab.rb says at root and keys; undefined where it says nothing. */
  written(path: readonly string[]): ConfigValue | undefined;
}

/** A contradiction between the nodes, told at one of them. @typeParam Code ids of the rules that find it */
export interface Contradiction<Code extends string = string> {
  readonly code: Code;
  readonly severity: Severity;
  readonly node: Peer;
  /** In the node's gitlab.rb; undefined where nothing is written: the file's start. */
  readonly range: Range | undefined;
  readonly message: string;
  readonly remedy: string;
}

/** A setting every node must agree on, or there is more than one cluster. */
export interface Agreement<Code extends string = string> {
  readonly code: Code;
  /** Root and keys in gitlab.rb. */
  readonly path: readonly string[];
  of(node: Peer): string;
  /** A clause that completes "…, because". */
  readonly why: string;
}

/** What a service needs of all nodes together. Pure. */
export interface BetweenNodes<Code extends string = string> {
  readonly agreed?: readonly Agreement<Code>[];
  /**
   * @param nodes all of the cluster, in its order
   * @param lab the cluster as its lab runs it: for what no lab can do, and a real cluster can
   */
  contradictions?(cluster: Cluster, nodes: readonly Peer[], lab: Cluster): readonly Contradiction<Code>[];
}
