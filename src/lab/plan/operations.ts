import type { Message } from '../../words/message';
import type { PlannedContainer, PlannedNetwork, PlannedVolume } from './plan';
import type { HandOverStep, VisitStep } from './effects/visits';
import type { Applied } from './snapshot';

/** In which part of a deployment an operation belongs; each part begins when the one before has ended. */
export type OperationStep = 'image' | 'network' | 'containers' | 'start' | 'apply';

export const OPERATION_STEPS: readonly OperationStep[] = ['image', 'network', 'containers', 'start', 'apply'];

/** What is done to the engine, as pure data. */
export type Action =
  | { readonly kind: 'build-image' | 'pull-image'; readonly reference: string }
  | { readonly kind: 'create-network'; readonly network: PlannedNetwork }
  | { readonly kind: 'remove-network'; readonly id: string }
  | { readonly kind: 'create-volume'; readonly volume: PlannedVolume }
  | { readonly kind: 'remove-volume'; readonly name: string }
  | { readonly kind: 'create-container'; readonly container: PlannedContainer; readonly network: string }
  /** Ends first: its services end in order before, for others go on without it. */
  | { readonly kind: 'remove-container'; readonly id: string; readonly endsFirst?: true }
  /** Replaced: what it holds already; undefined when it was never filled. */
  | {
      readonly kind: 'fill-container';
      readonly container: PlannedContainer;
      readonly replaced: Applied | undefined;
    }
  /** A lab that is not kept is removed when its deployment is cancelled: then nothing in it needs to end cleanly. */
  | { readonly kind: 'stop-container'; readonly id: string; readonly labIsKept: boolean }
  | { readonly kind: 'unpause-container'; readonly id: string }
  | { readonly kind: 'attach-container'; readonly container: PlannedContainer; readonly network: string }
  | { readonly kind: 'start-container'; readonly container: PlannedContainer }
  /** The running container gets its files, and its programs are told; the next one's turn comes when all is whole. */
  | {
      readonly kind: 'apply-container';
      readonly container: PlannedContainer;
      readonly replaced: Applied;
      readonly steps: readonly VisitStep[];
    }
  /** What the node leads goes to one that stays, before it is stopped. */
  | {
      readonly kind: 'relieve-node';
      readonly container: string;
      readonly node: string;
      readonly steps: readonly HandOverStep[];
    }
  /** A further visit to a container that has its files already. */
  | {
      readonly kind: 'settle-container';
      readonly container: PlannedContainer;
      readonly steps: readonly VisitStep[];
    };

/** One thing to do, why, and what must be done before. */
export interface PlanOperation {
  /**
   * Kind and target, e.g. `create-container sample-node1`, and the engine's id where one name can be there twice;
   * once per plan.
   */
  readonly id: string;
  readonly step: OperationStep;
  /** Name of the image, network, volume or container. */
  readonly target: string;
  readonly cause: Message;
  /** Ids of operations that come first. */
  readonly needs: readonly string[];
  readonly action: Action;
  /** By it only what is remembered of the lab changes. */
  readonly remembers?: true;
}

/** Data that would be gone, and why. */
export interface DataLoss {
  /** Name of the container or volume. */
  readonly target: string;
  readonly cause: Message;
  /** True when only this is lost; without it, it is the cluster's own data, which no node keeps. */
  readonly part?: true;
}

/** True when the cluster's own data is among what is lost. */
export function losesCluster(losses: readonly DataLoss[]): boolean {
  return losses.some(({ part }) => part !== true);
}

/** What makes a plan true. */
export interface Reconciliation {
  /** Empty when all is as planned. */
  readonly operations: readonly PlanOperation[];
  /** What the operations destroy: the cluster's data when no node keeps its own; volumes and services that go. */
  readonly losses: readonly DataLoss[];
}

/** "build-image", "start-container"… without the kind of its target: "build", "start". */
export function verbOf({ action }: PlanOperation): string {
  return action.kind.slice(0, action.kind.indexOf('-'));
}

/** True for what is done inside a lab while it runs, with a look at it as a whole. */
export function isLive({ action }: PlanOperation): boolean {
  return ['relieve-node', 'apply-container', 'settle-container'].includes(action.kind);
}
