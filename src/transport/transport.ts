import type { Duplex } from 'node:stream';
import { verbatim } from '../words/message';
import type { Message } from '../words/message';

export interface ExecOptions {
  /** Written to the command's standard input, which is then closed. */
  readonly input?: string | Buffer;
  readonly signal?: AbortSignal;
  readonly env?: Readonly<Record<string, string>>;
  /** User on the node; root when absent. */
  readonly user?: string;
}

export interface ExecResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that keeps running and whose output arrives as it is written. */
export interface RunningCommand {
  /** Standard output, UTF-8 bytes as they come. Ends when the command ends. */
  readonly stdout: NodeJS.ReadableStream;
  readonly stderr: NodeJS.ReadableStream;
  readonly stdin: NodeJS.WritableStream;
  /**
   * Of a command that could not even be started, what is said of that, known before it comes as standard error; undefined
   * where it ran, and of a transport that cannot tell.
   */
  readonly complaint?: () => string | undefined;
  /** Resolves with the exit code; rejects with a TransportError when the connection is lost. */
  readonly exit: Promise<number>;
  /**
   * Ends the command and the connection. Resolves once the command has ended on the node, or after a few seconds
   * when the node cannot be told. Safe to call twice; never rejects.
   */
  kill(): Promise<void>;
}

export type DialTarget = { readonly host: string; readonly port: number } | { readonly path: string };

export interface DialOptions {
  /**
   * The stream ends as a whole as soon as either side ends or it is destroyed, instead of staying half open. For
   * conversations that both sides end together; nothing of it stays behind in the node.
   */
  readonly endTogether?: boolean;
  /**
   * For how long a port that nobody listens at is tried again before it counts as refused, where that can be done in the
   * node. Milliseconds; not at all when absent.
   */
  readonly patienceMs?: number;
}

export interface ShellOptions {
  readonly columns: number;
  readonly rows: number;
  /** Program and arguments; a login bash when absent. */
  readonly command?: readonly string[];
  readonly signal?: AbortSignal;
}

/** An interactive terminal: bytes both ways, resize, exit code. */
export interface ShellSession {
  readonly stream: Duplex;
  resize(columns: number, rows: number): Promise<void>;
  readonly exit: Promise<number>;
  /** Hangs up. Resolves once the program has ended on the node, or after a few seconds. Safe to call twice. */
  close(): Promise<void>;
}

/** How a node is reached. The same for a container, over SSH, locally and on a remote Docker host. */
export interface NodeTransport {
  readonly node: string;
  /** Runs a command (program and arguments, never a shell string) to its end. */
  exec(command: readonly string[], options?: ExecOptions): Promise<ExecResult>;
  /** Starts a command whose output is read while it runs. */
  spawn(command: readonly string[], options?: Omit<ExecOptions, 'input'>): Promise<RunningCommand>;
  /** Opens a byte stream to a TCP port or unix socket as seen from inside the node. */
  dial(target: DialTarget, signal?: AbortSignal, options?: DialOptions): Promise<Duplex>;
  /** Opens a terminal on the node. */
  shell(options: ShellOptions): Promise<ShellSession>;
}

export type TransportFailure = 'not-running' | 'unreachable' | 'refused' | 'aborted' | 'lost';

/** A node that could not be reached, and why; never matched on message text. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  /** The message, for those who show it in a language. */
  readonly said: Message;
  constructor(
    readonly reason: TransportFailure,
    readonly node: string,
    said: Message | string,
    options?: ErrorOptions,
  ) {
    super(String(said), options);
    this.said = typeof said === 'string' ? verbatim(said) : said;
  }
}
