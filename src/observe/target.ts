import type { Cluster } from '../cluster/cluster';
import type { Declared } from '../services/core/live/declared';
import type { Layout } from '../services/core/live/layout';
import type { ClusterPlaces, ClusterPorts } from '../services/core/ports';
import type { NodeTransport } from '../transport/transport';
import type { ContainerEvents } from './container-source';

/** What can be observed: nodes that can be reached, whether containers or machines, and what is known of them. */
export interface ObservedTarget {
  /** Also the lab's name where it is one. */
  readonly name: string;
  /** The cluster with the addresses its nodes really have. */
  readonly cluster: Cluster;
  /** Ports that gitlab.rb changed. */
  readonly ports: ClusterPorts;
  /** Where services listen, where that is known. */
  readonly places?: ClusterPlaces;
  /** Further settings that sources are found by. */
  readonly declared: Declared;
  /** Reaches a node; what it gives is kept while the node stands. */
  readonly transport: (node: string) => NodeTransport | Promise<NodeTransport>;
  /** What the engine says of containers; undefined for machines. */
  readonly containers: ContainerEvents | undefined;
  readonly profile: ObservedProfile;
}

/** What has to be known of the inside of a node to look at it. */
export interface ObservedProfile {
  readonly layout: Layout;
  /**
   * Program and arguments that print a secret on the node and nothing else.
   * @param name the secret's, as its service declares it
   */
  readonly readSecret: (name: string) => readonly string[];
}
