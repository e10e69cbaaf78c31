import type { NodeFile } from '../../services/core/file';

/** The desired lab as pure data: what the engine makes true. */
export type PlannedFile = NodeFile;

export interface PublishedPort {
  readonly containerPort: number;
  /** Always 127.0.0.1. */
  readonly hostAddress: '127.0.0.1';
  /** 0 lets the engine choose. */
  readonly hostPort: number;
}

export interface PlannedContainer {
  readonly name: string;
  readonly role: 'node' | 'gateway';
  /** Node name, or `gateway`. */
  readonly node: string;
  readonly address: string;
  readonly capabilities: readonly string[];
  readonly sysctls: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  readonly cpus: number;
  readonly publish: readonly PublishedPort[];
  readonly command: readonly string[];
  /** Further names the container resolves: host name to address. */
  readonly hosts: Readonly<Record<string, string>>;
  readonly files: readonly PlannedFile[];
  /** Hash of the files; kept inside the container beside them, because labels cannot change. */
  readonly filesHash: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface Plan {
  readonly lab: string;
  readonly image: string;
  readonly network: {
    readonly name: string;
    readonly subnet: string;
    readonly gateway: string;
    readonly labels: Readonly<Record<string, string>>;
  };
  readonly containers: readonly PlannedContainer[];
  /** Hash over everything that would change a container; labels carry it, so a redeploy knows what to do. */
  readonly hash: string;
}
