import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Connection, Diagnostic, InitializeParams, InitializeResult } from 'vscode-languageserver';
import { TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { RubyParserLoader } from '../languages/gitlab-rb/ruby/ruby-parser';
import { serverCapabilities } from './session/capabilities';
import { clientFacts } from './session/client-facts';
import { Configuration } from './session/configuration';
import { ConfigurationSets } from './files/configuration-sets';
import { Documents } from './documents/documents';
import type { FileSystem } from './files/file-system';
import { FilesBeside } from './files/files-beside';
import { toDiagnostics, type DiagnosticOptions } from './handlers/diagnostics';
import { diagnosticsFor } from './handlers/for-client';
import type { InitializationOptions } from './protocol';
import { toldOnceInFile } from '../workspace/model/told-once';
import { createReaders } from './documents/readers';
import type { ReadIncluded } from './files/included-reads';
import { normalUri } from './files/paths';
import { ReadFilesWatch } from './session/read-files-watch';
import { checkAll, registerChanges, watchFiles } from './session/register-changes';
import { registerEditing } from './session/register-editing';
import { registerReading } from './session/register-reading';
import { Scheduler, SYSTEM_CLOCK } from './session/scheduler';
import { describe, type ServerState } from './session/state';
import { WorkspaceDiagnostics } from './session/workspace-diagnostics';
import { WorkspaceIndex } from './files/workspace-index';

/** What the server needs of the world. */
export interface ServerOptions {
  readonly version: string;
  readonly files: FileSystem;
  readonly loadRubyParser: RubyParserLoader;
  /** Told after each check, to tidy up when the user rests. */
  readonly checked?: () => void;
  /** Address of the folder with the rules' pages, for clients that bring none of their own. */
  readonly rulePages: string | undefined;
}

/** Serves one client over a connection. Returns once it listens. */
export function serve(connection: Connection, options: ServerOptions): void {
  connection.onInitialize((params): InitializeResult => {
    const state = createState(connection, params, options);
    registerChanges(state, folders(params));
    registerReading(state);
    registerEditing(state);
    return {
      capabilities: serverCapabilities(state.client),
      serverInfo: { name: 'HA Lab for GitLab', version: options.version },
    };
  });
  connection.listen();
}

function createState(connection: Connection, params: InitializeParams, options: ServerOptions): ServerState {
  const { files, loadRubyParser, rulePages } = options;
  const client = clientFacts(params.capabilities);
  const initial = (params.initializationOptions ?? {}) as InitializationOptions;
  const opened = new TextDocuments(TextDocument);
  const read = createReaders(loadRubyParser);
  const configuration = new Configuration(connection, client.configuration, initial.lint);
  const { spelled, index, sets, documents } = createFiles(files, read, opened, configuration);
  const template = initial.rulePages ?? (rulePages === undefined ? undefined : `${rulePages}/{id}.md`);
  const scheduler = new Scheduler(
    (uri) => void check(state, uri).finally(options.checked),
    SYSTEM_CLOCK,
    (uri) => void prepare(state, uri),
  );
  const diagnosticOptions = (uri: string): DiagnosticOptions => ({
    uri,
    rulePage: (id) => template?.replace('{id}', id),
    resolve: (file) => index.addressOf(uri, file),
  });
  const state: ServerState = {
    connection,
    client,
    opened,
    documents,
    configuration,
    index,
    scheduler,
    between: new WorkspaceDiagnostics({
      between: () => index.between(),
      betweenIn: (uri) => index.betweenIn(uri),
      settings: (uri) => configuration.settings(uri),
      opened: spelled,
      recheck: (uri) => scheduler.soon(uri),
      publish(uri, findings) {
        const shown = diagnosticsFor(toDiagnostics(findings, diagnosticOptions(uri)), client.diagnostics);
        return connection.sendDiagnostics({ uri, diagnostics: shown });
      },
    }),
    watch: new ReadFilesWatch((globs) => watchFiles(connection, client, globs)),
    files,
    sets,
    read,
    opensRules: initial.rulePages !== undefined,
    diagnosticOptions,
  };
  return state;
}

/** The files of the editor and the disk, and what they say of each other. */
function createFiles(
  files: FileSystem,
  read: ServerState['read'],
  opened: TextDocuments<TextDocument>,
  configuration: Configuration,
) {
  const spelled = (normal: string): string | undefined =>
    opened.keys().find((uri) => normalUri(uri) === normal);
  const beside = new FilesBeside(files, (normal) => opened.get(spelled(normal) ?? normal)?.getText());
  const included: ReadIncluded = (uri, text, noted) => beside.included(uri, text, noted);
  const index = new WorkspaceIndex({ files, reader: read, included, pause: () => nextTurn() });
  const sets = new ConfigurationSets({
    files,
    opened: spelled,
    text: (uri) => opened.get(uri)?.getText(),
    place: (uri) => index.target(uri).path,
    addressOf: (uri, path) => index.addressOf(uri, path),
    now: () => SYSTEM_CLOCK.now(),
  });
  const documents = new Documents((uri) => opened.get(uri), read, {
    settings: (uri) => configuration.settings(uri),
    target: (uri) => index.target(uri),
    variables: (uri, noted) => beside.variables(uri, noted),
    included,
    set: (uri, kind, text, settings) => sets.find(uri, kind, text, settings),
  });
  return { spelled, index, sets, documents };
}

/** Has the findings of the newest version ready for the check; what fails here fails there again, and is told then. */
async function prepare({ documents }: ServerState, uri: string): Promise<void> {
  try {
    (await documents.analysis(uri))?.findings();
  } catch {
    // The check tells it.
  }
}

/** Checks the newest version of a file and publishes what it finds. */
async function check(state: ServerState, uri: string): Promise<void> {
  const { connection, documents, opened, index, client, between } = state;
  const publish = (version: number, diagnostics: Diagnostic[]): Promise<void> =>
    connection.sendDiagnostics({
      uri,
      version,
      diagnostics: diagnosticsFor(diagnostics, client.diagnostics),
    });
  try {
    const analysis = await documents.analysis(uri);
    state.watch.follow(documents.readFor(uri));
    const version = opened.get(uri)?.version;
    if (version === undefined) return;
    if (analysis === undefined) {
      await publish(version, []);
      return;
    }
    // Before anything is sent: a file that is closed meanwhile must not come back.
    const moved = await index.shown(uri, analysis.kind, analysis.view);
    if (opened.get(uri) === undefined) return void (await index.closed(uri));
    const own = analysis.findings();
    const findings = [...own, ...toldOnceInFile(between.take(uri, analysis.settings), own)];
    await publish(analysis.version, toDiagnostics(findings, state.diagnosticOptions(uri)));
    if (moved) checkAll(state);
    await between.refresh();
  } catch (error) {
    connection.console.error(`${uri} could not be checked: ${describe(error)}`);
  }
}

function folders({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
  if (workspaceFolders) return workspaceFolders.map((folder) => folder.uri.replace(/\/$/, ''));
  return rootUri ? [rootUri.replace(/\/$/, '')] : [];
}
