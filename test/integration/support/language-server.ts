import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type MessageConnection,
} from 'vscode-languageserver/node';
import type {
  ClientCapabilities,
  CompletionItemKind,
  Diagnostic,
  InitializeResult,
  Position,
  PublishDiagnosticsParams,
  Range,
  SymbolKind,
} from 'vscode-languageserver';
import { NODE_FLAGS } from '../../../src/server/protocol';

const ROOT = join(import.meta.dirname, '..', '..', '..');

/** What VS Code says it can do, as far as the server asks. */
export const EDITOR: ClientCapabilities = {
  workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } },
  textDocument: {
    completion: {
      completionItem: {
        snippetSupport: true,
        documentationFormat: ['markdown', 'plaintext'],
        tagSupport: { valueSet: [1] },
        insertTextModeSupport: { valueSet: [1, 2] },
      },
      completionItemKind: { valueSet: upTo(25) as CompletionItemKind[] },
    },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    signatureHelp: { signatureInformation: { parameterInformation: { labelOffsetSupport: true } } },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix'] } } },
    documentSymbol: {
      hierarchicalDocumentSymbolSupport: true,
      symbolKind: { valueSet: upTo(26) as SymbolKind[] },
    },
    publishDiagnostics: {
      relatedInformation: true,
      codeDescriptionSupport: true,
      tagSupport: { valueSet: [1, 2] },
    },
    rename: { prepareSupport: true },
    formatting: { dynamicRegistration: true },
    semanticTokens: {
      dynamicRegistration: true,
      requests: { full: true },
      tokenTypes: [],
      tokenModifiers: [],
      formats: ['relative'],
    },
  },
};

function upTo(last: number): number[] {
  return Array.from({ length: last }, (_, at) => at + 1);
}

export interface ServerStart {
  /** Arguments of the node process: the program first. */
  readonly command?: readonly string[];
  readonly workspace?: string;
  /** Address of a workspace folder that is not on this machine's disk. */
  readonly virtual?: string;
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: unknown;
  /** What the editor answers when it is asked for the settings. */
  readonly settings?: unknown;
}

/** The built language server in a process of its own, spoken to as an editor does. */
export class LanguageServer {
  private readonly versions = new Map<string, number>();
  private readonly published = new Map<string, PublishDiagnosticsParams>();
  private readonly waiting = new Set<() => void>();
  readonly registered: string[] = [];
  /** Everything the server asked its client for. */
  readonly asked: string[] = [];
  readonly log: string[] = [];
  settings: unknown;

  private constructor(
    readonly connection: MessageConnection,
    readonly pid: number,
    readonly exit: Promise<number | null>,
    readonly capabilities: InitializeResult['capabilities'],
    /** From the start of the process to the answer that it is ready. */
    readonly readyMs: number,
  ) {}

  static async start(options: ServerStart = {}): Promise<LanguageServer> {
    const started = performance.now();
    const command = options.command ?? [...NODE_FLAGS, join(ROOT, 'dist', 'server.js'), '--stdio'];
    const child = spawn(process.execPath, command, { stdio: ['pipe', 'pipe', 'inherit'] });
    const exit = once(child, 'exit').then(([code]) => code as number | null);
    const connection = createMessageConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    const pending: ((server: LanguageServer) => void)[] = [];
    const holder: { made?: LanguageServer } = {};
    const later = (act: (server: LanguageServer) => void): void => {
      if (holder.made) act(holder.made);
      else pending.push(act);
    };
    connection.onRequest((method) => {
      later((server) => server.asked.push(method));
      return null;
    });
    connection.onRequest('workspace/configuration', ({ items }: { items: readonly unknown[] }) => {
      later((server) => server.asked.push('workspace/configuration'));
      return items.map(() => holder.made?.settings ?? options.settings ?? {});
    });
    connection.onRequest(
      'client/registerCapability',
      ({ registrations }: { registrations: readonly { readonly method: string }[] }) => {
        later((server) => server.asked.push('client/registerCapability'));
        later((server) => server.registered.push(...registrations.map(({ method }) => method)));
        return null;
      },
    );
    connection.onNotification('window/logMessage', ({ message }: { message: string }) =>
      later((server) => server.log.push(message)),
    );
    connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) =>
      later((server) => server.receive(params)),
    );
    connection.listen();
    const folder =
      options.virtual ?? (options.workspace === undefined ? null : pathToFileURL(options.workspace).href);
    const result = await connection.sendRequest<InitializeResult>('initialize', {
      processId: process.pid,
      rootUri: folder,
      workspaceFolders: folder === null ? null : [{ uri: folder, name: 'w' }],
      capabilities: options.capabilities ?? EDITOR,
      initializationOptions: options.initializationOptions,
    });
    const readyMs = performance.now() - started;
    const made = new LanguageServer(connection, child.pid ?? 0, exit, result.capabilities, readyMs);
    holder.made = made;
    made.settings = options.settings;
    for (const act of pending) act(made);
    await connection.sendNotification('initialized', {});
    return made;
  }

  /** Opens a text and waits for its diagnostics. */
  async open(uri: string, text: string, languageId = 'plaintext'): Promise<Diagnostic[]> {
    this.versions.set(uri, 1);
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
    return this.diagnostics(uri, 1);
  }

  /** Replaces a stretch, without waiting. */
  async edit(uri: string, range: Range, text: string): Promise<number> {
    const version = (this.versions.get(uri) ?? 0) + 1;
    this.versions.set(uri, version);
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ range, text }],
    });
    return version;
  }

  /** The diagnostics of a version, once they are published. */
  async diagnostics(uri: string, version: number): Promise<Diagnostic[]> {
    for (;;) {
      const found = this.published.get(uri);
      if (found !== undefined && (found.version ?? 0) >= version) return found.diagnostics;
      await this.nextPublished();
    }
  }

  /** Waits until a file's diagnostics are as wanted, whatever its version. */
  async until(uri: string, wanted: (codes: readonly string[]) => boolean): Promise<void> {
    while (!wanted((this.published.get(uri)?.diagnostics ?? []).map(({ code }) => String(code)))) {
      await this.nextPublished();
    }
  }

  request<T>(method: string, uri: string, more: object = {}): Promise<T> {
    return this.connection.sendRequest<T>(`textDocument/${method}`, { textDocument: { uri }, ...more });
  }

  at<T>(method: string, uri: string, position: Position, more: object = {}): Promise<T> {
    return this.request<T>(method, uri, { position, ...more });
  }

  /** Ends the server as an editor does. @returns its exit code */
  async stop(): Promise<number | null> {
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    return this.exit;
  }

  private receive(params: PublishDiagnosticsParams): void {
    this.published.set(params.uri, params);
    for (const wake of [...this.waiting]) wake();
  }

  private nextPublished(): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.waiting.delete(wake);
        resolve();
      };
      this.waiting.add(wake);
    });
  }
}
