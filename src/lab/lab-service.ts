import type { Message } from '../words/message';
import type { Cluster } from '../cluster/cluster';
import type { ClusterPlaces, ClusterPorts } from '../services/core/ports';
import type { Finding } from '../finding/finding';
import type { Observer } from '../observe/observer';
import type { Readiness } from '../observe/readiness';
import type { ContainerState } from '../observe/state';
import type { NodeTransport } from '../transport/transport';
import type { WorkspaceFiles } from '../workspace/files/workspace-files';
import type { WorkspaceReading } from '../workspace/workspace';
import type { NodeEffects } from './plan/effects/node-effects';
import type { DataLoss, Reconciliation } from './plan/operations';
import type { PublishedPorts } from './published';
import type { ProgramRunner } from './verify/real-program';

export type { WorkspaceFiles } from '../workspace/files/workspace-files';

export type LabPhase = 'running' | 'partial' | 'stopped';

/** As the label has it: what services declared for their sources, by name. */
export interface LabSources {
  /** Ports that gitlab.rb changed. */
  readonly ports?: ClusterPorts;
  /** Where services listen that do not at all addresses of a node. */
  readonly places?: ClusterPlaces;
  readonly [declared: string]: unknown;
}

/** A lab as its containers' labels describe it. */
export interface LabInfo {
  readonly name: string;
  readonly phase: LabPhase;
  /** The cluster with the addresses of the lab's own network. */
  readonly cluster: Cluster;
  /** Address in the workspace to address in the lab. */
  readonly addresses: Readonly<Record<string, string>>;
  readonly containers: readonly {
    readonly node: string;
    readonly role: 'node' | 'gateway' | 'service';
    readonly id: string;
    readonly state: ContainerState;
  }[];
  /** Where the VIP's HTTP is published on this machine, or undefined while the gateway is down. */
  readonly httpUrl: string | undefined;
  /** All that is published on this machine; `published.ts` makes addresses of it. */
  readonly published?: PublishedPorts;
  /** What the live sources are found by; the package's defaults when absent. */
  readonly sources?: LabSources;
  /** Program name to version, as found in the image. */
  readonly versions: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** When it was last deployed or updated, milliseconds since the epoch; only where somebody has asked. */
  readonly updatedAt?: number;
}

export type DeployStep = 'check' | 'image' | 'network' | 'containers' | 'start' | 'apply' | 'health';

export interface Progress {
  readonly step: DeployStep | 'destroy';
  readonly message: Message;
  /** What the step waits for, e.g. "node2: patroni is unknown". */
  readonly waitingFor?: readonly Message[];
  /** How many instances of each service are well, while the step waits for them. */
  readonly readiness?: readonly Readiness[];
  /** Milliseconds the step usually takes on a quiet machine, where that is known. */
  readonly usualMs?: number;
  /** 0 to 1 over the whole operation. */
  readonly fraction: number;
}

export interface OperationControl {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Every line worth keeping, without secrets. */
  readonly log?: (line: string) => void;
}

/** What the user of a deployment may say besides. */
export interface DeployControl extends OperationControl {
  /** Asked before data of a lab is destroyed; true to go on. Without it nothing is destroyed. */
  readonly confirmLoss?: (losses: readonly DataLoss[]) => Promise<boolean>;
  /**
   * Asked before anything is changed under the programs of a lab that runs, unless a loss is asked about: true to go on.
   * What is shown is what is done; asked again when that has become something else. Without it nobody is asked.
   */
  readonly confirmChange?: (plan: Foreseen) => Promise<boolean>;
  /** A new lab that does not become whole stays, for a look at it; otherwise everything of it is removed again. */
  readonly keepFailed?: boolean;
  /** What `readWorkspace` made of the same files, where somebody has read them already. */
  readonly reading?: WorkspaceReading;
  /** Told what will be done, once it is decided and before anything is. */
  readonly onPlan?: (plan: Foreseen) => void;
}

/** What a deployment would do. */
export interface Foreseen extends Reconciliation {
  readonly lab: string;
  /** True when the lab runs: then somebody may be using it. */
  readonly runs: boolean;
  /** What it does to the files and programs of running containers. */
  readonly effects: readonly NodeEffects[];
  /** Nodes that hold a role at this moment, with the services that say so. */
  readonly leading: ReadonlyMap<string, readonly string[]>;
}

/** The same for whoever only wants to know. */
export interface DeployPreview extends Foreseen {
  readonly findings: readonly Finding[];
}

export interface DeployResult {
  readonly lab: LabInfo;
  /** True when everything was there already. */
  readonly unchanged: boolean;
  readonly findings: readonly Finding[];
  /** Milliseconds per step. */
  readonly durations: Readonly<Partial<Record<DeployStep, number>>>;
}

/** Images that were removed, or that would be. */
export interface PrunedImages {
  /** References; ids of those that have none. */
  readonly removed: readonly string[];
  /** What the engine's disk gained; undefined where nothing was removed. */
  readonly freedBytes: number | undefined;
}

export type NodeAction =
  'start' | 'stop' | 'restart' | 'kill' | 'pause' | 'unpause' | 'disconnect' | 'connect';

/** What the user interface and the command line can do with labs. Everything may throw a LabError. */
export interface LabService {
  /** All labs this Docker engine holds, also those started elsewhere. */
  list(): Promise<readonly LabInfo[]>;
  /** @throws LabError `no-lab` when there is none of this name. */
  get(name: string): Promise<LabInfo>;
  /** The lab with when it was last deployed or updated; each of its containers is asked. */
  dated(lab: LabInfo): Promise<LabInfo>;
  /** @throws LabError `would-lose-data`, `not-confirmed` when that is not confirmed */
  deploy(files: WorkspaceFiles, control?: DeployControl): Promise<DeployResult>;
  /** What deploying would do now; changes nothing, also no lock. */
  preview(files: WorkspaceFiles, control?: OperationControl): Promise<DeployPreview>;
  /** Removes a lab and what this machine remembers of it. @returns false when there was nothing of it */
  destroy(name: string, control?: OperationControl): Promise<boolean>;
  /** Removes the images of older recipes that no container is made of. @param dryRun only tells them */
  prune(dryRun: boolean): Promise<PrunedImages>;
  /** Acts on a whole node (container). */
  node(lab: string, node: string, action: NodeAction): Promise<void>;
  /** Acts on one service of a node through its gitlab-ctl. */
  service(lab: string, node: string, service: string, action: 'start' | 'stop' | 'restart'): Promise<void>;
  /**
   * Does something while nobody else, in this or another process, deploys, destroys or breaks the lab. What was asked here
   * before is waited for: that a service is down is seen before the order to stop it has ended.
   * @param purpose what others are told meanwhile, e.g. `fault kill-node`
   * @throws LabError `busy` with who works on it since when; whatever `work` rejects with
   */
  exclusively<T>(lab: string, purpose: string, work: () => Promise<T>): Promise<T>;
  transport(lab: string, node: string): Promise<NodeTransport>;
  /** The programs of the lab's image, for a verdict on a file; the image is built when it is not there. */
  realPrograms(control?: OperationControl): Promise<ProgramRunner>;
  /** A live view; the caller disposes it. */
  observe(lab: LabInfo): Promise<Observer>;
  /** Called when labs appear, disappear or change (Docker events); dispose to stop listening. */
  onDidChange(listener: () => void): { dispose(): void };
}
