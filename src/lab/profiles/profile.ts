import type { ProfileId } from '../../cluster/cluster';
import type { ObservedProfile } from '../../observe/target';
import type { NodeStep } from '../plan/effects/visits';

/** What a container of a lab is there for. */
export type ContainerRole = 'node' | 'gateway';

export type ServiceAction = 'start' | 'stop' | 'restart';

/**
 * How the inside of a lab's containers, or of machines, is made: what program does what, and where things are. Whoever
 * reaches into a node asks the profile for the command, so that nobody else has to know whose image it is. Commands are
 * program and arguments.
 */
export interface Profile extends ObservedProfile {
  readonly id: ProfileId;
  /** Process 1 of each role of container. */
  readonly init: Readonly<Record<ContainerRole, readonly string[]>>;
  /** A JSON file in the node image that says which versions it holds. */
  readonly versionsFile: string;
  /** Starts, stops or restarts a service through the node's supervisor. */
  readonly controlService: (action: ServiceAction, service: string) => readonly string[];
  /**
   * Ends with 0 when all programs of a node go by the settings they were given; else prints what does not yet, one a
   * line; `pending PROGRAM: WHY` is what only a start of the program brings. Undefined where nobody can tell.
   */
  readonly settingsInForce: readonly string[] | undefined;
  /** Prints the services whose role (leader, master) the node holds at this moment, one a line. */
  readonly heldRoles: readonly string[];
  /** Makes a running program go by its files; ends with 0 when that is done. */
  readonly apply: (step: NodeStep) => readonly string[];
  /** Prints for how many seconds to wait for a program that was told to stop: a moment longer than it may take. */
  readonly stopWait: (program: string) => readonly string[];
  /** The client in the gateway that writes as an application does; sub-command and flags follow. */
  readonly probe: string;
}
