import type { Message } from '../../../words/message';
import type { WatchContext } from '../watch/context';
import type { FactObservation } from './fact';
import type { Role, Verdict } from './health';
import type { Held, NodeView, View } from './view';

/**
 * What a service says of itself while it runs. Everything but the watchers is pure.
 *
 * @typeParam State what it adds to the public state of the cluster
 * @typeParam NodeState what it adds to the public state of each node
 * @typeParam Kind kinds of events of its own
 */
export interface LiveService<State = unknown, NodeState = unknown, Kind extends string = string> {
  /** Watches one source for the whole cluster. Runs until the signal is aborted; never rejects. */
  readonly watch?: (context: WatchContext) => Promise<void>;
  /** Watches one source on a node that runs the service. Runs until the signal is aborted; never rejects. */
  readonly watchNode?: (context: WatchContext, node: string) => Promise<void>;
  /** What the script in each node says of the service's own files. */
  readonly nodeReport?: NodeReport;

  /**
   * True for the fact which says that the service's instances have found together after a start: before, a node that
   * has just been started is not worth asking.
   */
  readonly foundTogether?: (fact: FactObservation, instances: number) => boolean;

  /** Health of the service on a node whose process runs or is not known. By its process alone when absent. */
  readonly verdict?: (view: View, node: NodeView) => Verdict;
  /** Added to why its process is down; undefined for nothing. */
  readonly leftBehind?: (node: NodeView) => Message | undefined;
  /** True while no client is served for the lack of it, whatever else still runs. */
  readonly servesNobody?: (view: View) => boolean;
  /** True while the service cannot be well for a reason told as an event of its own: nobody leads. */
  readonly suffersVacancy?: (view: View) => boolean;

  /** What it adds to the public state of the cluster. */
  readonly state?: (view: View) => State;
  /** What it adds to the public state of a node. */
  readonly nodeState?: (view: View, node: NodeView) => NodeState;
  /** True when it sends clients on to others: its node states have `servers`. */
  readonly forwards?: true;
  /**
   * What is missing until the service is whole in this cluster, besides every instance being ok: one short phrase each.
   * @param nodes the nodes that run it in full; never empty
   */
  missing?(state: State, nodes: readonly string[]): readonly Message[];

  /** What only one node may hold, told when it moves or is lost. */
  readonly holders?: readonly HolderRule<Kind>[];
  /** Further values, told when they changed and stayed so. */
  readonly values?: readonly ValueRule<Kind>[];
  /** Values of many things of one kind, told by thing when they changed and stayed so. */
  readonly things?: readonly ThingRule<Kind>[];
  /** Changes of role that are told; roles that are held by one node are told as such. */
  readonly roles?: RoleRule;
}

export interface HolderRule<Kind extends string = string> {
  readonly kind: Kind;
  /** As in "node2 is … again". */
  readonly title: Message;
  readonly held: (view: View) => Held;
}

export interface ValueRule<Kind extends string = string> {
  readonly kind: Kind;
  /** Undefined while it is not known. */
  readonly value: (view: View) => string | undefined;
  readonly text: (to: string) => Message;
}

export interface ThingRule<Kind extends string = string> {
  readonly kind: Kind;
  /** By thing; one that is not named is not known. Undefined while nothing is known. */
  readonly values: (view: View) => Readonly<Record<string, string>> | undefined;
  /** One sentence for all that came to the same value at the same moment. @param from the different values before */
  readonly text: (things: readonly string[], to: string, from: readonly string[]) => Message;
}

export interface RoleRule {
  /** What of the role is told; roles with the same value are not told apart. */
  readonly value: (role: Role) => Role;
  readonly text: (node: string, to: Role) => Message;
}

/** A line that the script in each node prints for a service: a letter and words, whenever they changed. */
export interface NodeReport {
  /** One capital letter of its own. */
  readonly letter: string;
  /** Folders below the package's data folder in which a file moved into place says that something changed. */
  readonly folders: readonly string[];
  /**
   * Bash statements that set `told` to the letter and the words, or leave it empty. `$data` is the package's data
   * folder. They run often: no process may be started.
   */
  readonly script: string;
  readonly read: (words: readonly string[], node: string, at: number) => FactObservation;
}
