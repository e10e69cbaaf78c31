import type { Declared } from './live/declared';
import type { NodePorts } from './ports';

/** How the node on which a hand-over is ordered is made and found. */
export interface SwitchoverPlace {
  /** Program and arguments that print a secret on the node. */
  readonly readSecret: (name: string) => readonly string[];
  /** Settings besides ports that sources are found by. */
  readonly declared: Declared;
  /** Ports that gitlab.rb changed on this node. */
  readonly ports: NodePorts | undefined;
}

/** A role that a service hands over in good order, declared in the service's folder. Pure. */
export interface Switchover<State = unknown> {
  /** Runit name of the service that holds the role. */
  readonly service: string;
  /** The role, as in "database leader". */
  readonly title: string;
  /** True when the node that takes over can be chosen; otherwise the service chooses one of the candidates. */
  readonly choosable: boolean;
  /** Seconds without an acknowledged write that are to be expected. */
  readonly seconds: number;
  /** Undefined while nobody is known to hold it. */
  holder(state: State): string | undefined;
  /** Nodes that can take over at this moment, the likeliest first. */
  candidates(state: State): readonly string[];
  /** Program and arguments, run on the holder's node. @param to one of the candidates */
  command(place: SwitchoverPlace, from: string, to: string): readonly string[] | Promise<readonly string[]>;
}
