import type { Duplex } from 'node:stream';

/** The few calls of a Docker client this transport needs; dockerode's Container satisfies it. */
export interface ContainerApi {
  exec(request: ExecRequest): Promise<ContainerExec>;
}

/** A process asked for in a container, named as the Docker Engine API names it. */
export interface ExecRequest {
  readonly Cmd: string[];
  readonly AttachStdin: boolean;
  readonly AttachStdout: boolean;
  readonly AttachStderr: boolean;
  readonly Tty: boolean;
  readonly Env: string[];
  readonly User: string;
}

export interface ContainerExec {
  /** Starts the process; the stream is the hijacked connection: raw with a TTY, framed without. */
  start(options: { hijack: boolean; stdin: boolean; Tty: boolean }): Promise<Duplex>;
  /** `Pid` is the engine's number of the process; 0 when the process never started. */
  inspect(): Promise<{ Running: boolean; ExitCode: number | null; Pid: number }>;
  resize(size: { h: number; w: number }): Promise<unknown>;
}
