import type { Cluster } from '../../../cluster/cluster';
import type { ClusterPlaces, ClusterPorts } from '../ports';
import type { NodeTransport } from '../../../transport/transport';
import type { Observation } from '../live/observation';
import type { Declared } from '../live/declared';
import type { Placement } from '../live/view';
import type { Secret } from '../secrets';
import type { Hints } from './hints';

/** What a watcher gets: how to reach nodes, where to put what it sees, when to stop and when to hurry. */
export interface WatchContext {
  readonly cluster: Cluster;
  /** Which service runs where. */
  readonly placement: Placement;
  /** Ports that gitlab.rb changed. */
  readonly ports: ClusterPorts;
  /** Where services listen, where that is known. */
  readonly places?: ClusterPlaces;
  /** Other settings that sources are found by. */
  readonly declared: Declared;
  /**
   * A secret of a node, read there; kept in memory only and never logged.
   * @throws TransportError when it cannot be read
   */
  readonly secret: (node: string, secret: Pick<Secret, 'name'>) => Promise<string>;
  /** The node's service refused the secret: it is read again when it is wanted next. */
  readonly forgetSecret: (node: string, secret: Pick<Secret, 'name'>) => void;
  readonly transport: (node: string) => Promise<NodeTransport>;
  readonly emit: (observation: Observation) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Aborted when nobody looks any more. */
  readonly signal: AbortSignal;
  readonly hints: Hints;
  /** One line per trouble, without secrets. */
  readonly log: (line: string) => void;
}

/** Runs until the context's signal is aborted and everything it opened is closed. Never rejects. */
export type Watcher = (context: WatchContext) => Promise<void>;
