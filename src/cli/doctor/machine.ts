import type { Message } from '../../words/message';
import type { LabErrorCode } from '../../lab/lab-error';

/** Why no Docker engine can be used. */
export interface DockerProblem {
  readonly code: LabErrorCode;
  readonly message: Message | string;
  readonly remedy: Message | string;
}

export interface DockerFacts {
  readonly endpoint: string;
  readonly version: string;
  readonly apiVersion: string;
  readonly operatingSystem: string;
  /** What the engine may use, which is less than the machine's on Docker Desktop. */
  readonly memoryBytes: number;
  readonly cpus: number;
  /** Free bytes where the engine keeps its data; undefined when that is not on this machine. */
  readonly freeDiskBytes: number | undefined;
  /** True when the lab's node image is already built. */
  readonly nodeImage: boolean;
  /** Where the base of the node image can come from. */
  readonly base: {
    readonly name: string;
    readonly present: boolean;
    readonly registryAnswers: boolean;
  };
  /** Free /24 networks of the lab's range. */
  readonly freeSubnets: number;
  /** Names of labs by what is left of them. */
  readonly labs: readonly { readonly name: string; readonly state: 'running' | 'partial' | 'stopped' }[];
  /** Networks and containers of labs that have no node any more. */
  readonly leftovers: readonly string[];
}

/** Plain facts about the machine; `diagnose` judges them. */
export interface MachineFacts {
  /** `process.versions.node`. */
  readonly nodeVersion: string;
  readonly totalMemoryBytes: number;
  readonly availableMemoryBytes: number;
  /** It makes the base image where no registry answers, and wants to be root. */
  readonly mmdebstrap: { readonly installed: boolean; readonly root: boolean };
  /** The port `lab.http_port` of the workspace asks for; undefined for "any". */
  readonly httpPort: { readonly port: number; readonly free: boolean } | undefined;
  readonly docker: DockerFacts | DockerProblem;
}

export interface Machine {
  /** Looks at everything once; creates and changes nothing. */
  facts(): Promise<MachineFacts>;
}
