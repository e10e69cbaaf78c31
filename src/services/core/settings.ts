import type { Cluster, ClusterNode } from '../../cluster/cluster';
import type { Timings } from '../../cluster/timing';
import type { Hearing } from './hearing';
import type { KeyRule } from './key-rule';

/** What a section's defaults follow from. */
export interface SectionInput {
  readonly cluster: Cluster;
  readonly node: ClusterNode;
  /** Of the chosen profile. */
  readonly timings: Timings;
}

/** One node's settings of a section, and the names of those that its own gitlab.rb decided. */
export interface DecidedSettings<T extends object> {
  readonly settings: T;
  readonly decided: ReadonlySet<string>;
}

/**
 * A part of a node's settings: its type, what it is before anybody writes a gitlab.rb, and the keys that change it.
 * It is also the token by which renderers ask for it. Units: seconds unless a setting's name says otherwise.
 */
export interface SettingsSection<N extends string = string, T extends object = object> {
  /** Its name among the node's settings. */
  readonly name: N;
  defaults(input: SectionInput): T;
  /** In the order in which they are applied: later ones win. */
  readonly keys: readonly KeyRule<T>[];
  /** Settings that a role of gitlab.rb decides; a later role wins, and a key wins over every role. */
  readonly roles?: Readonly<Record<string, Partial<T>>>;
  /** Numbers of the service's ports, by their names. */
  ports?(settings: T): Readonly<Record<string, number>>;
  /** Root and keys of gitlab.rb that say a port, by its name, where that is inside a hash which is taken as a whole. */
  readonly portKeys?: Readonly<Record<string, readonly string[]>>;
  /** How connections to a port must begin, by its name; a port without an entry is not judged. */
  hears?(settings: T): Readonly<Record<string, Hearing>>;
  /** Addresses it listens on, as written: several by blanks or commas. All of the node's when absent or empty. */
  listens?(settings: T): string;
  /**
   * Where it listens, by the names of its ports, other than at all addresses of the node: a host, the path of a socket, or
   * nothing (empty).
   */
  places?(settings: T): Readonly<Record<string, string | undefined>>;
  /** The host by which clients reach the service, where it runs outside the nodes and a file says it. */
  reachedAt?(settings: T): string | undefined;
  /** Addresses by which people reach what it serves, as URLs. */
  urls?(settings: T): readonly string[];
  /** What a live source is found by besides ports, by the names under which the lab writes it down. */
  declares?(settings: T): Readonly<Record<string, string>>;
  /** For settings that one file cannot decide without the others. @param nodes in the order of the cluster */
  settle?(nodes: readonly DecidedSettings<T>[]): readonly T[];
}

/** Declares a section. */
export function settingsSection<const N extends string, T extends object>(
  section: SettingsSection<N, T>,
): SettingsSection<N, T> {
  return section;
}
