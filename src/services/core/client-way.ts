import type { Cluster } from '../../cluster/cluster';
import type { LayerId } from '../../cluster/layer';
import type { Secret } from './secrets';
import type { SettingsSection } from './settings';

/** The settings of one node, a section at a time. */
export type SettingsOf = <T extends object>(section: SettingsSection<string, T>) => T;

/**
 * A way a client comes to the cluster, mostly to write through the virtual address: declared by the service that takes the
 * client in. Its times are those of one client that tries again and again.
 * @typeParam State the part of the cluster's public state that says who leads
 */
export interface ClientWay<State = unknown> {
  /** Its name on the command line, and in what the gateway's `probe` reads and says. */
  readonly id: string;
  /** What is written to, for people. */
  readonly title: string;
  /** What is done again and again, for people, in the plural; writes when absent. */
  readonly attempts?: string;
  /** The programs an attempt passes, from the entrance on, by their names: there one looks when none succeeds. */
  readonly passes: readonly string[];
  /** The command of `probe` that writes on this way again and again. */
  readonly command: string;
  /** A cluster without this layer has no such way. */
  readonly layer: LayerId;
  /** The port of a node that a proxy leads such clients to. */
  port(settings: SettingsOf): number;
  /** Set where such clients speak TLS if the virtual address does, whatever stands behind it. */
  readonly tls?: true;
  /** Where clients go who do not come in at the virtual address; undefined: nowhere in this cluster. */
  readonly direct?: (cluster: Cluster, settings: SettingsOf) => Place | undefined;
  /** Who the client says it is, by the names `probe` has for it. */
  login(
    settings: SettingsOf,
    secret: (token: Secret) => string,
    cluster: Cluster,
  ): Readonly<Record<string, string>>;
  /** Set where a cluster on which nobody is served on this way is not whole: it is tried before a fault, and when a lab was deployed. */
  readonly tried?: true;
  /** False where nothing is kept, so that nothing can be lost. */
  readonly keeps?: false;
  /**
   * Where what was acknowledged is kept: a service and the name of its port. Absent where clients are asked to look for
   * it on the way itself.
   */
  readonly keptAt?: { readonly service: string; readonly port: string };
  /** The node whose copy counts; undefined while nobody leads. Absent where none is more than the others. */
  readonly leader?: (state: State) => string | undefined;
  readonly pace?: WayPace;
}

/** The times of a way that is not that of a row in a database. Milliseconds. */
export interface WayPace {
  /** From the start of one attempt to the next. */
  readonly intervalMs: number;
  /** After which an attempt counts as failed. */
  readonly timeoutMs: number;
  /** A pause shorter than this is slow, not an interruption. */
  readonly slowMs: number;
}

/** A machine and a port. */
export interface Place {
  readonly host: string;
  readonly port: number;
}
