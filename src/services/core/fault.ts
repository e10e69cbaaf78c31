import type { Layout } from './live/layout';

/** Which node a fault is aimed at, found in the cluster's public state at the moment of the injection. */
export interface FaultAim<State = unknown> {
  readonly id: string;
  /** The aim in words, as used in messages: "database leader". */
  readonly title: string;
  /** Runit name of the service without which there is no such node. */
  readonly needs: string;
  /** Id of the way on which a client feels what happens there. */
  readonly feltBy: string;
  /** Undefined while the state does not say who that is. */
  node(state: State): string | undefined;
}

export type FaultAction =
  /** The whole machine. */
  | {
      readonly on: 'node';
      readonly inject: 'kill' | 'stop' | 'pause' | 'disconnect';
      readonly heal: 'start' | 'unpause' | 'connect';
    }
  /** A service is stopped through the supervisor, and started again. */
  | { readonly on: 'service'; readonly service: string }
  /** A service's process stands still while its connections stay open, and goes on when it is healed. */
  | { readonly on: 'standstill'; readonly service: string }
  /** A process is killed without warning, as a crash or the out-of-memory killer would do; it is started again. */
  | {
      readonly on: 'process';
      readonly process: string;
      /** Runit name of the service that loses it. */
      readonly service: string;
      /** Program and arguments that do it. */
      readonly kill: (layout: Layout) => readonly string[];
    };

/** One way to break the cluster and to mend it again, declared by the service whose failover it shows. */
export interface ServiceFault {
  readonly id: string;
  readonly title: string;
  /** What is done, whichever node it is done to: "Kill the node". */
  readonly deed: string;
  /** What happens and what a working cluster does about it. */
  readonly description: string;
  /** Id of the aim. */
  readonly aim: string;
  /** Id of the way on which a client feels it, where that is not the aim's. */
  readonly feltBy?: string;
  /** Runit name of a service that not every cluster has, without which the fault makes no sense; beside the aim's. */
  readonly needs?: string;
  /** Set where nobody takes over: what it takes away is back when it is healed, and not before. */
  readonly lasting?: true;
  readonly action: FaultAction;
}
