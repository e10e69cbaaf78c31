import type { LabService, WorkspaceFiles } from '../lab/lab-service';
import type { Localizer } from '../presentation/words/localizer';
import type { Machine } from './doctor/machine';

export type CliOutput = NodeJS.WritableStream & {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
};

export type CliInput = NodeJS.ReadableStream & {
  readonly isTTY?: boolean | undefined;
  setRawMode?(raw: boolean): unknown;
};

export interface Disposable {
  dispose(): void;
}

/** Options every command takes. */
export interface GlobalOptions {
  /** Docker endpoint such as `unix:///run/docker.sock` or `tcp://host:2376`; found by itself when absent. */
  readonly dockerHost?: string;
}

export interface MachineOptions extends GlobalOptions {
  /** Loopback port the workspace wants to publish; 0 or absent for any. */
  readonly httpPort?: number;
}

/** All a command may touch of the world; tests pass their own. */
export interface CliContext {
  readonly stdin: CliInput;
  readonly stdout: CliOutput;
  readonly stderr: CliOutput;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** The language people are spoken to in; what programs read stays English. */
  readonly l10n: Localizer;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back every `milliseconds` until disposed. */
  every(milliseconds: number, listener: () => void): Disposable;
  /** Calls back once after `milliseconds` unless disposed. */
  after(milliseconds: number, listener: () => void): Disposable;
  /** Ctrl-C and termination signals; while nobody listens they end the program. */
  onInterrupt(listener: () => void): Disposable;
  onResize(listener: () => void): Disposable;
  /** The labs of a Docker engine. */
  labs(options: GlobalOptions): Promise<LabService>;
  /** What `doctor` examines. */
  machine(options: MachineOptions): Promise<Machine>;
  /** Folder of this package: the parser of gitlab.rb, the pages of the rules. */
  packageRoot(): Promise<string>;
  /** Folder of the sample workspace that is deployed when the user names none. */
  sampleWorkspace(): Promise<string>;
  /** The configuration files of a workspace folder. */
  readWorkspace(folder: string): Promise<WorkspaceFiles>;
  hasFile(path: string): Promise<boolean>;
  /** Told how many bytes of files there are to check, before it begins. */
  expect?(bytes: number): void;
  /** Runs a program of this machine on our own streams. @returns its exit code; undefined where there is no such program */
  run(program: string, words: readonly string[]): Promise<number | undefined>;
}
