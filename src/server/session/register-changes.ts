import {
  CodeLensRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DocumentFormattingRequest,
  SemanticTokensRegistrationType,
  type Connection,
} from 'vscode-languageserver';
import { globsOf } from '../../languages/file-types';
import { OWN_FILES, TOKENS_OPTIONS } from './capabilities';
import type { ClientFacts } from './client-facts';
import { SETTINGS_SECTION } from '../protocol';
import { MAYBE_PARTS } from './read-files-watch';
import { describe, type ServerState } from './state';

/** Files outside the editor whose changes matter. */
const WATCHED = [...globsOf(), '**/nodes/*', MAYBE_PARTS];

/** Follows the editor's texts, the workspace's files and the user's settings. */
export function registerChanges(state: ServerState, folders: readonly string[]): void {
  const { connection, opened, scheduler, documents, configuration, index, between } = state;
  opened.onDidOpen(({ document }) => scheduler.soon(document.uri));
  opened.onDidChangeContent(({ document }) => {
    if (document.version <= 1) return;
    scheduler.afterRest(document.uri);
    checkBeside(state, document.uri);
  });
  opened.onDidClose(({ document: { uri } }) => {
    scheduler.drop(uri);
    checkBeside(state, uri);
    documents.forget(uri);
    configuration.forget(uri);
    attempt(state, `${uri} was not closed`, async () => {
      await connection.sendDiagnostics({ uri, diagnostics: [] });
      between.forget(uri);
      if (await index.closed(uri)) checkAll(state);
      await between.refresh();
    });
  });
  connection.onDidChangeConfiguration(({ settings }) => {
    configuration.changed(settings);
    checkAll(state);
    attempt(state, 'Findings between files were not shown', () => between.refresh());
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    state.sets.changed();
    attempt(state, 'Changed files were not read', async () => {
      let moved = false;
      for (const { uri } of changes) if (await index.changed(uri)) moved = true;
      if (moved) checkAll(state);
      else checkLike(state, changes);
      await between.refresh();
    });
  });
  registerFolders(state, folders);
  opened.listen(connection);
}

/** Reads the workspace once the client is ready, and again when its folders are others. */
function registerFolders(state: ServerState, folders: readonly string[]): void {
  const { connection, client } = state;
  connection.onInitialized(() => {
    registerOffers(state);
    const unread = 'The workspace could not be read';
    attempt(state, unread, () => readFolders(state, folders));
    if (!client.workspaceFolders) return;
    connection.workspace.onDidChangeWorkspaceFolders(() => {
      attempt(state, unread, async () => {
        const now = (await connection.workspace.getWorkspaceFolders()) ?? [];
        await readFolders(
          state,
          now.map((folder) => folder.uri.replace(/\/$/, '')),
        );
      });
    });
  });
}

/** The workspace is read beside the work on open files, which are checked again if a cluster.yaml speaks of them. */
async function readFolders(state: ServerState, folders: readonly string[]): Promise<void> {
  const started = performance.now();
  await state.index.setFolders(folders);
  const count = state.index.all().length;
  const took = Math.round(performance.now() - started);
  state.connection.console.info(`${count} configuration files of the workspace read in ${took} ms`);
  checkAll(state);
  await state.between.refresh();
}

/** Work nobody waits for: what goes wrong is logged and ends nothing. */
function attempt({ connection }: ServerState, failure: string, work: () => Promise<void>): void {
  work().catch((error: unknown) => connection.console.error(`${failure}: ${describe(error)}`));
}

/** Versions or settings are others now: the open files are checked again, and what is drawn into them is asked again. */
export function checkAll(state: ServerState): void {
  const { opened, scheduler, client, connection } = state;
  for (const uri of opened.keys()) scheduler.soon(uri);
  const { languages } = connection;
  const unasked = 'The editor did not ask again';
  if (client.refreshesTokens)
    attempt(state, unasked, () => Promise.resolve(languages.semanticTokens.refresh()));
  if (client.refreshesInlayHints) attempt(state, unasked, () => languages.inlayHint.refresh());
  if (client.refreshesCodeLenses)
    attempt(state, unasked, () => connection.sendRequest(CodeLensRefreshRequest.type));
}

/** What a file says is of weight to the other files of its configuration, and to those that were read with it. */
function checkBeside({ documents, scheduler, opened }: ServerState, uri: string): void {
  const others = new Set([...documents.beside(uri), ...documents.readersOf([uri])]);
  for (const other of others)
    if (other !== uri && opened.get(other) !== undefined) scheduler.afterRest(other);
}

/** Open files that were read with a file that changed on disk, or may be one configuration with it. */
function checkLike(
  { opened, scheduler, documents }: ServerState,
  changes: readonly { readonly uri: string }[],
): void {
  for (const uri of documents.readersOf(changes.map((one) => one.uri))) scheduler.soon(uri);
  const endings = new Set(changes.map(({ uri }) => /\.(?:cfg|conf)$/.exec(uri)?.[0]));
  for (const uri of opened.keys()) {
    const ending = /\.(?:cfg|conf)$/.exec(uri)?.[0];
    if (ending !== undefined && endings.has(ending)) scheduler.soon(uri);
  }
}

/** Asks the client to tell of changes in files of these names, if it can. */
export function watchFiles(
  { client: registry, console: log }: Pick<Connection, 'client' | 'console'>,
  { watchedFiles }: Pick<ClientFacts, 'watchedFiles'>,
  globs: readonly string[],
): void {
  if (!watchedFiles) return;
  const watchers = globs.map((globPattern) => ({ globPattern }));
  registry
    .register(DidChangeWatchedFilesNotification.type, { watchers })
    .catch((error: unknown) => log.warn(`Not registered: ${describe(error)}`));
}

function registerOffers({ connection, client }: ServerState): void {
  const failed = (error: unknown): void => connection.console.warn(`Not registered: ${describe(error)}`);
  if (client.configurationChanges) {
    const options = { section: SETTINGS_SECTION };
    connection.client.register(DidChangeConfigurationNotification.type, options).catch(failed);
  }
  watchFiles(connection, client, WATCHED);
  const documentSelector = [...OWN_FILES];
  if (client.dynamicFormatting)
    connection.client.register(DocumentFormattingRequest.type, { documentSelector }).catch(failed);
  if (client.dynamicTokens) {
    const options = { documentSelector, ...TOKENS_OPTIONS };
    connection.client.register(SemanticTokensRegistrationType.type, options).catch(failed);
  }
}
