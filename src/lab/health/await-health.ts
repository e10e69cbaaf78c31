import type { Message } from '../../words/message';
import type { Readiness } from '../../observe/readiness';
import type { NodeTransport } from '../../transport/transport';
import type { LabInfo } from '../lab-service';
import type { PendingProgram } from './settings-in-force';

/** What waiting for health may use. */
export interface HealthContext {
  readonly lab: LabInfo;
  /** Something of it was started just now; otherwise all of it ran before. */
  readonly justStarted: boolean;
  readonly transport: (node: string) => Promise<NodeTransport>;
  readonly signal: AbortSignal;
  /**
   * Called with what is still missing, e.g. "node2: patroni is unknown", whenever that changes, and, where services are
   * waited for, with how many instances of each are well.
   */
  readonly onWaiting: (reasons: readonly Message[], readiness?: readonly Readiness[]) => void;
  /** Called before anything has answered, with how many services are looked at: that they are not known yet is no news. */
  readonly onLooking?: (services: number) => void;
  /**
   * Starts the programs anew that go by their settings from their next start only.
   * @param round how often that was tried before
   */
  readonly settle: (pending: readonly PendingProgram[], round: number) => Promise<void>;
  /** Called when it is whole; the view is still to be closed then. */
  readonly onWhole?: () => void;
  /** Lines worth keeping when it fails; secrets are taken out by the receiver. */
  readonly log: (line: string) => void;
}

/**
 * Resolves when the lab is whole.
 * @throws LabError `not-healthy` with what is missing, or `cancelled`
 */
export type AwaitHealth = (context: HealthContext) => Promise<void>;
