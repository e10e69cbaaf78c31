import { StringDecoder } from 'node:string_decoder';
import * as vscode from 'vscode';
import type { NodeTransport, ShellSession } from '../../transport/transport';
import { TransportError } from '../../transport/transport';
import { failureText } from '../common/failure';
import { hint, problem } from './terminal-text';

export interface NodeTerminalOptions {
  /** Reaches the node; asked again at each connection, because a restarted node has a new one. */
  readonly transport: () => Promise<NodeTransport>;
  /** Program and arguments; a login shell when absent. */
  readonly command?: readonly string[];
  /** True when the user's keys must not reach the program (logs). */
  readonly readOnly?: boolean;
  /** What is shown of the program's output, as it comes in. */
  readonly transform?: (chunk: string) => string;
  /** Called at each connection. */
  readonly onConnected?: () => void;
}

/**
 * A terminal on a node. When the node goes down the terminal stays and says so: Enter connects again. When the
 * program ends by itself the terminal closes with its exit code.
 */
export class NodeTerminal implements vscode.Pseudoterminal {
  private readonly written = new vscode.EventEmitter<string>();
  private readonly ended = new vscode.EventEmitter<number | void>();
  private session: ShellSession | undefined;
  private size = { columns: 80, rows: 24 };
  private state: 'idle' | 'connecting' | 'open' | 'lost' | 'closed' = 'idle';
  private readonly abort = new AbortController();

  readonly onDidWrite = this.written.event;
  readonly onDidClose = this.ended.event;

  constructor(private readonly options: NodeTerminalOptions) {}

  open(dimensions: vscode.TerminalDimensions | undefined): void {
    if (dimensions) this.size = dimensions;
    void this.connect();
  }

  close(): void {
    this.state = 'closed';
    this.abort.abort();
    void this.session?.close();
    this.written.dispose();
    this.ended.dispose();
  }

  handleInput(data: string): void {
    if (this.state === 'lost') {
      if (data === '\r') void this.connect();
      return;
    }
    if (this.options.readOnly !== true) this.session?.stream.write(data);
    else if (data === '\u0003') this.finish(0);
  }

  setDimensions(dimensions: vscode.TerminalDimensions): void {
    this.size = dimensions;
    this.session?.resize(dimensions.columns, dimensions.rows).catch((error: unknown) => {
      // A program that has just ended cannot be resized; its end is reported by itself.
      if (!(error instanceof TransportError)) this.lose(failureText(error));
    });
  }

  private async connect(): Promise<void> {
    this.state = 'connecting';
    const { command } = this.options;
    try {
      const transport = await this.options.transport();
      const session = await transport.shell({
        ...this.size,
        signal: this.abort.signal,
        ...(command ? { command } : {}),
      });
      if (this.abort.signal.aborted) return await session.close();
      this.attach(session);
    } catch (error) {
      this.lose(failureText(error));
    }
  }

  private attach(session: ShellSession): void {
    this.session = session;
    this.state = 'open';
    this.options.onConnected?.();
    const decoder = new StringDecoder('utf8');
    session.stream.on('data', (chunk: Buffer) => {
      if (this.state !== 'closed') this.show(decoder.write(chunk));
    });
    // The end of a session is told by `exit`; an unhandled 'error' event would end the extension host.
    session.stream.on('error', () => void session.close());
    session.exit.then(
      (code) => this.exited(code),
      (error: unknown) => this.lose(failureText(error)),
    );
  }

  private show(text: string): void {
    const shown = this.options.transform?.(text) ?? text;
    if (shown !== '') this.written.fire(shown);
  }

  /** A killed container ends its programs too (exit code 137); the node is then gone, not the program. */
  private exited(code: number): void {
    this.session = undefined;
    if (code === 137 || code === 143) this.lose(vscode.l10n.t('The connection to the node ended.'));
    else this.finish(code);
  }

  private finish(code: number): void {
    if (this.state === 'closed') return;
    void this.session?.close();
    this.ended.fire(code);
  }

  private lose(reason: string): void {
    if (this.state === 'closed') return;
    this.session = undefined;
    this.state = 'lost';
    this.written.fire(problem(reason) + hint(vscode.l10n.t('Press Enter to connect again.')));
  }
}
