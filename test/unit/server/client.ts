import { PassThrough } from 'node:stream';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { vi } from 'vitest';
import {
  createConnection,
  type CodeAction,
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type Connection,
  type Diagnostic,
  type MessageConnection,
  type PublishDiagnosticsParams,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { NODE_FILE_SYSTEM } from '../../../src/server/files/node-file-system';
import { serve } from '../../../src/server/server';
import { loadParser } from '../../../tools/fuzz/parser';

/** An editor with a server in the same process, over the protocol, for a folder of the disk. */
export class Client {
  private readonly published = new Map<string, readonly Diagnostic[]>();
  private readonly versions = new Map<string, number>();
  /** Every message about diagnostics, in order. */
  readonly messages: PublishDiagnosticsParams[] = [];

  private constructor(
    private readonly root: string,
    private readonly connection: MessageConnection,
    /** The server's end. */
    readonly server: Connection,
    /** How the editor writes addresses. */
    private readonly spell: (uri: string) => string,
  ) {
    connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.messages.push(params);
      this.published.set(params.uri, params.diagnostics);
    });
  }

  /**
   * @param settings what the editor answers when it is asked for them
   * @param spell how the editor writes an address that Node has made
   */
  static async start(
    root: string,
    settings: object = {},
    spell: (uri: string) => string = (uri) => uri,
  ): Promise<Client> {
    const [up, down] = [new PassThrough(), new PassThrough()];
    const server = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
    serve(server, {
      version: '0',
      files: NODE_FILE_SYSTEM,
      loadRubyParser: loadParser,
      rulePages: 'file:///rules',
    });
    const connection = createMessageConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
    connection.onRequest('workspace/configuration', ({ items }: { items: readonly unknown[] }) =>
      items.map(() => settings),
    );
    const client = new Client(root, connection, server, spell);
    connection.listen();
    const uri = spell(pathToFileURL(root).href);
    await connection.sendRequest('initialize', {
      processId: null,
      rootUri: uri,
      workspaceFolders: [{ uri, name: 'w' }],
      capabilities: {
        workspace: {
          configuration: true,
          workspaceEdit: { documentChanges: true, resourceOperations: ['rename'] },
        },
        textDocument: { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } } },
      },
    });
    const read = new Promise<void>((resolve) => {
      connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
        if (message.includes('of the workspace read')) resolve();
      });
    });
    await connection.sendNotification('initialized', {});
    await read;
    return client;
  }

  uri(path: string): string {
    return this.spell(pathToFileURL(join(this.root, path)).href);
  }

  async open(path: string, text = readFileSync(join(this.root, path), 'utf8')): Promise<void> {
    const uri = this.uri(path);
    this.versions.set(uri, 1);
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'plaintext', version: 1, text },
    });
  }

  /** Types: the file has this text now. */
  async type(path: string, text: string): Promise<void> {
    const uri = this.uri(path);
    const version = (this.versions.get(uri) ?? 0) + 1;
    this.versions.set(uri, version);
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ text }],
    });
  }

  /** Titles of what may be done at a line (counted from one), and what each writes. */
  async actions(path: string, line: number): Promise<ReadonlyMap<string, string>> {
    const at = { line: line - 1, character: 0 };
    const range = { start: at, end: { line, character: 0 } };
    const textDocument = { uri: this.uri(path) };
    const params = { textDocument, range, context: { diagnostics: [] } };
    const found = await this.connection.sendRequest<CodeAction[]>('textDocument/codeAction', params);
    return new Map(
      found.map(({ title, edit }) => [title, Object.values(edit?.changes ?? {}).flat()[0]?.newText ?? '']),
    );
  }

  /** What an action at a line (counted from one) changes. @param title how it begins */
  async edit(path: string, line: number, title: string): Promise<WorkspaceEdit | undefined> {
    const range = { start: { line: line - 1, character: 0 }, end: { line: line - 1, character: 1 } };
    const textDocument = { uri: this.uri(path) };
    const params = { textDocument, range, context: { diagnostics: [] } };
    const found = await this.connection.sendRequest<CodeAction[]>('textDocument/codeAction', params);
    return found.find((action) => action.title.startsWith(title))?.edit;
  }

  /** Asks a question about the place of a word in a file's text. */
  async at<Answer>(
    method: string,
    path: string,
    text: string,
    word: string,
    more: object = {},
  ): Promise<Answer> {
    const before = text.slice(0, text.indexOf(word)).split('\n');
    const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
    const textDocument = { uri: this.uri(path) };
    return this.connection.sendRequest<Answer>(method, { textDocument, position, ...more });
  }

  async close(path: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didClose', {
      textDocument: { uri: this.uri(path) },
    });
  }

  /** Files were changed by others. */
  async changed(...paths: readonly string[]): Promise<void> {
    const changes = paths.map((path) => ({ uri: this.uri(path), type: 2 }));
    await this.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
  }

  /** `code line:column` of what is shown between files and of cluster.yaml, by path. */
  shown(): Readonly<Record<string, readonly string[]>> {
    const prefix = this.uri('x').slice(0, -1);
    return Object.fromEntries(
      [...this.published]
        .map(([uri, diagnostics]): [string, string[]] => [
          decodeURIComponent(uri.slice(prefix.length)),
          diagnostics
            .filter(({ code }) => /^(CLU|LAB|WSP)/.test(String(code)))
            .map(({ code, range: { start } }) => `${String(code)} ${start.line + 1}:${start.character + 1}`),
        ])
        .filter(([, findings]) => findings.length > 0)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  }

  /** Waits until exactly this is shown. */
  async sees(expected: Readonly<Record<string, readonly string[]>>): Promise<void> {
    await vi.waitFor(
      () => {
        if (JSON.stringify(this.shown()) !== JSON.stringify(expected))
          throw new Error(`shown: ${JSON.stringify(this.shown(), undefined, 1)}`);
      },
      { timeout: 8000, interval: 20 },
    );
  }

  async stop(): Promise<void> {
    await this.connection.sendRequest('shutdown');
    // The server's end stays: a check that is under way may still say something, which nobody hears.
    this.connection.dispose();
  }
}
